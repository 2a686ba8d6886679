import type {Store} from '../store/store.js';
import {graceOf, LONGEST_WAIT} from './turns.js';

const QUEUE = 'mint-queue';
/** Whose places count: a field each, which lapses if its owner does not ask again. */
const WAITING = 'mint-waiting';
/** The tickets of whoever was served a moment ago, for his other surface. */
const SERVED = 'mint-served';
const TICKETS = 'mint-tickets';
const TEN_YEARS = 315_360_000_000;
const MOST_PLACES = 1_000_000;

/**
 * The places of a queue in the store, in the order of their tickets. Except for a ticket, all of it is
 * read and changed under the queue's lock: a place that is half there would be taken for lapsed.
 */
export class Places {
  readonly #store: Store;
  readonly #grace: number;
  readonly #window: number;

  /**
   * @param window of the workspace's limit; ms. A ticket is remembered for so long after its turn
   */
  constructor(store: Store, window: number) {
    this.#store = store;
    this.#window = window;
    this.#grace = graceOf(window);
  }

  /** The places that count, in their order, with their tickets; takes away those that have lapsed. */
  async all(): Promise<Map<string, number>> {
    const [items, waiting] = await Promise.all([
      this.#store.due(QUEUE, Number.MAX_SAFE_INTEGER, MOST_PLACES),
      this.#store.entries(WAITING),
    ]);
    const places = new Map<string, number>();
    for (const item of items) {
      const ticket = waiting.get(item);
      if (ticket === undefined) await this.#store.unschedule(QUEUE, item);
      else places.set(item, Number(ticket));
    }
    return places;
  }

  /** How many wait, those whose places have lapsed left out. */
  async count(): Promise<number> {
    return (await this.#store.entries(WAITING)).size;
  }

  /** Who was served within the last window, with his ticket. */
  served(): Promise<ReadonlyMap<string, string>> {
    return this.#store.entries(SERVED);
  }

  /** Gives a place at the end, or that of the ticket that the user was served by a moment ago. */
  async enter(alias: string, served: string | undefined): Promise<void> {
    if (served !== undefined) await this.#store.remove(SERVED, alias);
    const ticket = served === undefined ? await this.ticket() : Number(served);
    await this.#store.put(WAITING, alias, String(ticket), LONGEST_WAIT + this.#grace);
    await this.#store.enqueue(QUEUE, alias, ticket);
  }

  async ticket(): Promise<number> {
    return (await this.#store.count(TICKETS, TEN_YEARS)).count;
  }

  /** Keeps a place until its owner asks again. @param told in how many ms he was told to */
  keep(alias: string, ticket: number, told: number): Promise<void> {
    return this.#store.put(WAITING, alias, String(ticket), told + this.#grace);
  }

  /** It is this user's turn. */
  async leave(alias: string, ticket: number): Promise<void> {
    await this.#store.put(SERVED, alias, String(ticket), this.#window);
    await this.#store.unschedule(QUEUE, alias);
    await this.#store.remove(WAITING, alias);
  }

  /** Gives back the place of a turn that came to nothing. @returns its number, from 1 */
  async comeBack(alias: string, ticket: number, told: number): Promise<number> {
    await this.keep(alias, ticket, told);
    // Moved, as his other surface may have a later place.
    await this.#store.schedule(QUEUE, alias, ticket);
    return [...(await this.all()).keys()].indexOf(alias) + 1;
  }
}
