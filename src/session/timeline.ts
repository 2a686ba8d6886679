import {isRemoved, type ChatMessage} from '../protocol/chat-message.js';

/** Orders messages as all their readers see them: by the server's time, then by id. */
export const inOrder = (a: ChatMessage, b: ChatMessage): number =>
  a.time - b.time || (a.id < b.id ? -1 : Number(a.id > b.id));

/** Which of two states of one message is the later one, in whatever order they come. */
const isLater = (one: ChatMessage, other: ChatMessage): boolean => {
  const difference = one.updated - other.updated || (one.edited ?? 0) - (other.edited ?? 0);
  if (difference) return difference > 0;
  // Two changes in one millisecond: which one holds does not matter, but it is the same for all.
  return JSON.stringify(one) > JSON.stringify(other);
};

/**
 * The messages of one room. Live events, pages of history and syncs end in the same list, in whatever order they come and however often: the latest state of each message holds,
 * and what was deleted stays so.
 */
export class Timeline<Message extends ChatMessage = ChatMessage> {
  readonly #byId = new Map<string, Message>();
  readonly #removed = new Set<string>();
  #sorted: Message[] = [];
  /** When the latest of those that were forgotten was written. */
  forgotten = 0;

  /** The messages in their order. Not to be changed. */
  get messages(): readonly Message[] {
    return this.#sorted;
  }

  get(id: string): Message | undefined {
    return this.#byId.get(id);
  }

  /** Takes a state of a message. @returns what it is to the list: nothing if it has a later one */
  put(message: Message): 'added' | 'changed' | 'removed' | undefined {
    const {id} = message;
    if (isRemoved(message)) return this.remove(id) ? 'removed' : undefined;
    const known = this.#byId.get(id);
    if (this.#removed.has(id) || (known && !isLater(message, known))) return;
    this.#byId.set(id, message);
    if (known) this.#sorted.splice(this.#place(known), 1);
    this.#sorted.splice(this.#place(message), 0, message);
    return known ? 'changed' : 'added';
  }

  /** Takes a deletion. @returns whether it is news */
  remove(id: string): boolean {
    if (this.#removed.has(id)) return false;
    this.#removed.add(id);
    const known = this.#byId.get(id);
    if (known) this.#sorted.splice(this.#place(known), 1);
    this.#byId.delete(id);
    return true;
  }

  /** The server has, or had, this message. */
  has(id: string): boolean {
    return this.#byId.has(id) || this.#removed.has(id);
  }

  /**
   * Forgets all but the latest messages.
   *
   * @param since those that have changed after this stay, too, however old they are
   */
  keepLatest(count: number, since = Infinity): void {
    const old = this.#sorted.splice(0, Math.max(0, this.#sorted.length - count));
    const stay = old.filter(({updated}) => updated > since);
    this.#sorted.unshift(...stay);
    for (const {id, updated, time} of old) {
      if (updated > since) continue;
      this.#byId.delete(id);
      this.forgotten = Math.max(this.forgotten, time);
    }
  }

  /** Where a message stands, or is to stand. */
  #place(message: Message): number {
    let from = 0;
    let to = this.#sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (inOrder(this.#sorted[middle]!, message) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
