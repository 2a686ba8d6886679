import type {Tally} from '../store/store.js';

/** How many are counted at once at most; then who came first is forgotten first. */
const MOST = 50_000;

/** Counts in memory what happens within a window that begins with the first. */
export class Windows {
  readonly #length: number;
  readonly #now: () => number;
  /** In the order of their beginning, which is that of their end. */
  readonly #windows = new Map<string, {count: number; readonly end: number}>();

  /**
   * @param length ms
   * @param now ms, by a clock that never goes back
   */
  constructor(length: number, now = () => performance.now()) {
    this.#length = length;
    this.#now = now;
  }

  /** How many windows are kept now. */
  get size(): number {
    return this.#windows.size;
  }

  /** Counts one more. */
  count(key: string): Tally {
    const now = this.#now();
    let window = this.#windows.get(key);
    if (!window || window.end <= now) {
      this.#windows.delete(key);
      this.#tidy(now);
      window = {count: 0, end: now + this.#length};
      this.#windows.set(key, window);
    }
    window.count++;
    return {count: window.count, resetIn: window.end - now};
  }

  #tidy(now: number): void {
    for (const [key, {end}] of this.#windows) {
      if (end > now && this.#windows.size < MOST) return;
      this.#windows.delete(key);
    }
  }
}
