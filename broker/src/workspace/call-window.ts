import {randomUUID} from 'node:crypto';

import type {Store} from '../store/store.js';
import {type Answer, countOf, isDone} from './answer.js';

const LIMIT_KNOWN = 600_000;
const SLOTS = 'mint-slots';
const CLOSED = 'mint-closed';
const LOOK_UP = 'look-up ';

/** Whose calls a limit holds for: the service account's, or a sign-in by password, which nobody makes. */
export type LimitKind = 'login' | 'service';

/** How many mints may begin now, and when more. */
export interface WindowState {
  /** At once; `Infinity` if the workspace limits nothing. */
  readonly limit: number;
  /** Mints that may begin now. */
  readonly left: number;
  /** Look-ups that may begin now, as far as it is for them: half of the slots are never theirs. */
  readonly forLookUps: number;
  /** Epoch ms at which each of the others may begin, the first one first; about. */
  readonly free: readonly number[];
}

/** What a {@link CallWindow} is. */
export interface CallWindowOptions {
  readonly store: Store;
  /** Calls of one route that the workspace takes, unless its answers say otherwise. */
  readonly calls: number;
  /** Ms. */
  readonly window: number;
  /** Ms that a mint may last at most: after that its broker is taken for dead. */
  readonly longest: number;
}

/**
 * How many mints the workspace takes. It counts calls by route in windows that begin with a first
 * call at any moment, so a mint occupies a slot from before its first call until a window after its
 * last one. As there are no more slots than calls, no window on any route sees more than it takes.
 */
export class CallWindow {
  /** Ms that one slot is occupied by a mint that takes no time. */
  readonly period: number;
  readonly #options: CallWindowOptions;
  readonly #noted = new Map<LimitKind, {readonly value: string; readonly until: number}>();

  constructor(options: CallWindowOptions) {
    this.#options = options;
    // Clocks are read in whole ms, here and there.
    this.period = options.window + Math.max(5, Math.ceil(options.window / 50));
  }

  /**
   * Takes notice of the headers of an answer. A success without them is from a workspace that limits
   * nothing, or not this account.
   */
  async note(kind: LimitKind, answer: Answer): Promise<void> {
    const {store, window} = this.#options;
    const limit = countOf(answer.headers, 'x-ratelimit-limit');
    if (limit === undefined && !isDone(answer)) return;
    const value = limit === undefined ? 'exempt' : String(Math.max(1, limit));
    const known = this.#noted.get(kind);
    if (known?.value !== value || known.until < performance.now()) {
      this.#noted.set(kind, {value, until: performance.now() + LIMIT_KNOWN / 3});
      await store.set(`mint-limit:${kind}`, value, LIMIT_KNOWN);
    }
    // Somebody else calls from the same address: what is left of our slots is not the workspace's.
    if (countOf(answer.headers, 'x-ratelimit-remaining') === 0) {
      const reset = (countOf(answer.headers, 'x-ratelimit-reset') ?? 0) - Date.now();
      await this.#shut(reset > 0 && reset <= window ? reset : window);
    }
  }

  /** The workspace has refused a call: nobody begins before its window is over. */
  async close(wait: number): Promise<void> {
    const {store} = this.#options;
    for (const kind of ['service', 'login'] as const) {
      if (this.#noted.get(kind)?.value === 'exempt') this.#noted.delete(kind);
      await store.compareAndDelete(`mint-limit:${kind}`, 'exempt');
    }
    await this.#shut(wait);
  }

  /** Whether nothing limits these kinds of calls. */
  async isExempt(kinds: readonly LimitKind[]): Promise<boolean> {
    return (await this.#limit(kinds)) === Infinity;
  }

  async state(kinds: readonly LimitKind[]): Promise<WindowState> {
    const {store} = this.#options;
    const [limit, slots, closed] = await Promise.all([
      this.#limit(kinds),
      store.entries(SLOTS),
      store.get(CLOSED),
    ]);
    if (limit === Infinity) return {limit, left: Infinity, forLookUps: Infinity, free: []};
    const opens = Number(closed ?? 0);
    const ends = [...slots.values()].map(Number).sort((one, other) => one - other);
    const unused = Math.max(0, limit - ends.length);
    const lookUps = [...slots.keys()].filter((id) => id.startsWith(LOOK_UP)).length;
    const forLookUps = Math.max(1, Math.floor(limit / 2)) - lookUps;
    const free = ends.slice(-limit).map((end) => Math.max(end, opens));
    if (closed === undefined) return {limit, left: unused, forLookUps, free};
    return {limit, left: 0, forLookUps, free: [...Array<number>(unused).fill(opens), ...free]};
  }

  /** Occupies a slot; returns what tells that the mint, or look-up, is over. */
  async occupy(what: 'look-up' | 'mint' = 'mint'): Promise<() => Promise<void>> {
    const {store, longest} = this.#options;
    const {period} = this;
    const id = (what === 'look-up' ? LOOK_UP : '') + randomUUID();
    await store.put(SLOTS, id, String(Date.now() + period), longest + period);
    return () => store.put(SLOTS, id, String(Date.now() + period), period);
  }

  async #shut(wait: number): Promise<void> {
    await this.#options.store.set(CLOSED, String(Date.now() + wait), Math.ceil(wait) + 1);
  }

  async #limit(kinds: readonly LimitKind[]): Promise<number> {
    const {store, calls} = this.#options;
    const stored = await Promise.all(kinds.map((kind) => store.get(`mint-limit:${kind}`)));
    return Math.min(
      ...stored.map((value) => (value === 'exempt' ? Infinity : Number(value ?? calls) || calls)),
    );
  }
}
