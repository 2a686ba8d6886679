/** Tells the page, in the order in which things happen, though aliases are asked for meanwhile. */
export class DeskEvents {
  readonly #host: HTMLElement;
  readonly #learn: (usernames: readonly string[]) => Promise<void>;
  readonly #signal: AbortSignal;

  /**
   * @param learn resolves when it is known who they are, or will not be, in the order of its calls
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

  /** Tells of these people. No listener can change what the others are told. */
  tell(usernames: readonly string[], make: () => CustomEvent<object>): void {
    void this.#learn(usernames).then(() => {
      if (this.#signal.aborted) return;
      const event = make();
      const {detail} = event;
      for (const each of [detail, ...Object.values(detail)]) Object.freeze(each);
      this.#host.dispatchEvent(event);
    });
  }
}
