/** Says of each text only once that it is new, and nothing any more after so many of them. */
export class Once {
  readonly #most: number;
  readonly #said = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  isNew(text: string): boolean {
    if (this.#said.has(text) || this.#said.size >= this.#most) return false;
    this.#said.add(text);
    return true;
  }
}
