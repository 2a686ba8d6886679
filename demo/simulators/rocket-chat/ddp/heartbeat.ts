/** When the server loses its patience, in ms. */
export interface HeartbeatOptions {
  /** The silence after which it asks whether anybody is there. */
  readonly interval: number;
  /** How long it waits for any answer. */
  readonly timeout: number;
}

/** Notices a client that says nothing any more. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #ask: () => void;
  readonly #giveUp: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: HeartbeatOptions, ask: () => void, giveUp: () => void) {
    this.#options = options;
    this.#ask = ask;
    this.#giveUp = giveUp;
  }

  /** Begins, or begins anew: the client has said something. */
  heard(): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.#ask();
      this.#timer = setTimeout(this.#giveUp, this.#options.timeout).unref();
    }, this.#options.interval).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
