import type {DdpConnection} from '../transport/ddp-connection.js';

/**
 * Subscribes to a stream until the signal aborts; where that is before the answer, until there is one.
 * What the server refuses is done without.
 */
export const holdSubscription = async (
  connection: Pick<DdpConnection, 'subscribe' | 'unsubscribe'>,
  signal: AbortSignal,
  ...what: Parameters<DdpConnection['subscribe']>
): Promise<void> => {
  if (signal.aborted) return;
  try {
    const id = await connection.subscribe(...what);
    const end = (): void => connection.unsubscribe(id);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  } catch {
    // The next connection asks again.
  }
};
