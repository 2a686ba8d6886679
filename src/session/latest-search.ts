import {sleep} from '../transport/sleep.js';

/** Looks something up; ends early when the signal aborts, as its answer counts no more. */
export type Source<Found> = (signal: AbortSignal) => Promise<readonly Found[]>;

/**
 * One search after another, of which only the latest counts: for what is looked up while somebody
 * writes. A search that fails has found nothing.
 */
export class LatestSearch<Found> {
  readonly #tell: (found: readonly Found[]) => void;
  #current: AbortController | undefined;

  /** @param tell gets what the latest search has found */
  constructor(tell: (found: readonly Found[]) => void) {
    this.#tell = tell;
  }

  /**
   * Starts a search, which ends the one before.
   *
   * @param delay for so long it waits whether another one comes, in ms
   */
  async start(source: Source<Found>, delay: number): Promise<void> {
    this.stop();
    const {signal} = (this.#current = new AbortController());
    let found: readonly Found[] = [];
    try {
      if (delay) await sleep(delay, signal);
      found = await source(signal);
    } catch {
      // Who cannot be looked up can still be written by hand.
    }
    if (!signal.aborted) this.#tell(found);
  }

  /** Nothing will be told any more, until the next start. */
  stop(): void {
    this.#current?.abort();
    this.#current = undefined;
  }
}
