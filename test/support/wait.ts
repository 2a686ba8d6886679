import {waitUntil as wait} from '@open-wc/testing';

type Options = Parameters<typeof wait>[2];

/**
 * As open-wc's own, but patient: thirty seconds, as three browsers at once on two cores are slow, and what
 * cannot be looked at for a moment, as it is drawn anew, is looked at again.
 */
export const waitUntil = async (
  predicate: Parameters<typeof wait>[0],
  message?: string,
  options: Options = {},
): Promise<void> => {
  let problem: unknown;
  const holds = async (): Promise<unknown> => {
    try {
      problem = undefined;
      return await predicate();
    } catch (error) {
      problem = error;
      return false;
    }
  };
  try {
    await wait(holds, message, {timeout: 30_000, ...options});
  } catch (error) {
    throw problem ? new Error(`${String(error)} ${String(problem)}`, {cause: problem}) : error;
  }
};
