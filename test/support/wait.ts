import {waitUntil as wait} from '@open-wc/testing';

/** As open-wc's own, but patient: thirty seconds, as three browsers at once on two cores are slow. */
export const waitUntil = (
  predicate: Parameters<typeof wait>[0],
  message?: string,
  options: Parameters<typeof wait>[2] = {},
): Promise<void> => wait(predicate, message, {timeout: 30_000, ...options});
