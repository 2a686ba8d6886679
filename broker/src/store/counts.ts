import type {Tally} from './store.js';

interface Window {
  count: number;
  /** Epoch ms. */
  readonly ends: number;
}

/**
 * Counts within windows, in this process only: what is forgotten at a restart is how often somebody
 * has asked within the last minute, and that is worth no write for each request.
 */
export class Counts {
  readonly #windows = new Map<string, Window>();
  readonly #most: number;

  /** @param most how many keys are held; the one whose window began first goes when another comes */
  constructor(most = 50_000) {
    this.#most = most;
  }

  get size(): number {
    return this.#windows.size;
  }

  count(key: string, length: number, now = Date.now(), by = 1): Tally {
    const known = this.#windows.get(key);
    const left = known ? known.ends - now : 0;
    // More than a window's length is left only after the clock was put back: nobody waits for that.
    if (known && left > 0 && left <= length) {
      known.count += by;
      return {count: known.count, resetIn: left};
    }
    // A new window goes to the end of the map, so that the oldest is always its first.
    this.#windows.delete(key);
    if (this.#windows.size >= this.#most) this.#dropOldest();
    this.#windows.set(key, {count: by, ends: now + length});
    return {count: by, resetIn: length};
  }

  sweep(now = Date.now()): void {
    for (const [key, {ends}] of this.#windows) if (ends <= now) this.#windows.delete(key);
  }

  clear(): void {
    this.#windows.clear();
  }

  #dropOldest(): void {
    for (const key of this.#windows.keys()) {
      this.#windows.delete(key);
      return;
    }
  }
}
