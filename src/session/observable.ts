/** Called after each change with the new snapshot and what brought it about. */
export type Listener<State, Fact> = (state: State, fact: Fact) => void;

/** A frozen snapshot that is replaced as a whole, and those who want to know. */
export class Observable<State extends object, Fact> {
  #state: Readonly<State>;
  readonly #listeners = new Set<Listener<Readonly<State>, Fact>>();

  constructor(initial: State) {
    this.#state = Object.freeze(initial);
  }

  getState(): Readonly<State> {
    return this.#state;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: Listener<Readonly<State>, Fact>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Replaces some of the state and tells everyone why. */
  protected change(fact: Fact, changes: Partial<State> = {}): void {
    this.#state = Object.freeze({...this.#state, ...changes});
    for (const listener of this.#listeners) listener(this.#state, fact);
  }
}
