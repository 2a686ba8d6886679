import type {ChatMessage, Removal} from '../protocol/chat-message.js';
import {isByPerson, isRemoved} from '../protocol/chat-message.js';
import {inOrder, Timeline} from './timeline.js';

/** What has become of one message, told once. */
export type MessageNews =
  /** Anything about it is new: also what is no news to a page, such as a reaction. */
  | {readonly type: 'put'; readonly message: ChatMessage}
  | {readonly type: 'new'; readonly message: ChatMessage}
  | {readonly type: 'edited'; readonly message: ChatMessage}
  | {readonly type: 'deleted'; readonly id: string};

/** What a server tells that was not live: all that has changed since a time. */
export interface Missed {
  readonly updated: readonly ChatMessage[];
  readonly removed: readonly Removal[];
}

/**
 * How far back a sync begins before what is known: a server's parts do not tell of what they have
 * written in quite the order of its time.
 */
export const OVERLAP = 2_000;
/** How long a server may take to store a message, as where it asks others about it first; ms. */
const LONGEST_WAY = 30_000;

/**
 * What has happened in one room since we have listened, told once and in order. While there may be a
 * gap, what comes live waits until what was missed is there.
 */
export class RoomLog {
  readonly timeline = new Timeline();
  readonly #tell: (news: MessageNews) => void;
  /** What was written up to here is no news. */
  readonly #start: number;
  /** All changes up to here are known, by the server's clock. */
  #mark: number;
  /** The latest change that was seen. */
  #seen: number;
  #held: ChatMessage[] | undefined = [];
  /** Something is missing that was not asked for yet: what comes live does not say from when on. */
  #owed = false;

  /** @param since from when on changes are news, by the server's clock; a gap is open from the start */
  constructor(since: number, tell: (news: MessageNews) => void) {
    this.#tell = tell;
    this.#start = this.#mark = this.#seen = since;
  }

  /** From when on the server is to tell what has changed. */
  get since(): number {
    return Math.max(0, this.#mark - OVERLAP);
  }

  /** The connection has gone: what comes next may come after something that is missing. */
  openGap(): void {
    this.#held ??= [];
  }

  /** Something is missing, and will be asked for. */
  owe(): void {
    this.#owed = true;
  }

  /**
   * Nothing is missing any more.
   *
   * @param owed except for what the server did not tell; it will be asked for once more, from the same
   * time on, and what comes live is told meanwhile
   */
  closeGap({updated, removed}: Missed = {updated: [], removed: []}, owed = false): void {
    this.#owed = owed;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const each of removed) this.remove(each);
    for (const message of [...updated, ...held].sort(inOrder))
      this.#put(message, held.includes(message));
    this.#advance();
  }

  /** Takes a message as it comes live: a new one, or one that has changed. */
  take(message: ChatMessage): void {
    if (this.#held) this.#held.push(message);
    else {
      this.#put(message, true);
      this.#advance();
    }
  }

  /** Takes a deletion, which needs no order. */
  remove({id, removed = 0}: Removal): void {
    this.#seen = Math.max(this.#seen, removed);
    if (this.timeline.remove(id)) this.#tell({type: 'deleted', id});
  }

  /** Forgets all but the latest messages, and what a server may tell again. */
  forget(most: number): void {
    this.timeline.keepLatest(most, this.since);
  }

  #advance(): void {
    if (!this.#owed) this.#mark = this.#seen;
  }

  #put(message: ChatMessage, live: boolean): void {
    const {id, updated, edited} = message;
    this.#seen = Math.max(this.#seen, updated);
    const before = this.timeline.get(id);
    const change = this.timeline.put(message);
    if (change) this.#tell({type: 'put', message});
    if (change === 'removed') this.#tell({type: 'deleted', id});
    if (!isByPerson(message) || isRemoved(message)) return;
    if (change === 'added' && this.#isNew(message, live)) this.#tell({type: 'new', message});
    // Of one that was not known, an edit of long ago is no news where something else has changed.
    else if (change && edited && edited !== before?.edited && (before || edited > this.since))
      this.#tell({type: 'edited', message});
  }

  /** A message that was not known is an old one where a server tells of a change of it. */
  #isNew({time, updated}: ChatMessage, live: boolean): boolean {
    const age = updated - time;
    if (live && age <= OVERLAP) return true;
    // One that comes live and was never known may have been on its way in the server for long.
    const onItsWay = live && age <= LONGEST_WAY && time > this.timeline.forgotten;
    return time > this.#start && (onItsWay || age <= OVERLAP || time > this.since);
  }
}
