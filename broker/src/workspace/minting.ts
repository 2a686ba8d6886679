import type {FastifyBaseLogger} from 'fastify';

import type {BrokerSettings} from '../config/settings.js';
import type {Store} from '../store/store.js';
import type {AccountRecord} from './account-records.js';
import type {LimitKind} from './call-window.js';
import {WayRefused, workspaceRefused} from './faults.js';
import {withLock} from './lock.js';
import {mintByCreateToken} from './mint-create-token.js';
import {mintByLegacyToken} from './mint-legacy.js';
import type {PasswordMint} from './mint-password.js';
import type {Rest} from './rest.js';

/** How tokens are made. */
export type Way = Exclude<BrokerSettings['rocketChat']['mint'], 'auto'>;

const KEY = 'mint-way';
const HOUR = 3_600_000;
const WAYS: readonly Way[] = ['create-token', 'legacy-create-token', 'managed-password'];

/** What {@link Minting} works with. */
export interface MintingOptions {
  readonly settings: BrokerSettings;
  readonly store: Store;
  readonly log: FastifyBaseLogger;
  readonly rest: Rest;
  readonly password: PasswordMint;
  /** Counts a further mint's worth of calls. */
  readonly spend: () => Promise<void>;
}

/** Makes login tokens by the first way that the workspace answers; it is remembered for an hour. */
export class Minting {
  readonly #options: MintingOptions;
  readonly #ways: readonly Way[];

  constructor(options: MintingOptions) {
    this.#options = options;
    const {mint, createTokenSecret} = options.settings.rocketChat;
    const all = WAYS.filter((way) => way !== 'create-token' || createTokenSecret !== undefined);
    this.#ways = mint === 'auto' ? all : [mint];
  }

  /** A login token of an account. */
  async token(account: AccountRecord): Promise<string> {
    const known = await this.#known();
    if (known === undefined) return this.#findWay(account);
    try {
      return await this.#mint(known, account);
    } catch (error) {
      if (!(error instanceof WayRefused)) throw error;
      // Only this account: the way is as good as before for those that the broker made.
      const isAccounts = known === 'managed-password' && !account.own;
      if (error.final || isAccounts || this.#ways.length === 1) throw workspaceRefused(error.fault);
      await this.#options.store.compareAndDelete(KEY, known);
    }
    await this.#options.spend();
    return this.#findWay(account);
  }

  /** The limits that the way in use meets: a sign-in by password is limited however exempt the service account is. */
  async kinds(): Promise<readonly LimitKind[]> {
    return (await this.#known()) === 'managed-password' ? ['service', 'login'] : ['service'];
  }

  /** Looks for the way again, as the operator may have mended something. */
  async forget(): Promise<void> {
    await this.#options.store.delete(KEY);
  }

  async #known(): Promise<Way | undefined> {
    if (this.#ways.length === 1) return this.#ways[0];
    const known = await this.#options.store.get(KEY);
    return this.#ways.find((way) => way === known);
  }

  /** One looks for the way, and who waits meanwhile takes what it has found. */
  #findWay(account: AccountRecord): Promise<string> {
    const {store, settings, log} = this.#options;
    const held = 6 * settings.rocketChat.timeout + 10_000;
    return withLock(store, KEY, {held, patience: held}, async () => {
      const known = await this.#known();
      const ways = known ? [known, ...this.#ways.filter((way) => way !== known)] : this.#ways;
      let last: WayRefused | undefined;
      for (const way of ways) {
        if (last) await this.#options.spend();
        try {
          const token = await this.#mint(way, account);
          // The token counts even if the next one has to look for the way again.
          await store.set(KEY, way, HOUR).catch(() => undefined);
          if (way !== known) log.info({way}, `Tokens are made by ${way}.`);
          return token;
        } catch (error) {
          if (!(error instanceof WayRefused)) throw error;
          if (error.final) throw workspaceRefused(error.fault);
          this.#tell(way, error);
          // What is wrong with the first way is what the operator wants to mend.
          last ??= error;
        }
      }
      throw workspaceRefused(last?.fault ?? new Error('No way of making tokens is set.'));
    });
  }

  #mint(way: Way, account: AccountRecord): Promise<string> {
    const {rest, password, settings} = this.#options;
    if (way === 'managed-password') return password.mint(account);
    if (way === 'legacy-create-token') return mintByLegacyToken(rest, account);
    return mintByCreateToken(rest, settings.rocketChat.createTokenSecret ?? '', account);
  }

  #tell(way: Way, {fault}: WayRefused): void {
    const {reason, remedy} = fault;
    this.#options.log.error({way, reason, remedy}, fault.message);
  }
}
