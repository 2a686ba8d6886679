import type {FastifyBaseLogger} from 'fastify';

import type {ChatSession, ChatSessionRequest} from '../../../src/protocol/broker-api.js';
import type {Audit} from '../audit.js';
import type {Identity} from '../callers/identity.js';
import type {BrokerSettings} from '../config/settings.js';
import {BrokerError} from '../errors.js';
import {soon} from '../soon.js';
import type {Seal} from '../store/seal.js';
import type {Store} from '../store/store.js';
import {AccountGone} from '../workspace/linking.js';
import {placeKeptFor} from '../workspace/turns.js';
import type {Login, Workspace} from '../workspace/workspace.js';
import {Endings} from './endings.js';
import {Lapses} from './lapses.js';
import {type Lease, Leases} from './leases.js';
import {Locks, type LockTimes} from './locks.js';
import {Minting} from './minting.js';
import {Regularly} from './regularly.js';
import type {GoneListener, GoneReason, Sessions} from './sessions.js';
import {notAllEnded, SignOuts} from './sign-outs.js';
import {canBeLent, type Kept} from './token-record.js';
import {TokenShelf} from './token-shelf.js';
import {Tokens} from './tokens.js';

const LONGEST_PAUSE = 1_000;
const SHORTEST_PAUSE = 20;
/** How long what has begun may take when the broker ends; ms. */
const LAST_CALLS = 5_000;

/** What sessions are made of. */
export interface SessionParts {
  readonly settings: BrokerSettings;
  readonly store: Store;
  readonly seal: Seal;
  readonly audit: Audit;
  readonly workspace: Workspace;
  readonly log: FastifyBaseLogger;
  /** For tests; default 15 s and 30 s. */
  readonly lockTimes?: LockTimes;
}

type Answer = ChatSession & {readonly alias: string};

class ChatSessions implements Sessions {
  readonly #parts: SessionParts;
  readonly #shelf: TokenShelf;
  readonly #leases: Leases;
  readonly #tokens: Tokens;
  readonly #endings: Endings;
  readonly #lapses: Lapses;
  readonly #signOuts: SignOuts;
  readonly #sweeps: readonly Regularly[];
  readonly #goneListeners: GoneListener[] = [];

  constructor(parts: SessionParts) {
    const {settings, store, seal, log} = parts;
    const {sessions: times} = settings;
    const locks = new Locks(store, log, parts.lockTimes);
    const shelf = (this.#shelf = new TokenShelf(store, seal));
    const leases = (this.#leases = new Leases(store, seal, times));
    const signOuts = (this.#signOuts = new SignOuts(store));
    const endings = (this.#endings = new Endings({...parts, shelf, locks}));
    const common = {...parts, shelf, locks, leases, endings, signOuts};
    const lapses = (this.#lapses = new Lapses({...common, times}));
    const minting = new Minting({
      ...common,
      tokenLifetime: times.tokenLifetime,
      watch: (alias) => lapses.watch(alias),
    });
    this.#parts = parts;
    this.#tokens = new Tokens({...common, minting});
    const pause = Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, times.afterLast / 10));
    // Two of them, as a workspace that is away must not keep sessions from lapsing.
    this.#sweeps = [lapses, endings].map(
      (each) => new Regularly(pause, (signal) => each.sweep(signal), log),
    );
  }

  async open(identity: Identity, request: ChatSessionRequest): Promise<Answer> {
    const {surfaces = ['live'], rejected} = request;
    const alias = identity.sub;
    const lease = this.#leases.claim(alias, request.lease);
    const now = Date.now();
    // First the lease, then the look at the tokens: what ends tokens does it the other way round.
    const held = this.#leases.hold(alias, lease, now);
    const reads = surfaces.map((surface) => this.#shelf.lent(alias, surface));
    const [, ...known] = await Promise.all([held, ...reads]);
    if (!rejected?.length && known.every((kept) => kept && canBeLent(kept.record, now)))
      return this.#answer(lease, known as Kept[], now);
    try {
      return await this.#openAnew(identity, request, lease, known);
    } catch (error) {
      if (error instanceof BrokerError && error.cause instanceof AccountGone)
        await this.#tellGone(alias, error.cause.reason);
      throw error;
    }
  }

  async release(alias: string, lease: string): Promise<void> {
    if (await this.#leases.release(alias, lease)) await this.#lapses.released(alias);
  }

  async end(alias: string): Promise<void> {
    const {audit, log} = this.#parts;
    // In one turn, so that nobody has a token between the first of these and the last.
    const [name] = await Promise.all([
      this.#signOuts.note(alias),
      this.#shelf.withdrawAll(alias),
      this.#leases.end(alias),
    ]);
    this.#tokens.forget(alias);
    await this.#tellGone(alias, 'signed-out');
    const [all, latest] = await Promise.all([this.#shelf.all(alias), this.#signOuts.latest(alias)]);
    // Who signs in again meanwhile keeps what he gets.
    const tokens = this.#shelf.before(all, alias, [name, latest]);
    await audit.note({what: 'sign-out', alias, detail: {tokens: tokens.size}});
    await this.#endings.now(alias, tokens).catch((error: unknown) => {
      if (error instanceof BrokerError && error.code === 'store-unavailable') throw error;
      log.warn({err: error}, 'A user who was signed out has tokens that will be ended later.');
      throw notAllEnded(error);
    });
  }

  async login(alias: string): Promise<Login | undefined> {
    const both = [this.#shelf.lent(alias, 'live'), this.#shelf.lent(alias, 'embed')];
    const now = Date.now();
    const kept = (await Promise.all(both)).find((each) => each && each.record.expiresAt > now);
    return kept && {userId: kept.record.userId, authToken: kept.record.authToken};
  }

  onGone(listener: GoneListener): void {
    this.#goneListeners.push(listener);
  }

  start(): void {
    for (const sweep of this.#sweeps) sweep.start();
  }

  async close(): Promise<void> {
    const over = Promise.all([
      ...this.#sweeps.map((sweep) => sweep.stop()),
      this.#tokens.settled(),
    ]);
    // A workspace that does not answer would keep a broker that was told to end.
    await soon(over, LAST_CALLS, undefined);
  }

  /** Whoever cannot be told hinders nothing: a sign-out goes on. */
  async #tellGone(alias: string, reason: GoneReason): Promise<void> {
    for (const listener of this.#goneListeners)
      await listener(alias, reason).catch((error: unknown) =>
        this.#parts.log.warn({err: error}, 'Pages could not be told that their user is gone.'),
      );
  }

  /** What has to be made is made, the surfaces one after the other. */
  async #openAnew(
    identity: Identity,
    {surfaces = ['live'], rejected = []}: ChatSessionRequest,
    claimed: Lease,
    known: readonly (Kept | undefined)[],
  ): Promise<Answer> {
    const alias = identity.sub;
    // A lease of which no token is left has ended, whatever its page believes.
    const over = !claimed.fresh && !known.some(Boolean);
    const lease = over ? this.#leases.claim(alias, undefined) : claimed;
    const tokens: Kept[] = [];
    try {
      for (const [index, surface] of surfaces.entries()) {
        const kept = known[index];
        const lasts = kept && canBeLent(kept.record, Date.now());
        if (!lasts) tokens.push(await this.#tokens.get(identity, surface));
        else if (!rejected.includes(surface)) tokens.push(kept);
        else tokens.push(await this.#tokens.getInstead(identity, surface, kept));
      }
      const now = Date.now();
      await this.#leases.hold(alias, lease, now);
      if (surfaces.length > 1) await this.#leases.arrived(alias);
      if (over) await this.release(alias, claimed.id);
      return this.#answer(lease, tokens, now);
    } catch (error) {
      const hasSome = tokens.length > 0 || known.some(Boolean);
      if (over || claimed.fresh) await this.#giveBack(alias, claimed, hasSome ? error : undefined);
      throw error;
    }
  }

  /**
   * Nobody has a lease who was refused his tokens. Who waits in the queue for the second one finds the
   * first one for as long as his place is kept: else he would spend each turn on the first.
   */
  async #giveBack(alias: string, lease: Lease, refusal: unknown): Promise<void> {
    try {
      const time = placeKeptFor(refusal, this.#parts.settings.rocketChat.window);
      if (time === undefined) return await this.release(alias, lease.id);
      await this.#leases.awaits(alias, lease, time);
      await this.#lapses.released(alias);
    } catch (error) {
      this.#parts.log.warn({err: error}, 'A lease could not be given back; it lapses by itself.');
    }
  }

  #answer({id}: Lease, tokens: readonly Kept[], now: number): Answer {
    const surfaces: Partial<Record<Kept['record']['surface'], {authToken: string}>> = {};
    let expiresAt = Infinity;
    for (const {record} of tokens) {
      surfaces[record.surface] = {authToken: record.authToken};
      expiresAt = Math.min(expiresAt, record.expiresAt);
    }
    const {userId = '', username = '', alias = ''} = tokens[0]?.record ?? {};
    return {
      lease: id,
      leaseExpiresAt: new Date(now + this.#parts.settings.sessions.leaseTime).toISOString(),
      userId,
      username,
      alias,
      surfaces,
      expiresAt: new Date(expiresAt).toISOString(),
    };
  }
}

/** The chat sessions of all users, kept in the store, so that any number of brokers serve as one. */
export const createSessions = (parts: SessionParts): Sessions => new ChatSessions(parts);
