import {randomBytes} from 'node:crypto';

import type {FastifyBaseLogger} from 'fastify';

import {inTurns} from '../sessions/in-turns.js';
import {Regularly} from '../sessions/regularly.js';
import type {Store} from '../store/store.js';

/** A broker that gives no sign of life for so long is gone, with its streams; ms. */
const GONE_AFTER = 15_000;
const SIGN_EVERY = 4_000;
/** What is written of a user counts for so long, and is written anew half-way: some always have a stream. Ms. */
const LIFE = 24 * 60 * 60_000;
const MOST_BROKERS = 1_000;
const AT_ONCE = 50;
const BROKERS = 'call-brokers';

export interface PresenceOptions {
  readonly store: Pick<Store, 'entries' | 'field' | 'hold' | 'remove'>;
  readonly log: FastifyBaseLogger;
  /** Ms; for tests. Default 15 s, 4 s and a day. */
  readonly times?: {readonly goneAfter: number; readonly every: number; readonly life?: number};
}

/**
 * Who can be rung: whoever has a call stream at a broker that is alive. A user's group has the brokers,
 * so that it is written only with his first stream and his last; the sign of life is the broker's.
 */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #broker = randomBytes(9).toString('base64url');
  readonly #signs: Regularly;
  /** Who has a stream here. */
  readonly #here = new Set<string>();
  /** Who stands in the store, or perhaps still does, and when he is written anew, by `performance.now`. */
  readonly #written = new Map<string, number>();
  /** Of these, who has to be written again. */
  readonly #stale = new Set<string>();
  /** One write after the other for each user. */
  readonly #writing = new Map<string, Promise<void>>();

  constructor(options: PresenceOptions) {
    this.#options = options;
    const {every} = options.times ?? {every: SIGN_EVERY};
    this.#signs = new Regularly(every, () => this.#sign(), options.log);
  }

  start(): void {
    this.#signs.start();
  }

  /** This broker has no streams any more. */
  async close(): Promise<void> {
    await this.#signs.stop();
    this.#here.clear();
    await this.#options.store.remove(BROKERS, this.#broker).catch(() => undefined);
  }

  /** Resolves when others know it. */
  come(sub: string): Promise<void> {
    this.#here.add(sub);
    return this.#settle(sub);
  }

  go(sub: string): Promise<void> {
    this.#here.delete(sub);
    return this.#settle(sub);
  }

  /** Whether a user has a stream at any broker. */
  async isOnline(sub: string): Promise<boolean> {
    if (this.#here.has(sub)) return true;
    const {store} = this.#options;
    for (const broker of (await store.entries(groupOf(sub))).keys())
      if (broker !== this.#broker && (await store.field(BROKERS, broker)) !== undefined)
        return true;
    return false;
  }

  /** Writes anew, as the store may have forgotten. */
  async renew(): Promise<void> {
    for (const sub of this.#written.keys()) this.#stale.add(sub);
    await this.#settleAll();
  }

  async #sign(): Promise<void> {
    const {store, times} = this.#options;
    const life = times?.goneAfter ?? GONE_AFTER;
    await store.hold(BROKERS, this.#broker, '1', life, MOST_BROKERS);
    await this.#settleAll();
  }

  /** Writes what could not be written before. */
  async #settleAll(): Promise<void> {
    const now = performance.now();
    for (const [sub, renewAt] of this.#written) if (renewAt <= now) this.#stale.add(sub);
    const all = new Set([...this.#here, ...this.#written.keys()]);
    const left = [...all].filter((sub) => !this.#isSo(sub));
    await inTurns(left, AT_ONCE, (sub) => this.#settle(sub));
  }

  #isSo(sub: string): boolean {
    return this.#here.has(sub) === this.#written.has(sub) && !this.#stale.has(sub);
  }

  #settle(sub: string): Promise<void> {
    const before = this.#writing.get(sub) ?? Promise.resolve();
    const after = before
      .then(() => this.#write(sub))
      .finally(() => {
        if (this.#writing.get(sub) === after) this.#writing.delete(sub);
      });
    this.#writing.set(sub, after);
    return after;
  }

  async #write(sub: string): Promise<void> {
    const {store, log, times} = this.#options;
    if (this.#isSo(sub)) return;
    try {
      if (this.#here.has(sub)) {
        // Before it is written: what fails has perhaps been carried out.
        const life = times?.life ?? LIFE;
        this.#written.set(sub, performance.now() + life / 2);
        this.#stale.add(sub);
        await store.hold(groupOf(sub), this.#broker, '1', life, MOST_BROKERS);
      } else {
        await store.remove(groupOf(sub), this.#broker);
        this.#written.delete(sub);
      }
      this.#stale.delete(sub);
    } catch (error) {
      log.warn({err: error}, 'Who can be called could not be kept; it is tried again.');
    }
  }
}

const groupOf = (sub: string): string => `call-online:${sub}`;
