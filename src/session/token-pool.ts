import {Held, isNeeded, type TokenGiver} from './live-hub.js';
import {TokenKeeper} from './token-keeper.js';
import type {TokenSource} from './token-source.js';

/** Hears the place in the broker's queue: null if it is not known, undefined once that is over. */
export type QueueListener = (position: number | null | undefined) => void;

/** A way to sign in. */
export interface SignIn {
  /** What the page has given for it. Panes that are given the same share their tokens. */
  readonly given: readonly unknown[];
  /** Makes what gives the tokens, whose code is loaded only where it is needed. */
  readonly source: (queued: QueueListener) => TokenSource;
}

/** Who keeps the tokens of one way to sign in. */
export interface Pooled extends TokenGiver {
  readonly waiters: Set<QueueListener>;
}

interface Entry {
  readonly signIn: SignIn;
  readonly held: Held<Pooled>;
  readonly owners: WeakSet<object>;
}

let pool: readonly Entry[] = [];

const isSame = ({given}: SignIn, other: SignIn): boolean =>
  given.length === other.given.length && given.every((each, i) => each === other.given[i]);

/**
 * The one keeper of the page for a way to sign in. One that nobody holds is kept for a moment for its
 * owners, as panes are moved; for anybody else the same function may sign in another user by now.
 */
export const pooledTokens = (signIn: SignIn, owner: object): Held<Pooled> => {
  const known = pool.find((each) => isSame(each.signIn, signIn));
  if (known && (known.held.isHeld || known.owners.has(owner))) {
    known.owners.add(owner);
    return known.held;
  }
  if (known) forgetTokens(known.held);
  const waiters: Pooled['waiters'] = new Set();
  const source = signIn.source((position) => waiters.forEach((waiter) => waiter(position)));
  const keeper = new TokenKeeper(source);
  const pooled: Pooled = {keeper, source, waiters};
  const held: Held<Pooled> = new Held(
    pooled,
    () => {
      forgetTokens(held);
      keeper.release();
    },
    () => isNeeded(pooled),
  );
  pool = [...pool, {signIn, held, owners: new WeakSet([owner])}];
  return held;
};

/** The keeper is not to be shared any more, as its tokens have ended. */
export const forgetTokens = (held: Held<Pooled>): void => {
  pool = pool.filter((each) => each.held !== held);
};
