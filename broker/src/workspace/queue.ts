import type {BrokerSettings} from '../config/settings.js';
import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';
import type {CallWindow, LimitKind} from './call-window.js';
import {withLock} from './lock.js';
import {Places} from './places.js';
import {hold, HOLD, queued, Ranks, rateLimited, secondsUntil, type Verdict} from './turns.js';

const MINUTE = 60_000;
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
  readonly #places: Places;
  #asks: Ask[] = [];
  #deciding = false;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#places = new Places(options.store, options.settings.rocketChat.window);
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

  /** A slot for a look-up; `undefined` while what is left is for those who wait, or may come. */
  async spare(): Promise<(() => Promise<void>) | undefined> {
    const {store, window} = this.#options;
    return withLock(store, 'mint-queue', LOCK, async () => {
      const {left, forLookUps} = await window.state(['service']);
      if (left === Infinity) return async () => {};
      if (forLookUps <= 0 || left <= (await this.#places.count())) return;
      return window.occupy('look-up');
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
      const before = await this.#places.all();
      const served = await this.#places.served();
      const refusals = new Map<string, BrokerError>();
      const newcomers = [...batch.keys()].filter((alias) => !before.has(alias));
      await Promise.all(
        newcomers.map(async (alias) => {
          const refusal = await this.#tooOften(alias);
          if (refusal) refusals.set(alias, refusal);
        }),
      );
      const entering = newcomers.filter((alias) => !refusals.has(alias));
      if (entering.length) await this.#places.enter(entering, served);
      const [state, tickets] = await Promise.all([window.state(limits), this.#places.all()]);
      const ranks = new Ranks([...tickets.keys()], state, window.period);
      await Promise.all(
        [...batch.values()].map(async ({alias, answer}) => {
          const refusal = refusals.get(alias);
          if (refusal) return answer({refusal});
          // A place that has lapsed in this very moment counts as it did before.
          const ticket = tickets.get(alias) ?? before.get(alias) ?? 0;
          const wait = ranks.turnOf(alias);
          if (wait) answer(await this.#keep(alias, ticket, wait));
          else answer({turn: await this.#serve(alias, ticket)});
        }),
      );
    });
  }

  async #tooOften(alias: string): Promise<BrokerError | undefined> {
    const {store, settings} = this.#options;
    const {count, resetIn} = await store.count(`mints:${alias}`, MINUTE);
    return count > settings.limits.mintsPerUser ? rateLimited(resetIn) : undefined;
  }

  async #pass({alias, answer}: Ask): Promise<void> {
    const refusal = await this.#tooOften(alias);
    if (refusal) answer({refusal});
    else answer({turn: this.#turn(alias, await this.#places.pass(), async () => {})});
  }

  async #serve(alias: string, ticket: number): Promise<Turn> {
    const done = await this.#options.window.occupy();
    await this.#places.leave(alias, ticket);
    return this.#turn(alias, ticket, done);
  }

  async #keep(
    alias: string,
    ticket: number,
    turn: {readonly wait: number; readonly position: number},
  ): Promise<Verdict<Turn>> {
    await this.#places.keep(alias, ticket, secondsUntil(turn.wait) * 1000);
    return turn;
  }

  #turn(alias: string, ticket: number, done: () => Promise<void>): Turn {
    const {store, window} = this.#options;
    return {
      done,
      back: async (wait) => {
        await done();
        await window.close(wait);
        return withLock(store, 'mint-queue', LOCK, async () => {
          const told = secondsUntil(wait) * 1000;
          const position = await this.#places.comeBack(alias, ticket, told);
          return queued({wait, position});
        });
      },
    };
  }
}
