/** Tells the page, in the order in which things happen, though aliases are asked for meanwhile. */
export class DeskEvents {
  readonly #host: HTMLElement;
  readonly #learn: (usernames: readonly string[]) => Promise<void>;
  readonly #signal: AbortSignal;
  #before: Promise<unknown> = Promise.resolve();

  /**
   * @param learn resolves when it is known who they are, or will not be
   * @param signal nothing is told once it has aborted
   */
  constructor(
    host: HTMLElement,
    learn: (usernames: readonly string[]) => Promise<void>,
    signal: AbortSignal,
  ) {
    this.#host = host;
    this.#learn = learn;
    this.#signal = signal;
  }

  /** Tells of these people, once it is known who they are. */
  tell(usernames: readonly string[], make: () => Event): void {
    const known = this.#learn(usernames);
    this.#before = this.#before
      .then(() => known)
      .then(() => this.now(make))
      // What cannot be told is no reason to keep quiet about the rest.
      .catch(() => undefined);
  }

  /** Tells what is about nobody else. */
  now(make: () => Event): void {
    if (!this.#signal.aborted) this.#host.dispatchEvent(make());
  }
}
