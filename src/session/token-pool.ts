import type {Auth} from '../protocol/credentials.js';
import {BrokerClient, type BrokerAccess} from '../transport/broker-client.js';
import {BrokerTokens} from './broker-tokens.js';
import {Held} from './live-hub.js';
import {TokenKeeper} from './token-keeper.js';
import {AuthTokens} from './token-source.js';

/** How a pane's user signs in: by the page's `auth`, or by the broker. */
export type SignIn = {readonly auth: Auth} | {readonly broker: BrokerAccess};

/** Who keeps the tokens of one way to sign in. */
export interface Pooled {
  readonly keeper: TokenKeeper;
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
  if ('auth' in signIn)
    return {keeper: new TokenKeeper(new AuthTokens(signIn.auth)), broker: undefined, waiters};
  const broker = new BrokerClient(signIn.broker);
  const source = new BrokerTokens(broker, (position) => {
    for (const waiter of waiters) waiter(position);
  });
  return {keeper: new TokenKeeper(source), broker, waiters};
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
