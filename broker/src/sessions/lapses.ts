import type {FastifyBaseLogger} from 'fastify';

import type {Store} from '../store/store.js';
import type {Endings} from './endings.js';
import {inTurns} from './in-turns.js';
import type {Leases, LeaseTimes} from './leases.js';
import type {Locks} from './locks.js';
import {lockOf} from './minting.js';
import type {SignOuts} from './sign-outs.js';
import type {Kept} from './token-record.js';
import type {TokenShelf} from './token-shelf.js';

const DUE_SESSIONS = 'due:sessions';
const AT_ONCE = 8;
const IN_ONE_GO = 500;
const EVERYBODY = 100_000;
/** A clock that was put back by less does no harm worth looking for; ms. */
const BACK = 5_000;

/** What lapses work with. */
export interface LapseParts {
  readonly store: Store;
  readonly shelf: TokenShelf;
  readonly leases: Leases;
  readonly locks: Locks;
  readonly endings: Endings;
  readonly signOuts: SignOuts;
  readonly log: FastifyBaseLogger;
  readonly times: LeaseTimes;
}

/**
 * Ends the tokens of users who have no lease any more. A user with tokens always stands in the list
 * `due:sessions`, at a time when it is worth looking; what counts are the leases that are found then.
 */
export class Lapses {
  readonly #parts: LapseParts;
  /** Until then nobody's tokens end, by the time since the process began; ms. */
  readonly #grace: Promise<number>;
  #latest = 0;

  constructor(parts: LapseParts) {
    this.#parts = parts;
    this.#grace = parts.store.forgets ? this.#forTheForgotten() : Promise.resolve(0);
  }

  /** Looks when a lease of now will have ended. */
  watch(alias: string): Promise<void> {
    const {leaseTime, afterLast} = this.#parts.times;
    return this.#look(alias, Date.now() + leaseTime + afterLast);
  }

  /** Looks earlier, as a lease was ended before its time. */
  async released(alias: string): Promise<void> {
    if (!(await this.#postponed(alias))) await this.#look(alias, Date.now());
  }

  /** Looks at all whose time has come, until the signal is aborted. */
  async sweep(signal?: AbortSignal): Promise<void> {
    if (performance.now() < (await this.#grace)) return;
    const {locks, log} = this.#parts;
    const due = await this.#due();
    const look = async (alias: string) => {
      await locks
        .attempt(lockOf(alias), () => this.#end(alias))
        .catch((error: unknown) => log.warn({err: error}, 'A session could not be ended yet.'));
    };
    await inTurns(due, AT_ONCE, look, signal);
  }

  /** A lease that was lost with a killed process is renewed by its page after half its time. */
  async #forTheForgotten(): Promise<number> {
    const until = performance.now() + this.#parts.times.leaseTime / 2;
    const before = this.#parts.store.due(DUE_SESSIONS, Infinity, 1);
    // Who cannot be asked for may have been there.
    return before.then(
      ([somebody]) => (somebody === undefined ? 0 : until),
      () => until,
    );
  }

  /** Everybody, once, where the clock was put back: else they would be looked at that much later. */
  #due(): Promise<readonly string[]> {
    const {store, times} = this.#parts;
    const now = Date.now();
    const before = this.#latest;
    this.#latest = now;
    if (now >= before - BACK) return store.due(DUE_SESSIONS, now, IN_ONE_GO);
    return store.due(DUE_SESSIONS, before + times.leaseTime + times.afterLast, EVERYBODY);
  }

  #look(alias: string, at: number): Promise<void> {
    return this.#parts.store.schedule(DUE_SESSIONS, alias, at);
  }

  /** Looks when the leases of now will have ended; `false` if nothing holds the tokens. */
  async #postponed(alias: string): Promise<boolean> {
    for (let at = Infinity; ;) {
      const next = await this.#parts.leases.heldUntil(alias);
      if (next === undefined) return at !== Infinity;
      if (next >= at) return true;
      at = next;
      // A lease that is released just now asks for an earlier look, which this one moves: hence again.
      await this.#look(alias, at);
    }
  }

  async #end(alias: string): Promise<void> {
    const {store, shelf, endings, signOuts} = this.#parts;
    if (await this.#postponed(alias)) return;
    const latest = await signOuts.latest(alias);
    const lent = await this.#withdrawn(alias);
    // A page holds a lease before it reads its tokens: it is seen here, or does not see them.
    if (await this.#postponed(alias)) return this.#lendAgain(alias, lent, latest);
    await endings.soon(alias, (await shelf.all(alias)).keys());
    await store.unschedule(DUE_SESSIONS, alias);
    // Whoever has tokens is looked at, even where the lock was lost to somebody who has made some.
    if ((await this.#lent(alias)).length) await this.watch(alias);
  }

  async #withdrawn(alias: string): Promise<readonly Kept[]> {
    const lent = await this.#lent(alias);
    await this.#parts.shelf.withdrawAll(alias);
    return lent;
  }

  async #lendAgain(
    alias: string,
    lent: readonly Kept[],
    latest: string | undefined,
  ): Promise<void> {
    const {shelf, signOuts} = this.#parts;
    await Promise.all(lent.map((kept) => shelf.lendAgain(kept)));
    if (await signOuts.since(alias, latest)) await shelf.withdrawAll(alias);
  }

  async #lent(alias: string): Promise<readonly Kept[]> {
    const {shelf} = this.#parts;
    const both = await Promise.all([shelf.lent(alias, 'embed'), shelf.lent(alias, 'live')]);
    return both.filter((kept) => kept !== undefined);
  }
}
