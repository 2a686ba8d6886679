import {field, identifier, LIMITS} from '../../../src/protocol/guards.js';
import type {Store} from '../store/store.js';
import type {Account} from './workspace.js';

/** What the broker keeps of an account. */
export interface AccountRecord extends Account {
  /** Whether the account has the password that the broker derives. */
  readonly managed: boolean;
}

const LONGEST = 1024;

const parse = (alias: string, stored: string | undefined): AccountRecord | undefined => {
  if (stored === undefined) return;
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return;
  }
  const userId = identifier(field(value, 'userId'));
  const username = identifier(field(value, 'username'), LONGEST);
  if (userId === undefined || username === undefined) return;
  const name = identifier(field(value, 'name'), LIMITS.name);
  const [own, managed] = [field(value, 'own') === true, field(value, 'managed') === true];
  return {alias, userId, username, ...(name !== undefined && {name}), own, managed};
};

/** Which alias has which account; kept for ever, as accounts are. */
export class AccountRecords {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async get(alias: string): Promise<AccountRecord | undefined> {
    return parse(alias, await this.#store.get(`account:${alias}`));
  }

  /**
   * Keeps an account as an alias's. The owner is written first: after a crash between the two the
   * same alias comes through here again, and no other one can.
   *
   * @returns whether the account is the alias's now: another alias may have it
   */
  async save(record: AccountRecord): Promise<boolean> {
    const {alias, ...rest} = record;
    const key = `owner:${rest.userId}`;
    const first = await this.#store.setIfAbsent(key, alias);
    if (!first && (await this.#store.get(key)) !== alias) return false;
    // Counts for nothing without the record that has the same name.
    await this.#store.set(`alias:${rest.username}`, alias);
    await this.#store.set(`account:${alias}`, JSON.stringify(rest));
    await this.#store.delete(`account-intent:${alias}`);
    return true;
  }

  /** The account of a username, exactly. What was written under a name of before does not count. */
  async byUsername(username: string): Promise<AccountRecord | undefined> {
    const alias = await this.#store.get(`alias:${username}`);
    const record = alias === undefined ? undefined : await this.get(alias);
    return record?.username === username ? record : undefined;
  }

  /** Which alias has an account. */
  owner(userId: string): Promise<string | undefined> {
    return this.#store.get(`owner:${userId}`);
  }

  /** The account is gone at the workspace, or may not be used any more. */
  async forget({alias, userId, username}: AccountRecord): Promise<void> {
    await this.#store.compareAndDelete(`alias:${username}`, alias);
    await this.#store.delete(`account:${alias}`);
    await this.#store.compareAndDelete(`owner:${userId}`, alias);
  }

  /** Notes the name of an account that is about to be made. */
  async intend(alias: string, username: string): Promise<void> {
    await this.#store.set(`account-intent:${alias}`, username);
  }

  /** The name of an account that was perhaps made, without a record of it. */
  intended(alias: string): Promise<string | undefined> {
    return this.#store.get(`account-intent:${alias}`);
  }
}
