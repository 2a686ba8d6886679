import {createHmac, randomBytes, timingSafeEqual} from 'node:crypto';

import type {BrokerSettings} from '../config/settings.js';
import type {Seal} from '../store/seal.js';
import type {Store} from '../store/store.js';

/** A user has about so many leases at most; the oldest make room. */
const MOST = 200;

/** Stands for the leases that were released a while ago. No lease is called so. */
const GONE = '~';
/** Stands for the pages that wait in the queue for another of the user's tokens. */
const WAITING = '~waiting';
const NONCE = 22;
const SHAPE = /^[\w-]{34}$/;

const groupOf = (alias: string): string => `leases:${alias}`;

/** The lease that a page gets. */
export interface Lease {
  readonly id: string;
  /** Whether the page had none that is this user's. */
  readonly fresh: boolean;
}

/** What of a lease's time is the operator's. */
export type LeaseTimes = Pick<BrokerSettings['sessions'], 'leaseTime' | 'afterLast'>;

/**
 * The pages that hold a session. A lease's field stays in the store for `leaseTime + afterLast`, and
 * one that is released leaves a field for `afterLast`: a user's tokens may end when the group is
 * empty. So it is the store's measure of time that ends them, never the clock of one broker. The
 * values are epoch ms and only say when it is worth looking again.
 *
 * A lease's id proves whose it is, so that nothing has to be read to renew one.
 */
export class Leases {
  readonly #store: Store;
  readonly #key: Buffer;
  readonly #times: LeaseTimes;

  constructor(store: Store, seal: Seal, times: LeaseTimes) {
    this.#store = store;
    this.#key = seal.key('leases');
    this.#times = times;
  }

  /** The lease that a page has, if the user may have been given it; else a new one. */
  claim(alias: string, given: string | undefined): Lease {
    if (given !== undefined && this.#isOf(alias, given)) return {id: given, fresh: false};
    const nonce = randomBytes(16).toString('base64url');
    return {id: nonce + this.#proof(alias, nonce), fresh: true};
  }

  /** Begins or renews a lease. */
  hold(alias: string, {id}: Lease, now: number): Promise<void> {
    const {leaseTime, afterLast} = this.#times;
    const time = leaseTime + afterLast;
    return this.#store.hold(groupOf(alias), id, String(now + time), time, MOST);
  }

  /**
   * Ends a lease of this user; anything else is left as it is.
   *
   * @returns whether there was one
   */
  async release(alias: string, id: string): Promise<boolean> {
    if (!this.#isOf(alias, id)) return false;
    const time = Math.max(1, this.#times.afterLast);
    const now = Date.now();
    // Begun in this order, lest the group be empty for a moment.
    const [, known] = await Promise.all([
      this.#store.put(groupOf(alias), GONE, String(now + time), time),
      this.#store.remove(groupOf(alias), id),
    ]);
    return known;
  }

  /**
   * Ends the lease of a page that was told to come back for the rest of its tokens: what there is of
   * them is held for `time` ms, in its stead.
   */
  async awaits(alias: string, {id}: Lease, time: number): Promise<void> {
    const until = String(Date.now() + time);
    // Begun in this order, lest the group be empty for a moment.
    await Promise.all([
      this.#store.put(groupOf(alias), WAITING, until, time),
      this.#store.remove(groupOf(alias), id),
    ]);
  }

  /** Nobody waits for tokens of this user any more. */
  async arrived(alias: string): Promise<void> {
    await this.#store.remove(groupOf(alias), WAITING);
  }

  /** About until when the user's tokens are held, epoch ms; `undefined` if they may end now. */
  async heldUntil(alias: string): Promise<number | undefined> {
    const values = [...(await this.#store.entries(groupOf(alias))).values()];
    if (!values.length) return;
    const now = Date.now();
    const {leaseTime, afterLast} = this.#times;
    const latest = Math.max(now, ...values.map(Number).filter(Number.isFinite));
    // No time that can be, by a clock that was put back, or another broker's: hence soon again.
    return latest > now + leaseTime + afterLast ? now + afterLast : latest;
  }

  /** Ends all of the user's leases at once. */
  end(alias: string): Promise<void> {
    return this.#store.deleteGroup(groupOf(alias));
  }

  #isOf(alias: string, id: string): boolean {
    if (!SHAPE.test(id)) return false;
    const proof = this.#proof(alias, id.slice(0, NONCE));
    return timingSafeEqual(Buffer.from(proof), Buffer.from(id.slice(NONCE)));
  }

  #proof(alias: string, nonce: string): string {
    const hash = createHmac('sha256', this.#key).update(`${nonce} ${alias}`).digest('base64url');
    return hash.slice(0, 12);
  }
}
