import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';

/**
 * Counts one more, or as many as `by` says, for all brokers of a store together.
 *
 * @param window ms
 * @throws {BrokerError} `rate-limited` with `retry-after`, once there are more than `most`
 */
export const demandRate = async (
  store: Store,
  key: string,
  most: number,
  window: number,
  by?: number,
): Promise<void> => {
  const {count, resetIn} = await store.count(key, window, by);
  if (count <= most) return;
  const seconds = Math.max(1, Math.ceil(resetIn / 1000));
  throw new BrokerError(
    429,
    'rate-limited',
    `That was asked too often. Ask again in ${seconds} s.`,
    {headers: {'retry-after': String(seconds)}},
  );
};
