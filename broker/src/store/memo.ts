/**
 * Remembers what was used last: two generations, of which the older is forgotten as a whole when the
 * newer is full. Cheaper than an order of every use, and as good where the same few are asked for.
 */
export class Memo<Value> {
  readonly #most: number;
  #newer = new Map<string, Value>();
  #older = new Map<string, Value>();

  /** @param most how many are remembered at most */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#newer.size + this.#older.size;
  }

  get(key: string): Value | undefined {
    const value = this.#newer.get(key);
    if (value !== undefined) return value;
    const older = this.#older.get(key);
    if (older !== undefined) {
      this.#older.delete(key);
      this.set(key, older);
    }
    return older;
  }

  set(key: string, value: Value): void {
    this.#newer.set(key, value);
    if (this.#newer.size * 2 < this.#most) return;
    this.#older = this.#newer;
    this.#newer = new Map();
  }
}
