import type {Surface} from '../../../src/protocol/credentials.js';
import type {Seal} from '../store/seal.js';
import type {Store} from '../store/store.js';
import {BoundedMap} from './bounded-map.js';
import {type Kept, parseRecord, surfaceOf, type TokenRecord} from './token-record.js';

const REMEMBERED = 5_000;
const DAY = 24 * 60 * 60 * 1000;
/**
 * How long the broker remembers a token that it cannot end: longer than Rocket.Chat keeps one
 * (`Accounts_LoginExpiration`, 90 days by default), as it must not be forgotten before; ms.
 */
const REMEMBERED_FOR = 400 * DAY;

/** The list of tokens by the time at which each must end. */
export const DUE_TOKENS = 'due:tokens';

const keyOf = (alias: string, surface: Surface): string => `token:${alias}:${surface}`;
const groupOf = (alias: string): string => `tokens:${alias}`;

/** The entry of a token in {@link DUE_TOKENS}. An id has no space in it. */
export const dueItem = (alias: string, id: string): string => `${id} ${alias}`;

/** Reads an entry of {@link DUE_TOKENS}. */
export const parseDueItem = (item: string): {readonly id: string; readonly alias: string} => {
  const end = item.indexOf(' ');
  return {id: item.slice(0, end), alias: item.slice(end + 1)};
};

/**
 * The users' tokens in the store, all of them sealed. Two things are kept: which token is lent for a
 * surface (`token:<alias>:<surface>`), and every token that the workspace still takes
 * (`tokens:<alias>`), until it has been ended there.
 */
export class TokenShelf {
  readonly #store: Store;
  readonly #seal: Seal;
  /** Lest the same text be parsed for each request. */
  readonly #read = new BoundedMap<Kept>(REMEMBERED);

  constructor(store: Store, seal: Seal) {
    this.#store = store;
    this.#seal = seal;
  }

  /** The token that is lent for a surface, however old. */
  async lent(alias: string, surface: Surface): Promise<Kept | undefined> {
    const key = keyOf(alias, surface);
    const sealed = await this.#store.get(key);
    if (sealed === undefined) {
      this.#read.delete(key);
      return;
    }
    const known = this.#read.get(key);
    if (known?.sealed === sealed) return known;
    const kept = this.open(alias, surface, sealed);
    if (kept) this.#read.set(key, kept);
    return kept;
  }

  /** Opens a kept text; `undefined` if it was closed with another secret, or for another place. */
  open(alias: string, surface: Surface, sealed: string): Kept | undefined {
    const plain = this.#seal.open(keyOf(alias, surface), sealed);
    const record = plain === undefined ? undefined : parseRecord(plain, alias, surface);
    return record && {sealed, record};
  }

  /** Keeps a new token, which is not lent by this. It is known to end before it is known to be. */
  async keep(record: TokenRecord): Promise<Kept> {
    const {alias, surface, id, expiresAt} = record;
    const sealed = this.#seal.close(keyOf(alias, surface), JSON.stringify(record));
    await Promise.all([
      this.#store.schedule(DUE_TOKENS, dueItem(alias, id), expiresAt),
      this.#store.put(groupOf(alias), id, sealed, expiresAt - record.mintedAt + REMEMBERED_FOR),
    ]);
    return {sealed, record};
  }

  /** Lends a token from now on, in the place of the one before. */
  async lend({sealed, record: {alias, surface, expiresAt}}: Kept): Promise<void> {
    const left = Math.max(1, expiresAt - Date.now());
    await this.#store.set(keyOf(alias, surface), sealed, left);
  }

  /** Lends a token again, unless there is another one by now. */
  async lendAgain({sealed, record: {alias, surface, expiresAt}}: Kept): Promise<void> {
    const left = expiresAt - Date.now();
    if (left > 0) await this.#store.setIfAbsent(keyOf(alias, surface), sealed, left);
  }

  /** Lends this token no more; another one stays. */
  async withdraw({sealed, record: {alias, surface}}: Kept): Promise<void> {
    await this.#store.compareAndDelete(keyOf(alias, surface), sealed);
  }

  /** Lends none of the user's tokens any more. */
  async withdrawAll(alias: string): Promise<void> {
    await Promise.all([
      this.#store.delete(keyOf(alias, 'embed')),
      this.#store.delete(keyOf(alias, 'live')),
    ]);
  }

  /** The sealed texts of all of the user's tokens that have not been ended, by id. */
  all(alias: string): Promise<ReadonlyMap<string, string>> {
    return this.#store.entries(groupOf(alias));
  }

  /** Which of {@link all} were not asked for after one of these sign-outs. */
  before(
    tokens: ReadonlyMap<string, string>,
    alias: string,
    signOuts: readonly (string | undefined)[],
  ): ReadonlyMap<string, string> {
    const isBefore = ([id, sealed]: [string, string]): boolean => {
      const after = this.open(alias, surfaceOf(id), sealed)?.record.after;
      return after === undefined || !signOuts.includes(after);
    };
    return new Map([...tokens].filter(isBefore));
  }

  /** Forgets a token that has ended. Resolves with whether it was known. */
  async forget(alias: string, id: string): Promise<boolean> {
    const [known] = await Promise.all([
      this.#store.remove(groupOf(alias), id),
      this.#store.unschedule(DUE_TOKENS, dueItem(alias, id)),
    ]);
    return known;
  }
}
