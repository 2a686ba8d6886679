import {BoundedMap} from '../sessions/bounded-map.js';
import {Flights} from '../sessions/flights.js';

/** What is read in less is read anew each time; ms. */
const CHEAP = 50;
/** For so many times what it took to read it, something dear counts. */
const TIMES = 4;
/** But no longer; ms. */
const LONGEST = 5_000;
/** Dear ones are large. */
const MOST = 32;

interface Kept<Value> {
  readonly value: Value;
  /** By the clock. */
  readonly until: number;
}

/**
 * Reads what many ask for once for all who ask at the same moment, and what is dear no more often than
 * in a fifth of the time: whoever asks again and again holds nobody else up. What is cheap is never
 * older than the moment in which it was asked for, or the reading under way then.
 */
export class Sparing<Value> {
  readonly #now: () => number;
  readonly #kept = new BoundedMap<Kept<Value>>(MOST);
  readonly #reading = new Flights<Value>();

  /** @param now ms, by a clock that never goes back */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  async read(key: string, look: () => Promise<Value>): Promise<Value> {
    const known = this.#kept.get(key);
    if (known && known.until > this.#now()) return known.value;
    this.#kept.delete(key);
    return this.#reading.join(key, () => this.#look(key, look));
  }

  async #look(key: string, look: () => Promise<Value>): Promise<Value> {
    const began = this.#now();
    const value = await look();
    const ended = this.#now();
    const took = ended - began;
    if (took >= CHEAP) this.#kept.set(key, {value, until: ended + Math.min(LONGEST, took * TIMES)});
    return value;
  }
}
