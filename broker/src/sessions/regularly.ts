import type {FastifyBaseLogger} from 'fastify';

/** Does something again and again, with a pause after each time. Keeps no process running. */
export class Regularly {
  readonly #pause: number;
  readonly #work: (signal: AbortSignal) => Promise<void>;
  readonly #log: FastifyBaseLogger;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #ending: AbortController | undefined;

  /**
   * @param pause ms
   * @param work begins nothing more once its signal is aborted
   */
  constructor(pause: number, work: (signal: AbortSignal) => Promise<void>, log: FastifyBaseLogger) {
    this.#pause = pause;
    this.#work = work;
    this.#log = log;
  }

  /** Begins at once. */
  start(): void {
    if (this.#ending) return;
    this.#ending = new AbortController();
    this.#begin(this.#ending.signal);
  }

  /** Resolves when what has begun is over. */
  async stop(): Promise<void> {
    this.#ending?.abort();
    this.#ending = undefined;
    clearTimeout(this.#timer);
    await this.#working;
  }

  #begin(signal: AbortSignal): void {
    this.#working = this.#work(signal)
      .catch((error: unknown) =>
        this.#log.error({err: error}, 'What is due could not be looked up.'),
      )
      .finally(() => {
        if (signal.aborted) return;
        this.#timer = setTimeout(() => this.#begin(signal), this.#pause).unref();
      });
  }
}
