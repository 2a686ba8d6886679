const MINUTE = 60_000;
const MOST = 10_000;

/** The names that nobody had a moment ago, so that the workspace is not asked for them again and again. */
export class Missed {
  readonly #lifetime: number;
  readonly #most: number;
  /** Until when, by the time since the process began; the one that ends first is the first. */
  readonly #until = new Map<string, number>();

  /**
   * @param lifetime ms; default a minute
   * @param most how many are remembered; the oldest make room; default 10,000
   */
  constructor(lifetime = MINUTE, most = MOST) {
    this.#lifetime = lifetime;
    this.#most = most;
  }

  has(name: string): boolean {
    return (this.#until.get(name) ?? -Infinity) > performance.now();
  }

  add(name: string): void {
    this.#until.delete(name);
    this.#until.set(name, performance.now() + this.#lifetime);
    const [oldest] = this.#until.size > this.#most ? this.#until.keys() : [];
    if (oldest !== undefined) this.#until.delete(oldest);
  }
}
