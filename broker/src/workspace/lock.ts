import {randomUUID} from 'node:crypto';

import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';

/** How long a lock is held and waited for, in ms. */
export interface LockTimes {
  /** After that it counts no more: its holder is taken for dead. */
  readonly held: number;
  /** After that who waits gives up. */
  readonly patience: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Does something while nobody else does, on any broker.
 *
 * @throws {BrokerError} `broker-busy` if the lock was not free in time
 */
export const withLock = async <Result>(
  store: Store,
  name: string,
  {held, patience}: LockTimes,
  work: () => Promise<Result>,
): Promise<Result> => {
  const key = `lock:${name}`;
  const mine = randomUUID();
  const deadline = performance.now() + patience;
  while (!(await store.setIfAbsent(key, mine, held))) {
    if (performance.now() > deadline) {
      throw new BrokerError(
        503,
        'broker-busy',
        'The broker is busy with the same user or with too many others. Ask again in a few seconds.',
        {headers: {'retry-after': '5'}},
      );
    }
    await pause(10 + Math.random() * 20);
  }
  try {
    return await work();
  } finally {
    // If it cannot be given back, it lapses by itself; what was done still counts.
    await store.compareAndDelete(key, mine).catch(() => false);
  }
};
