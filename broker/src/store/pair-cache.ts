interface Pair {
  readonly value: string;
  /** Epoch ms. */
  readonly expires: number;
}

const MOST = 10_000;

/**
 * Remembers values that were read from the file, as the driver takes longer for one than all else that
 * a request needs. It is right as long as it hears of every change: those of this process are told to
 * it, and of others it learns by the file's data version.
 */
export class PairCache {
  /** In the order of reading; the oldest make room. */
  readonly #pairs = new Map<string, Pair>();
  #version: number | undefined;

  /** @param version of the file, as it is seen from here */
  follow(version: number | undefined): void {
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
