import type {FastifyBaseLogger} from 'fastify';

/** Does something again and again, with a pause after each time. Keeps no process running. */
export class Regularly {
  readonly #pause: number;
  readonly #work: () => Promise<void>;
  readonly #log: FastifyBaseLogger;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #on = false;

  /** @param pause ms */
  constructor(pause: number, work: () => Promise<void>, log: FastifyBaseLogger) {
    this.#pause = pause;
    this.#work = work;
    this.#log = log;
  }

  /** Begins at once. */
  start(): void {
    if (this.#on) return;
    this.#on = true;
    this.#begin();
  }

  /** Resolves when the last time is over. */
  async stop(): Promise<void> {
    this.#on = false;
    clearTimeout(this.#timer);
    await this.#working;
  }

  #begin(): void {
    this.#working = this.#work()
      .catch((error: unknown) =>
        this.#log.error({err: error}, 'What is due could not be looked up.'),
      )
      .finally(() => {
        if (this.#on) this.#timer = setTimeout(() => this.#begin(), this.#pause).unref();
      });
  }
}
