import {randomBytes} from 'node:crypto';

import type {FastifyBaseLogger} from 'fastify';

import type {Seal} from '../store/seal.js';
import type {Store} from '../store/store.js';
import type {Arrived} from './apply-events.js';
import * as places from './inbox-places.js';
import type {MeetingEvent} from './sink-event.js';
import {isStoreAway} from './store-away.js';

/** Events of one entry: what is opened, merged and held in memory at once has a bound. */
const IN_ENTRY = 1_000;
/** Entries that are applied together, and entries looked at to find some that nobody is at. */
const TOGETHER = 8;
const LOOKED_AT = 64;
const DAY = 24 * 60 * 60_000;
const SECOND = 1_000;
const LONGEST_PAUSE = 300 * SECOND;
/** With pauses that double to five minutes: within about half an hour. */
const MOST_TRIES = 12;

/** An entry that this broker alone works on for now. */
interface Claimed {
  readonly id: string;
  readonly entry: Arrived;
}

export interface InboxOptions {
  readonly store: Store;
  readonly seal: Seal;
  readonly log: FastifyBaseLogger;
  /** Applies events. May be called again for the same ones, also by another broker at the same time. */
  readonly apply: (bodies: readonly Arrived[], signal: AbortSignal) => Promise<void>;
  /** Ms between two looks for what another broker has left behind; default 1 s. */
  readonly pause?: number;
}

/**
 * Events between the answer to Pexip Infinity and the roster. They are in the store before the answer,
 * sealed, and leave it when they are applied: a broker that is killed in between leaves them to the others.
 */
export class Inbox {
  readonly #options: InboxOptions;
  #ending: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #wanted = false;
  #isFailing = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** Resolves when the events outlive this broker. */
  async put({at, events}: Arrived): Promise<void> {
    const {store, seal} = this.#options;
    for (let from = 0; from < events.length; from += IN_ENTRY) {
      const part: readonly MeetingEvent[] = events.slice(from, from + IN_ENTRY);
      const id = `${at}-${randomBytes(9).toString('base64url')}`;
      const sealed = places.closeEntry(seal, {at, events: part});
      await store.set(places.entryKey(id), sealed, places.ENTRY_KEPT);
      await store.schedule(places.DUE, id, at);
    }
    if (events.length) this.#wake();
  }

  /** Applies what is there and what will come. */
  start(): void {
    if (this.#ending) return;
    this.#ending = new AbortController();
    this.#timer = setInterval(() => this.#wake(), this.#options.pause ?? SECOND).unref();
    this.#working = this.#work(this.#ending.signal, () => this.#takeUp());
  }

  /** Resolves when what has begun is over. */
  async stop(): Promise<void> {
    this.#ending?.abort();
    this.#ending = undefined;
    clearInterval(this.#timer);
    await this.#working;
  }

  #wake(): void {
    this.#wanted = true;
    const signal = this.#ending?.signal;
    if (signal) this.#working ??= this.#work(signal);
  }

  async #work(signal: AbortSignal, before = async (): Promise<void> => {}): Promise<void> {
    try {
      await before();
      do {
        this.#wanted = false;
        while (!signal.aborted && (await this.#round(signal)));
      } while (this.#wanted && !signal.aborted);
      this.#isFailing = false;
    } catch (error) {
      // Once, and not at each look, until it goes again.
      if (!this.#isFailing && !signal.aborted)
        this.#options.log.error({err: error}, 'Events could not be looked up; it is tried again.');
      this.#isFailing = true;
    } finally {
      this.#working = undefined;
    }
  }

  /** A broker that starts, perhaps of a later version, tries what was put aside. */
  async #takeUp(): Promise<void> {
    const {store} = this.#options;
    for (const id of await store.due(places.ASIDE, Date.now(), LOOKED_AT)) {
      await store.schedule(places.DUE, id, Date.now());
      await store.unschedule(places.ASIDE, id);
    }
  }

  /** @returns whether there was something to do */
  async #round(signal: AbortSignal): Promise<boolean> {
    const claimed = await this.#claim();
    if (!claimed.length) return false;
    try {
      await this.#together(claimed, signal);
    } catch (error) {
      // Nobody need wait for a broker that closes, or has only lost the store for a moment.
      for (const {id} of claimed)
        await this.#options.store.delete(places.claimKey(id)).catch(() => undefined);
      throw error;
    }
    return true;
  }

  /** @throws if the broker closes, or the store is away */
  async #together(claimed: readonly Claimed[], signal: AbortSignal): Promise<void> {
    const entries = claimed.map(({entry}) => entry);
    try {
      await this.#options.apply(entries, signal);
      for (const {id} of claimed) await this.#done(id);
    } catch (error) {
      if (signal.aborted || isStoreAway(error)) throw error;
      const [one, ...others] = claimed;
      // One that cannot be applied must not keep the others from it.
      if (!others.length && one) await this.#failed(one.id, error);
      else for (const each of claimed) await this.#alone(each, signal);
    }
  }

  async #alone({id, entry}: Claimed, signal: AbortSignal): Promise<void> {
    try {
      await this.#options.apply([entry], signal);
      await this.#done(id);
    } catch (error) {
      if (signal.aborted || isStoreAway(error)) throw error;
      await this.#failed(id, error);
    }
  }

  async #claim(): Promise<readonly Claimed[]> {
    const {store, seal, log} = this.#options;
    const claimed: Claimed[] = [];
    for (const id of await store.due(places.DUE, Date.now(), LOOKED_AT)) {
      if (claimed.length === TOGETHER) break;
      if (!(await store.setIfAbsent(places.claimKey(id), '1', places.CLAIM))) continue;
      const sealed = await store.get(places.entryKey(id));
      const entry = sealed === undefined ? undefined : places.openEntry(seal, sealed);
      if (entry) claimed.push({id, entry});
      else {
        if (sealed !== undefined) log.warn('Events were kept with another secret: they are lost.');
        await this.#done(id);
      }
    }
    return claimed;
  }

  /** First what is personal, as a broker may be killed in between. */
  async #done(id: string): Promise<void> {
    const {store} = this.#options;
    await store.delete(places.entryKey(id));
    await store.unschedule(places.DUE, id);
    await store.delete(places.claimKey(id));
  }

  async #failed(id: string, error: unknown): Promise<void> {
    const {store, log} = this.#options;
    const {count} = await store.count(places.triesKey(id), DAY);
    if (count >= MOST_TRIES) {
      await store.schedule(places.ASIDE, id, Date.now());
      await store.unschedule(places.DUE, id);
      log.error({err: error, entry: id}, 'Events could not be applied, and are put aside.');
    } else {
      const pause = Math.min(SECOND * 2 ** (count - 1), LONGEST_PAUSE);
      await store.schedule(places.DUE, id, Date.now() + pause);
      if (count === 1)
        log.warn({err: error, entry: id}, 'Events could not be applied yet; it is tried again.');
    }
    await store.delete(places.claimKey(id));
  }
}
