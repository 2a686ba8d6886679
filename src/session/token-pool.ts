import type {Auth} from '../protocol/credentials.js';
import type {BrokerAccess, BrokerClient} from '../transport/broker-client.js';
import {Held} from './live-hub.js';
import {TokenKeeper} from './token-keeper.js';
import {AuthTokens, type TokenSource} from './token-source.js';

/** The broker as a place that tokens come from. */
export interface BrokerSignIn {
  readonly client: BrokerClient;
  readonly source: TokenSource;
}

/** How a pane's user signs in: by the page's `auth`, or by the broker. */
export type SignIn =
  | {readonly auth: Auth}
  | {
      readonly broker: BrokerAccess;
      /** Makes the client of the broker, whose code is loaded only where there is one. */
      readonly signIn: (
        access: BrokerAccess,
        queued: (position: number | undefined) => void,
      ) => BrokerSignIn;
    };

/** Who keeps the tokens of one way to sign in. */
export interface Pooled {
  readonly keeper: TokenKeeper;
  readonly source: TokenSource;
  /** Set where tokens come from a broker. */
  readonly broker: BrokerClient | undefined;
  /** Those who want to know of the place in the broker's queue. */
  readonly waiters: Set<(position: number | undefined) => void>;
}

const pool: {readonly signIn: SignIn; readonly held: Held<Pooled>}[] = [];

const isSame = (one: SignIn, other: SignIn): boolean =>
  'auth' in one
    ? 'auth' in other && one.auth === other.auth
    : 'broker' in other &&
      one.broker.base === other.broker.base &&
      one.broker.accessToken === other.broker.accessToken;

const pooled = (signIn: SignIn): Pooled => {
  const waiters: Pooled['waiters'] = new Set();
  const queued = (position: number | undefined): void => {
    for (const waiter of waiters) waiter(position);
  };
  const {client: broker, source} =
    'auth' in signIn
      ? {client: undefined, source: new AuthTokens(signIn.auth)}
      : signIn.signIn(signIn.broker, queued);
  return {keeper: new TokenKeeper(source), source, broker, waiters};
};

/** The one keeper of the page for a way to sign in, so that panes with the same one share tokens. */
export const pooledTokens = (signIn: SignIn): Held<Pooled> => {
  const known = pool.find((each) => isSame(each.signIn, signIn));
  if (known) return known.held;
  const held = new Held(pooled(signIn), ({keeper}) => {
    forgetTokens(held);
    keeper.release();
  });
  pool.push({signIn, held});
  return held;
};

/** The keeper is not to be shared any more, as its tokens have ended. */
export const forgetTokens = (held: Held<Pooled>): void => {
  const place = pool.findIndex((each) => each.held === held);
  if (place >= 0) pool.splice(place, 1);
};
