import type {Deleted, Message} from './model.js';
import {SortedList} from './sorted-list.js';

/** The part of a room's history that is asked for. Dates are ISO 8601. */
export interface HistoryRange {
  readonly latest?: string | undefined;
  readonly oldest?: string | undefined;
  readonly inclusive?: boolean;
  readonly offset?: number;
  /** 0: all. */
  readonly count?: number;
  /** Whether answers in threads are among it that do not show in the room; default true. */
  readonly threads?: boolean;
}

/** Whether a message shows in its thread only. */
export const isInThread = ({tmid, tshow}: Message): boolean => !!tmid && !tshow;

/**
 * One room's messages by their time and by their latest change, so that a page of a long history
 * costs no more than one of a short.
 */
export class RoomMessages {
  /** By the time they were written. */
  readonly written = new SortedList<Message>(({ts}) => ts);
  /** By their latest change. */
  readonly updated = new SortedList<Message>(({_updatedAt}) => _updatedAt);
  /** What is left of those that were deleted, by the time of that. */
  readonly deleted = new SortedList<Deleted>(({_deletedAt}) => _deletedAt);
  /** By the first message of the thread they answer. */
  readonly #threads = new Map<string, Set<string>>();

  add(message: Message): void {
    this.written.add(message);
    this.updated.add(message);
    this.#note(message);
  }

  addAll(messages: readonly Message[]): void {
    this.written.addAll(messages);
    this.updated.addAll(messages);
    for (const message of messages) this.#note(message);
  }

  /** Puts a later state of a message in the place of one before. */
  change(before: Message, after: Message): void {
    this.written.replace(before, after);
    this.updated.delete(before);
    this.updated.add(after);
  }

  /** Takes messages out; what is left of each goes to `deleted`. */
  remove(messages: readonly Message[], _deletedAt: string): void {
    for (const message of messages) {
      const {_id, rid, tmid} = message;
      for (const list of [this.written, this.updated]) list.delete(message);
      this.deleted.add({_id, rid, _deletedAt});
      if (tmid) this.#threads.get(tmid)?.delete(_id);
    }
  }

  /** The ids of a thread's answers. */
  answers(tmid: string): ReadonlySet<string> {
    return this.#threads.get(tmid) ?? new Set();
  }

  /** A page of the history, newest first. */
  history({offset = 0, count = 20, threads = true, ...range}: HistoryRange): Message[] {
    const {all} = this.written;
    const [from, until] = this.#span(range);
    const found: Message[] = [];
    let skipped = 0;
    for (let index = until - 1; index >= from && (count <= 0 || found.length < count); index--) {
      const message = all[index];
      if (!message || (!threads && isInThread(message))) continue;
      if (skipped < offset) skipped += 1;
      else found.push(message);
    }
    return found;
  }

  /** The oldest messages of a part of the history, oldest first. */
  oldest({latest, oldest, count = 20, threads = true}: HistoryRange): Message[] {
    const {all} = this.written;
    const [from, until] = this.#span({latest, oldest});
    const found: Message[] = [];
    for (let index = from; index < until && found.length < count; index++) {
      const message = all[index];
      if (message && (threads || !isInThread(message))) found.push(message);
    }
    return found;
  }

  /** How many messages a part of the history has. */
  count({threads = true, ...range}: HistoryRange): number {
    const [from, until] = this.#span(range);
    if (threads) return Math.max(0, until - from);
    return this.written.all.slice(from, until).filter((message) => !isInThread(message)).length;
  }

  #span({latest, oldest, inclusive = false}: HistoryRange): [from: number, until: number] {
    const {written} = this;
    const from = !oldest ? 0 : inclusive ? written.at(oldest) : written.after(oldest);
    if (!latest) return [from, written.all.length];
    return [from, inclusive ? written.after(latest) : written.at(latest)];
  }

  #note({_id, tmid}: Message): void {
    if (!tmid) return;
    const known = this.#threads.get(tmid);
    if (known) known.add(_id);
    else this.#threads.set(tmid, new Set([_id]));
  }
}
