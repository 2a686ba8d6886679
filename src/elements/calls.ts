import {sharedCalls, type CallSession} from '../session/call-session.js';
import type {Held} from '../session/live-hub.js';
import type {BrokerClient} from '../transport/broker-client.js';

export interface CallsOptions {
  /** The broker's address with a slash at its end. */
  readonly broker: string;
  /** Who asks: what the part `broker` makes for that address. */
  readonly client: Pick<BrokerClient, 'credentials' | 'headers'>;
  /** The user's alias. */
  readonly alias: string;
}

/**
 * The one call stream of a user with a broker on this page. Whoever holds it starts it.
 *
 * A file that is loaded where a user of a broker can be rung.
 */
export const calls = ({broker, client, alias}: CallsOptions): Held<CallSession> =>
  sharedCalls(JSON.stringify([broker, alias]), {
    url: `${broker}v1/calls/events`,
    credentials: client.credentials,
    headers: () => client.headers(),
  });
