import {loadPart} from '../../parts/load-part.js';
import type {CallSession} from '../../session/call-session.js';
import type {BrokerClient} from '../../transport/broker-client.js';

export interface DeskCallsOptions {
  /** The broker's address with a slash at its end. */
  readonly broker: string;
  readonly client: BrokerClient;
  /** The user's alias. */
  readonly alias: string;
}

/** Hears of the user's calls until the signal aborts, by the one stream of the page. */
export const hearCalls = async (
  options: DeskCallsOptions,
  signal: AbortSignal,
): Promise<CallSession | undefined> => {
  const {calls} = await loadPart('calls');
  if (signal.aborted) return;
  const held = calls(options);
  const session = held.hold();
  session.start();
  signal.addEventListener('abort', () => held.letGo());
  return session;
};
