import {setTimeout as sleep} from 'node:timers/promises';

/**
 * Resolves with what `look` resolves with as soon as that throws no more; gives up with its error.
 *
 * @template T
 * @param {() => T | Promise<T>} look
 * @param {number} [patience] ms
 */
export const eventually = async (look, patience = 30_000) => {
  const until = Date.now() + patience;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    await sleep(10);
  }
};
