import type {Store} from '../store/store.js';
import {graceOf, LONGEST_WAIT} from './turns.js';

const QUEUE = 'mint-queue';
/** Whose places count: a field each, which lapses if its owner does not ask again. */
const WAITING = 'mint-waiting';
/** The tickets of whoever was served a moment ago, for his other surface. */
const SERVED = 'mint-served';
/** The latest ticket. It is no counter of the store, as those begin anew with a broker on SQLite. */
const LATEST = 'mint-latest';
const MOST_PLACES = 1_000_000;

/**
 * The places of a queue in the store, in the order of their tickets. All of it is changed under the queue's
 * lock: a place that is half there would be taken for lapsed, and two would get one ticket.
 */
export class Places {
  readonly #store: Store;
  readonly #grace: number;
  #passes = 0;

  /**
   * @param window of the workspace's limit; ms. Places are kept for so much longer than their owners
   * were told, and tickets for so long after their turn, but ten seconds at least
   */
  constructor(store: Store, window: number) {
    this.#store = store;
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

  /** Who was served a moment ago, with his ticket. */
  served(): Promise<ReadonlyMap<string, string>> {
    return this.#store.entries(SERVED);
  }

  /**
   * Gives places at the end, in the order of the names; or those of the tickets by which the users were
   * served a moment ago.
   */
  async enter(aliases: readonly string[], served: ReadonlyMap<string, string>): Promise<void> {
    let latest = await this.#latest();
    const tickets = aliases.map((alias) => Number(served.get(alias) ?? ++latest));
    // Before the places: who fails in between has left out a ticket, and gives none twice.
    await this.#store.set(LATEST, String(latest));
    await Promise.all(
      aliases.map(async (alias, index) => {
        const ticket = tickets[index] ?? latest;
        if (served.has(alias)) await this.#store.remove(SERVED, alias);
        await this.#store.put(WAITING, alias, String(ticket), LONGEST_WAIT + this.#grace);
        await this.#store.enqueue(QUEUE, alias, ticket);
      }),
    );
  }

  /**
   * A ticket for who need not wait, should he have to come back: before all who enter later. Needs no
   * lock.
   */
  async pass(): Promise<number> {
    this.#passes += 1;
    return (await this.#latest()) + 1 - 1 / (this.#passes + 1);
  }

  /** Keeps a place until its owner asks again. @param told in how many ms he was told to */
  keep(alias: string, ticket: number, told: number): Promise<void> {
    return this.#store.put(WAITING, alias, String(ticket), told + this.#grace);
  }

  /** It is this user's turn. */
  async leave(alias: string, ticket: number): Promise<void> {
    await this.#store.put(SERVED, alias, String(ticket), this.#grace);
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

  async #latest(): Promise<number> {
    return Number(await this.#store.get(LATEST)) || 0;
  }
}
