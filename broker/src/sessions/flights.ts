/** What many ask for at once is done once: who comes later waits for the one under way. */
export class Flights<Result> {
  readonly #underWay = new Map<string, Promise<Result>>();

  get size(): number {
    return this.#underWay.size;
  }

  join(key: string, begin: () => Promise<Result>): Promise<Result> {
    const known = this.#underWay.get(key);
    if (known) return known;
    const flight = begin().finally(() => {
      if (this.#underWay.get(key) === flight) this.#underWay.delete(key);
    });
    this.#underWay.set(key, flight);
    return flight;
  }

  /** Whoever asks from now on gets another one; those who wait go on waiting. */
  leave(key: string): void {
    this.#underWay.delete(key);
  }
}
