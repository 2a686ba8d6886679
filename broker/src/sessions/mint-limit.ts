import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';

const WINDOW = 60_000;

/**
 * How many tokens one user is made in a minute (`limits.mintsPerUser`). Only what was made counts: who
 * waits for a turn at the workspace asks often.
 */
export class MintLimit {
  readonly #store: Store;
  readonly #most: number;

  constructor(store: Store, most: number) {
    this.#store = store;
    this.#most = most;
  }

  /** @throws {BrokerError} `rate-limited` */
  async check(alias: string): Promise<void> {
    const until = await this.#store.get(`mints-full:${alias}`);
    if (until === undefined) return;
    const seconds = Math.min(60, Math.max(1, Math.ceil((Number(until) - Date.now()) / 1000)));
    throw new BrokerError(
      429,
      'rate-limited',
      `This user was given too many sign-ins for chat within a minute. Ask again in ${seconds} s.`,
      {headers: {'retry-after': String(seconds)}},
    );
  }

  async made(alias: string): Promise<void> {
    const {count, resetIn} = await this.#store.count(`mints:${alias}`, WINDOW);
    if (count < this.#most || resetIn <= 0) return;
    await this.#store.set(`mints-full:${alias}`, String(Date.now() + resetIn), resetIn);
  }
}
