interface Pair {
  readonly value: string;
  /** Epoch ms. */
  readonly expires: number;
}

const MOST = 10_000;
/** How long another process may have changed the file unnoticed, ms. */
const UNNOTICED = 100;

/**
 * Remembers values that were read from the file, as the driver takes longer for one than all else that
 * a request needs. It hears of every change by this process, the only one that serves the file. Of
 * another, such as an operator's program, it learns by the file's data version a moment later.
 */
export class PairCache {
  /** In the order of reading; the oldest make room. */
  readonly #pairs = new Map<string, Pair>();
  #version: number | undefined;
  #looked = -Infinity;

  /** @param versionOf reads the file's version, as it is seen from here */
  follow(versionOf: () => number | undefined): void {
    const now = performance.now();
    if (now - this.#looked < UNNOTICED) return;
    this.#looked = now;
    const version = versionOf();
    if (version !== this.#version) this.clear();
    this.#version = version;
  }

  get(key: string, now: number): string | undefined {
    const pair = this.#pairs.get(key);
    return pair && pair.expires > now ? pair.value : undefined;
  }

  /** @returns the value */
  note(key: string, value: string, expires: number): string {
    if (this.#pairs.size >= MOST && !this.#pairs.has(key)) {
      const [oldest] = this.#pairs.keys();
      if (oldest !== undefined) this.#pairs.delete(oldest);
    }
    this.#pairs.set(key, {value, expires});
    return value;
  }

  forget(key: string): void {
    this.#pairs.delete(key);
  }

  clear(): void {
    this.#pairs.clear();
  }
}
