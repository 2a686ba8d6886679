import {BrokerError} from '../errors.js';
import type {WindowState} from './call-window.js';

/** Ms that a request is held rather than told to come again. */
export const HOLD = 500;
/** Ms that anybody is told to wait at most: clients cap it there too. */
export const LONGEST_WAIT = 60_000;

/**
 * For how much longer than he was told to wait a place is kept for its owner, and with it what he has
 * got already; ms.
 *
 * @param window of the workspace's limit; ms
 */
export const graceOf = (window: number): number => Math.max(10_000, window);

/** What comes of asking for a turn. */
export type Verdict<Turn> =
  | {readonly turn: Turn}
  | {readonly wait: number; readonly position: number}
  | {readonly refusal: BrokerError};

/**
 * Whole seconds that are told for a wait in ms, 1 to 60. Who comes a moment too early is held: nobody
 * comes a whole second too late.
 */
export const secondsUntil = (wait: number): number =>
  Math.ceil(Math.min(LONGEST_WAIT, Math.max(1000, wait - HOLD)) / 1000);

/** Others are signing in. */
export const queued = ({wait, position}: {wait: number; position: number}): BrokerError => {
  const seconds = secondsUntil(wait);
  return new BrokerError(
    429,
    'sign-in-queued',
    `Others are signing in to Rocket.Chat. Your place is kept: ask again in ${seconds} s.`,
    {position, headers: {'retry-after': String(seconds)}},
  );
};

/** Ms that the place is kept of somebody who was answered so; `undefined` if it is no {@link queued}. */
export const placeKeptFor = (error: unknown, window: number): number | undefined => {
  if (!(error instanceof BrokerError) || error.code !== 'sign-in-queued') return;
  return (error.wait ?? LONGEST_WAIT) + graceOf(window);
};

/** The user asks for tokens more often than anybody needs. */
export const rateLimited = (wait: number): BrokerError =>
  new BrokerError(
    429,
    'rate-limited',
    'Too many sign-ins to Rocket.Chat of this user. Ask again in a minute, and reuse the session.',
    {headers: {'retry-after': String(secondsUntil(wait))}},
  );

/** There is no call left for a look-up. */
export const lookUpsLimited = (wait: number): BrokerError => {
  const seconds = secondsUntil(wait);
  return new BrokerError(
    429,
    'rate-limited',
    `Rocket.Chat takes only so many calls in a minute, and those who sign in go first. Ask for this user again in ${seconds} s.`,
    {headers: {'retry-after': String(seconds)}},
  );
};

/** Waits for a turn that is near. */
export const hold = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(10, ms)));

/** Whose turn it is, and when it is the others'. */
export class Ranks {
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #state: WindowState;
  readonly #period: number;
  readonly #now = Date.now();

  /** @param places who waits, the first one first */
  constructor(places: readonly string[], state: WindowState, period: number) {
    this.#ranks = new Map(places.map((alias, rank) => [alias, rank]));
    this.#state = state;
    this.#period = period;
  }

  /**
   * `undefined` if it is the user's turn; else in how many ms it is about, and at which place he is,
   * from 1, without those whose turn it is.
   */
  turnOf(alias: string): {readonly wait: number; readonly position: number} | undefined {
    const {left, free, limit} = this.#state;
    const rank = this.#ranks.get(alias) ?? this.#ranks.size;
    if (rank < left) return;
    const starts = [...Array<number>(Math.min(left, limit)).fill(this.#now), ...free];
    const round = Math.floor(rank / starts.length) * this.#period;
    const start = (starts[rank % starts.length] ?? this.#now) + round;
    return {wait: Math.max(0, start - this.#now), position: rank - left + 1};
  }
}
