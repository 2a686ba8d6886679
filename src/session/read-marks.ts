import {isByPerson} from '../protocol/chat-message.js';
import type {RoomMessage} from '../protocol/room-message.js';
import type {Conversation} from './conversation.js';
import type {LiveSession} from './live-session.js';
import type {MessageDetail} from './live-state.js';
import {messageDetail} from './message-facts.js';
import {ownUser, type OwnUser} from './own-user.js';

/** A message that somebody has read. */
export interface ReadDetail extends MessageDetail {
  /** Username; empty where the workspace does not tell who. */
  readonly reader: string;
}

/** Reading is told to the server at most so often, ms. */
const PAUSE = 1_000;
/** Of so many messages it is told that they were read, the latest ones. */
const MOST_TOLD = 100;

/** Tells the server what the user has seen, and the page what was read. */
export class ReadMarks {
  readonly #session: LiveSession;
  readonly #conversation: Conversation;
  readonly #tell: (detail: ReadDetail) => void;
  /** Until when the user has read, by the server's clock. */
  #read: number;
  /** The same of the others, as far as the workspace has told since. */
  #readUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again = false;

  /** @param read until when the user had read before */
  constructor(
    session: LiveSession,
    conversation: Conversation,
    read: number,
    tell: (detail: ReadDetail) => void,
  ) {
    this.#session = session;
    this.#conversation = conversation;
    this.#read = read;
    this.#tell = tell;
  }

  /**
   * The newest message is in sight of a person.
   *
   * @param still whether it is so later, when the server can be told again
   */
  seen(still: () => boolean): void {
    if (this.#timer !== undefined) {
      this.#again = true;
      return;
    }
    const {roomId} = this.#conversation;
    const {api, directory} = this.#session;
    const {count = 0, alert = false} = directory.membership(roomId) ?? {};
    const news = this.#news();
    if (!api || !(count || alert || news.length)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#again && still()) this.seen(still);
    }, PAUSE);
    this.#again = false;
    api
      .read(roomId)
      .then(() => {
        this.#read = Math.max(this.#read, ...news.map(({time}) => time));
        const {username = ''} = this.#me;
        for (const message of news) this.#tellOf(message, username);
      })
      // What could not be told now is told with the next message that is seen.
      .catch(() => undefined);
  }

  /** Until when everybody has read, as far as the workspace has told: epoch ms, 0 if it has not. */
  get readUntil(): number {
    return this.#readUntil;
  }

  /** The others have read one's own messages up to a time. */
  readByOthers(until: number): void {
    const {userId, username} = this.#me;
    const since = this.#readUntil;
    this.#readUntil = Math.max(since, until);
    const people = this.#session.directory.participants(this.#conversation.roomId);
    const others = people.filter((each) => each !== username);
    const reader = others.length === 1 ? others[0]! : '';
    for (const message of this.#latest((each) => each.sender.userId === userId))
      if (message.unread && message.time > since && message.time <= until)
        this.#tellOf(message, reader);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  get #me(): OwnUser {
    return ownUser(this.#session, this.#conversation.roomId);
  }

  /** What others have written since the user has read. */
  #news(): readonly RoomMessage[] {
    const {userId} = this.#me;
    return this.#latest(({sender, time}) => time > this.#read && sender.userId !== userId);
  }

  #latest(wanted: (message: RoomMessage) => boolean): readonly RoomMessage[] {
    const found = this.#conversation.messages.slice(-MOST_TOLD);
    return found.filter((message) => isByPerson(message) && wanted(message));
  }

  #tellOf(message: RoomMessage, reader: string): void {
    const {id, roomId} = message;
    const people = this.#session.directory.participants(roomId);
    this.#tell({...messageDetail(id, roomId, message, people), reader});
  }
}
