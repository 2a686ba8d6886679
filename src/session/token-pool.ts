import type {Auth} from '../protocol/credentials.js';
import type {BrokerAccess, BrokerClient} from '../transport/broker-client.js';
import {Held, isNeeded} from './live-hub.js';
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
  /** Whose token for the broker may change. */
  readonly access: {accessToken: BrokerAccess['accessToken']} | undefined;
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
  if ('auth' in signIn) {
    const source = new AuthTokens(signIn.auth);
    return {
      keeper: new TokenKeeper(source),
      source,
      broker: undefined,
      access: undefined,
      waiters,
    };
  }
  const access = {...signIn.broker};
  const {client: broker, source} = signIn.signIn(access, queued);
  return {keeper: new TokenKeeper(source), source, broker, access, waiters};
};

/** The one keeper of the page for a way to sign in, so that panes with the same one share tokens. */
export const pooledTokens = (signIn: SignIn): Held<Pooled> => {
  const known = pool.find((each) => isSame(each.signIn, signIn));
  if (known) return known.held;
  const value = pooled(signIn);
  const held = new Held(
    value,
    ({keeper}) => {
      forgetTokens(held);
      keeper.release();
    },
    () => isNeeded(value.keeper),
  );
  pool.push({signIn, held});
  return held;
};

/** The keeper is not to be shared any more, as its tokens have ended. */
export const forgetTokens = (held: Held<Pooled>): void => {
  const place = pool.findIndex((each) => each.held === held);
  if (place >= 0) pool.splice(place, 1);
};
