import {randomBytes} from 'node:crypto';

import type {FastifyBaseLogger} from 'fastify';

import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';

/** Ms. */
export interface LockTimes {
  /** For so long a broker that was killed keeps the others out. */
  readonly ttl: number;
  /** For so long a broker waits for another one. */
  readonly wait: number;
}

const USUAL: LockTimes = {ttl: 15_000, wait: 30_000};
const SHORTEST_PAUSE = 20;
const LONGEST_PAUSE = 250;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One broker at a time. A lock can be lost while its work goes on (a process that stood still for
 * longer than `ttl`), so that whatever is done under one must do no harm when done twice.
 */
export class Locks {
  readonly #store: Store;
  readonly #log: FastifyBaseLogger;
  readonly #times: LockTimes;
  readonly #what: string;

  /** @param what is made under these locks, as callers are told */
  constructor(
    store: Store,
    log: FastifyBaseLogger,
    times: LockTimes = USUAL,
    what = 'this sign-in',
  ) {
    this.#store = store;
    this.#log = log;
    this.#times = times;
    this.#what = what;
  }

  /**
   * Works as soon as nobody else does.
   *
   * @param made what another broker has made meanwhile, which is as good; `undefined` for nothing
   * @throws {BrokerError} `broker-busy` if the others take too long
   */
  async run<Made>(
    name: string,
    made: () => Promise<Made | undefined>,
    work: () => Promise<Made>,
  ): Promise<Made> {
    const giveUpAt = performance.now() + this.#times.wait;
    for (let pause = SHORTEST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
      const release = await this.#take(name);
      if (release) {
        try {
          return (await made()) ?? (await work());
        } finally {
          await release();
        }
      }
      const other = await made();
      if (other !== undefined) return other;
      if (performance.now() > giveUpAt) {
        throw new BrokerError(
          503,
          'broker-busy',
          `Another broker has been making ${this.#what} for too long. Ask again in a few seconds.`,
          {headers: {'retry-after': '5'}},
        );
      }
      await sleep(pause);
    }
  }

  /** Works unless somebody else does. Resolves with whether it did. */
  async attempt(name: string, work: () => Promise<void>): Promise<boolean> {
    const release = await this.#take(name);
    if (!release) return false;
    try {
      await work();
    } finally {
      await release();
    }
    return true;
  }

  async #take(name: string): Promise<(() => Promise<void>) | undefined> {
    const key = `lock:${name}`;
    const owner = randomBytes(12).toString('base64url');
    const {ttl} = this.#times;
    if (!(await this.#store.setIfAbsent(key, owner, ttl))) return;
    let renewing: Promise<void> = Promise.resolve();
    let timer: NodeJS.Timeout | undefined;
    let over = false;
    const renewLater = (): void => {
      timer = setTimeout(() => {
        renewing = this.#renew(key, owner)
          .catch((error: unknown) => this.#log.warn({err: error}, 'A lock could not be renewed.'))
          .finally(() => over || renewLater());
      }, ttl / 3);
      timer.unref();
    };
    renewLater();
    return async () => {
      over = true;
      clearTimeout(timer);
      // A renewal that came after the end would keep everybody out.
      await renewing;
      await this.#store.compareAndDelete(key, owner).catch((error: unknown) => {
        this.#log.warn({err: error}, 'A lock could not be given back; it ends by itself.');
      });
    };
  }

  async #renew(key: string, owner: string): Promise<void> {
    if ((await this.#store.get(key)) === owner) await this.#store.set(key, owner, this.#times.ttl);
  }
}
