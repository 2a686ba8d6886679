/** Remembers the latest so many: what is left out is looked up again. */
export class BoundedMap<Value> {
  readonly #most: number;
  readonly #kept = new Map<string, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#kept.size;
  }

  get(key: string): Value | undefined {
    return this.#kept.get(key);
  }

  set(key: string, value: Value): void {
    if (this.#kept.size >= this.#most && !this.#kept.has(key)) {
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    this.#kept.set(key, value);
  }

  delete(key: string): void {
    this.#kept.delete(key);
  }
}
