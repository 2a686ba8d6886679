import type {BrokerSettings} from '../config/settings.js';
import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';
import type {CallWindow, LimitKind} from './call-window.js';
import {withLock} from './lock.js';
import {
  hold,
  HOLD,
  LONGEST_WAIT,
  queued,
  Ranks,
  rateLimited,
  secondsUntil,
  type Verdict,
} from './turns.js';

const QUEUE = 'mint-queue';
/** Whose places count: a field each, which lapses if its owner does not ask again. */
const WAITING = 'mint-waiting';
/** The tickets of whoever was served a moment ago, for his other surface. */
const SERVED = 'mint-served';
const TICKETS = 'mint-tickets';
const MINUTE = 60_000;
const TEN_YEARS = 315_360_000_000;
const MOST_PLACES = 1_000_000;
const MOST_HOLDS = 4;
const LOCK = {held: 10_000, patience: 20_000};

/** A turn: the right to mint once. */
export interface Turn {
  /** The mint is over, whatever came of it. */
  done(): Promise<void>;
  /** The workspace has refused a call of the mint: the user waits again, before everybody who came later. */
  back(wait: number): Promise<BrokerError>;
}

/** What a {@link MintQueue} works with. */
export interface QueueOptions {
  readonly store: Store;
  readonly settings: BrokerSettings;
  readonly window: CallWindow;
  /** Which limits the way of minting in use meets. */
  readonly kinds: () => Promise<readonly LimitKind[]>;
}

interface Ask {
  readonly alias: string;
  readonly answer: (verdict: Verdict<Turn>) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Those who wait for a token, in the order of their first request, on all brokers as one. A place is
 * kept by asking again within the time that was told and a grace. Nobody who came later begins before
 * somebody who waits: what a window has left belongs to the first in the queue, here or not.
 */
export class MintQueue {
  readonly #options: QueueOptions;
  readonly #grace: number;
  #asks: Ask[] = [];
  #deciding = false;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#grace = Math.max(10_000, options.settings.rocketChat.window);
  }

  /**
   * Waits for a moment if that is enough.
   *
   * @throws {BrokerError} `sign-in-queued`, `rate-limited`, `broker-busy`
   */
  async admit(alias: string): Promise<Turn> {
    for (let holds = 0; ; holds += 1) {
      const verdict = await new Promise<Verdict<Turn>>((answer, fail) => {
        this.#asks.push({alias, answer, fail});
        void this.#decideAll();
      });
      if ('turn' in verdict) return verdict.turn;
      if ('refusal' in verdict) throw verdict.refusal;
      if (verdict.wait > HOLD || holds >= MOST_HOLDS) throw queued(verdict);
      await hold(verdict.wait);
    }
  }

  /** A slot for one call outside of the queue; `undefined` while somebody waits or none is left. */
  async spare(): Promise<(() => Promise<void>) | undefined> {
    const {store, window} = this.#options;
    return withLock(store, 'mint-queue', LOCK, async () => {
      const {left} = await window.state(['service']);
      if (left === Infinity) return async () => {};
      const waiting = await store.entries(WAITING);
      return left > waiting.size ? window.occupy() : undefined;
    });
  }

  /** All that ask in this moment are decided together: the queue is read once. */
  async #decideAll(): Promise<void> {
    if (this.#deciding) return;
    this.#deciding = true;
    while (this.#asks.length) {
      const batch = new Map<string, Ask>();
      const later: Ask[] = [];
      for (const ask of this.#asks) {
        if (batch.has(ask.alias)) later.push(ask);
        else batch.set(ask.alias, ask);
      }
      this.#asks = later;
      await this.#decide(batch).catch((error: unknown) => {
        for (const ask of batch.values()) ask.fail(error);
      });
    }
    this.#deciding = false;
  }

  async #decide(batch: ReadonlyMap<string, Ask>): Promise<void> {
    const {store, window, kinds} = this.#options;
    const limits = await kinds();
    const exempt = await window.isExempt(limits);
    if (exempt) {
      await Promise.all([...batch.values()].map((ask) => this.#pass(ask)));
      return;
    }
    await withLock(store, 'mint-queue', LOCK, async () => {
      const before = await this.#places();
      const served = await store.entries(SERVED);
      const refusals = new Map<string, BrokerError>();
      await Promise.all(
        [...batch.keys()].map(async (alias) => {
          if (before.has(alias)) return;
          const refusal = await this.#tooOften(alias);
          if (refusal) refusals.set(alias, refusal);
          else await this.#enter(alias, served.get(alias));
        }),
      );
      const [state, tickets] = await Promise.all([window.state(limits), this.#places()]);
      const ranks = new Ranks([...tickets.keys()], state, window.period);
      await Promise.all(
        [...batch.values()].map(async ({alias, answer}) => {
          const refusal = refusals.get(alias);
          if (refusal) return answer({refusal});
          const ticket = tickets.get(alias) ?? (await this.#ticket());
          const wait = ranks.turnOf(alias);
          if (wait) answer(await this.#keep(alias, ticket, wait));
          else answer({turn: await this.#serve(alias, ticket)});
        }),
      );
    });
  }

  /** The places that count, in their order, with their tickets; takes away those that have lapsed. */
  async #places(): Promise<Map<string, number>> {
    const {store} = this.#options;
    const [items, waiting] = await Promise.all([
      store.due(QUEUE, Number.MAX_SAFE_INTEGER, MOST_PLACES),
      store.entries(WAITING),
    ]);
    const places = new Map<string, number>();
    for (const item of items) {
      const ticket = waiting.get(item);
      if (ticket === undefined) await store.unschedule(QUEUE, item);
      else places.set(item, Number(ticket));
    }
    return places;
  }

  /** Gives a place at the end, or that of the ticket that the user was served by a moment ago. */
  async #enter(alias: string, served: string | undefined): Promise<void> {
    const {store} = this.#options;
    if (served !== undefined) await store.remove(SERVED, alias);
    const place = served === undefined ? await this.#ticket() : Number(served);
    await store.put(WAITING, alias, String(place), LONGEST_WAIT + this.#grace);
    await store.enqueue(QUEUE, alias, place);
  }

  async #ticket(): Promise<number> {
    return (await this.#options.store.count(TICKETS, TEN_YEARS)).count;
  }

  async #tooOften(alias: string): Promise<BrokerError | undefined> {
    const {store, settings} = this.#options;
    const {count, resetIn} = await store.count(`mints:${alias}`, MINUTE);
    return count > settings.limits.mintsPerUser ? rateLimited(resetIn) : undefined;
  }

  async #pass({alias, answer}: Ask): Promise<void> {
    const refusal = await this.#tooOften(alias);
    if (refusal) answer({refusal});
    else answer({turn: this.#turn(alias, await this.#ticket(), async () => {})});
  }

  async #serve(alias: string, ticket: number): Promise<Turn> {
    const {store, window, settings} = this.#options;
    const done = await window.occupy();
    await store.put(SERVED, alias, String(ticket), settings.rocketChat.window);
    await store.unschedule(QUEUE, alias);
    await store.remove(WAITING, alias);
    return this.#turn(alias, ticket, done);
  }

  async #keep(
    alias: string,
    ticket: number,
    turn: {readonly wait: number; readonly position: number},
  ): Promise<Verdict<Turn>> {
    const told = secondsUntil(turn.wait) * 1000;
    await this.#options.store.put(WAITING, alias, String(ticket), told + this.#grace);
    return turn;
  }

  #turn(alias: string, ticket: number, done: () => Promise<void>): Turn {
    const {store, window} = this.#options;
    return {
      done,
      back: async (wait) => {
        await done();
        await window.close(wait);
        // Not while places are read: one that is half there would be taken for lapsed.
        return withLock(store, 'mint-queue', LOCK, async () => {
          const told = secondsUntil(wait) * 1000 + this.#grace;
          await store.put(WAITING, alias, String(ticket), told);
          // Moved, as his other surface may have a later place.
          await store.schedule(QUEUE, alias, ticket);
          const places = [...(await this.#places()).keys()];
          return queued({wait, position: places.indexOf(alias) + 1});
        });
      },
    };
  }
}
