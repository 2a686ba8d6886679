import type {FastifyBaseLogger} from 'fastify';

import type {Store} from '../store/store.js';
import {networkOf} from './network.js';

const WINDOW = 60_000;
/** How many networks are remembered at most. */
const MOST = 10_000;

/** What refusals are counted by. */
export interface RefusalsOptions {
  readonly store: Pick<Store, 'count'>;
  readonly log: FastifyBaseLogger;
  /** What is refused, such as `proof`: each kind is counted by itself. */
  readonly kind: string;
  /** How many are refused one by one in a minute before the address is answered 429. */
  readonly limit: number;
  /** Ms, by a clock that never goes back. */
  readonly now?: () => number;
}

/**
 * Counts what is refused to a network address, between all brokers. Costs the store nothing for
 * whoever is not refused, and no more than `limit` calls a minute and broker for who always is.
 */
export class Refusals {
  readonly #options: RefusalsOptions;
  readonly #now: () => number;
  /** Until when, in the order of coming. */
  readonly #blocked = new Map<string, number>();

  constructor(options: RefusalsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Ms for which an address is refused without a look at what it sends; 0 for none. */
  blockedFor(address: string): number {
    const network = networkOf(address);
    const left = (this.#blocked.get(network) ?? 0) - this.#now();
    if (left > 0) return left;
    this.#blocked.delete(network);
    return 0;
  }

  /** Counts one more refusal. Never rejects; resolves like {@link blockedFor}. */
  async note(address: string): Promise<number> {
    const known = this.blockedFor(address);
    if (known) return known;
    const {store, log, kind, limit} = this.#options;
    const network = networkOf(address);
    try {
      const {count, resetIn} = await store.count(`refused:${kind}:${network}`, WINDOW);
      if (count <= limit) return 0;
      this.#block(network, resetIn);
      log.warn({network, kind, count}, 'Too many refusals of one address in a minute.');
      return Math.max(1, resetIn);
    } catch (error) {
      // Whoever is refused stays refused, with or without a count.
      log.error({err: error}, 'A refusal could not be counted.');
      return 0;
    }
  }

  #block(network: string, time: number): void {
    const [oldest] = this.#blocked.keys();
    if (this.#blocked.size >= MOST && oldest !== undefined) this.#blocked.delete(oldest);
    this.#blocked.set(network, this.#now() + time);
  }
}
