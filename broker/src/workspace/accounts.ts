import type {FastifyBaseLogger} from 'fastify';

import type {Audit} from '../audit.js';
import type {Identity} from '../callers/identity.js';
import type {BrokerSettings} from '../config/settings.js';
import type {Store} from '../store/store.js';
import {type AccountDirectory, displayName} from './account-directory.js';
import type {AccountNames} from './account-names.js';
import {type AccountRecord, AccountRecords} from './account-records.js';
import {
  AccountGone,
  accountExists,
  accountMissing,
  assertUsable,
  isOffLimits,
  isOwn,
  mayLink,
} from './linking.js';
import {type LockTimes, withLock} from './lock.js';
import type {UserInfo} from './user-info.js';

/** What {@link Accounts} work with. */
export interface AccountsOptions {
  readonly settings: BrokerSettings;
  readonly store: Store;
  readonly audit: Audit;
  readonly log: FastifyBaseLogger;
  readonly directory: AccountDirectory;
  readonly names: AccountNames;
}

const recordOf = (
  alias: string,
  {userId, username, name}: Pick<UserInfo, 'name' | 'userId' | 'username'>,
  own: boolean,
): AccountRecord => ({
  alias,
  userId,
  username,
  ...(name !== undefined && {name}),
  own,
  managed: false,
});

/**
 * Which Rocket.Chat account an alias has, by the rules of `users.link`; missing ones are made.
 *
 * A crash at any moment neither locks a user out nor gives him somebody else's account: before an
 * account is made, its name is noted; it is made with an address that only this broker could have
 * derived; its record is written, and only then does it get the user's own address. Whatever was made
 * without a record is thus known again by its address, wherever the broker stopped.
 */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #records: AccountRecords;
  readonly #lock: LockTimes;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#records = new AccountRecords(options.store);
    // One who holds it makes four calls at most, of which two may be made twice.
    const held = 6 * options.settings.rocketChat.timeout + 10_000;
    this.#lock = {held, patience: held};
  }

  /**
   * The account of a user who is to be signed in: at most one look-up and one new account.
   *
   * @throws {BrokerError} `account-refused`, `account-exists`, `account-missing`, and as {@link Rest}
   */
  async resolve(identity: Identity): Promise<AccountRecord> {
    const {sub} = identity;
    const record = await this.#records.get(sub);
    const user = record && (await this.#options.directory.lookUp({userId: record.userId}));
    if (record && user) return this.#known(identity, record, user);
    return this.alone(sub, async () => {
      const other = await this.#records.get(sub);
      // Made a moment ago for another surface of the same user.
      if (other && other.userId !== record?.userId) return other;
      if (!record) return this.#unknown(identity);
      await this.#records.forget(record);
      if (!this.#options.settings.users.create)
        throw accountMissing(new AccountGone('user_deleted'));
      return this.#make(identity, this.#options.names.username(sub));
    });
  }

  /** The account of an alias that has one, without making it; never one that is off limits. */
  async find(alias: string): Promise<AccountRecord | undefined> {
    const {settings, directory, names} = this.#options;
    const record = await this.#records.get(alias);
    if (record) return this.#mayBeTold(record) ? record : undefined;
    const username = await this.#candidate(alias);
    const user = await directory.lookUp({username});
    if (!user?.roles || isOffLimits(user, settings.rocketChat.userId)) return;
    const owner = await this.#records.owner(user.userId);
    if (owner !== undefined && owner !== alias) return;
    const own = isOwn(user, alias, names);
    if (!own && !mayLink(settings.users.link, {sub: alias}, user, names)) return;
    return recordOf(alias, user, own);
  }

  /** The account of a username by what is known here; the workspace is not asked. */
  async named(username: string): Promise<AccountRecord | undefined> {
    const record = await this.#records.byUsername(username);
    return record && this.#mayBeTold(record) ? record : undefined;
  }

  /** Whether the answer to {@link find} needs no call. */
  async isKnown(alias: string): Promise<boolean> {
    return (await this.#records.get(alias)) !== undefined;
  }

  /** Does something with an account that no other broker may do at the same time. */
  alone<Result>(alias: string, work: () => Promise<Result>): Promise<Result> {
    return withLock(this.#options.store, `account:${alias}`, this.#lock, work);
  }

  /** The record as it is now. */
  record(alias: string): Promise<AccountRecord | undefined> {
    return this.#records.get(alias);
  }

  /** The account has the password that the broker derives. */
  async setManaged(record: AccountRecord): Promise<void> {
    await this.#records.save({...record, managed: true});
  }

  /** Accounts of others are none of anybody's where the operator no longer lets them be used. */
  #mayBeTold({own}: AccountRecord): boolean {
    return own || this.#options.settings.users.link !== 'none';
  }

  async #candidate(alias: string): Promise<string> {
    return (await this.#records.intended(alias)) ?? this.#options.names.username(alias);
  }

  async #known(identity: Identity, record: AccountRecord, user: UserInfo): Promise<AccountRecord> {
    const {settings, names} = this.#options;
    assertUsable(user, settings.rocketChat.userId);
    // The operator, or the account's owner, may have changed what the link once stood on.
    if (!record.own && !mayLink(settings.users.link, identity, user, names)) {
      await this.#records.forget(record);
      throw accountExists();
    }
    if (user.username === record.username && user.name === record.name) return record;
    const {alias, own, managed} = record;
    const renamed = {...recordOf(alias, user, own), managed};
    await this.#records.save(renamed);
    return renamed;
  }

  async #unknown(identity: Identity): Promise<AccountRecord> {
    const {settings, directory, names} = this.#options;
    const username = await this.#candidate(identity.sub);
    const user = await directory.lookUp({username});
    if (!user) return this.#make(identity, username);
    assertUsable(user, settings.rocketChat.userId);
    if (user.username === username) return this.#adopt(identity, user);
    // Rocket.Chat's usernames are one whether written large or small; aliases are not.
    return this.#make(identity, names.otherUsername(identity.sub));
  }

  async #adopt(identity: Identity, user: UserInfo): Promise<AccountRecord> {
    const {settings, audit, names} = this.#options;
    const {sub: alias} = identity;
    const own = isOwn(user, alias, names);
    if (!own && !mayLink(settings.users.link, identity, user, names)) throw accountExists();
    const {username} = user;
    const record = recordOf(alias, user, own);
    if (!(await this.#records.save(record))) throw accountExists();
    await audit.note({what: own ? 'account-made' : 'account-linked', alias, detail: {username}});
    return record;
  }

  async #make(identity: Identity, username: string): Promise<AccountRecord> {
    const {settings, audit, directory, names} = this.#options;
    if (!settings.users.create) throw accountMissing();
    const {sub: alias, name = alias} = identity;
    await this.#records.intend(alias, username);
    const userId = await directory.create({username, name, email: names.email(alias)});
    if (userId === undefined) return this.#taken(identity, username);
    const record = recordOf(alias, {userId, username, name: displayName(name) || username}, true);
    if (!(await this.#records.save(record))) throw accountExists();
    await audit.note({what: 'account-made', alias, detail: {username}});
    await this.#giveOwnEmail(identity, userId);
    return record;
  }

  /** The name was free a moment ago, or is that of an account made before a store was lost. */
  async #taken(identity: Identity, username: string): Promise<AccountRecord> {
    const {settings, directory} = this.#options;
    const user = await directory.lookUp({username});
    if (user?.username !== username) throw accountExists();
    assertUsable(user, settings.rocketChat.userId);
    return this.#adopt(identity, user);
  }

  /** The account works with the derived address too: whatever hinders this is told and no more. */
  async #giveOwnEmail({sub, email, emailVerified}: Identity, userId: string): Promise<void> {
    const {settings, directory, log} = this.#options;
    if (!settings.users.ownEmail || !email || emailVerified !== true) return;
    const refusal = await directory
      .setEmail(userId, email)
      .catch((error: unknown) => (error instanceof Error ? error.message : 'no answer'));
    if (refusal === undefined) return;
    log.warn(
      {alias: sub, refusal},
      'Rocket.Chat does not give the new account its own e-mail address; it keeps the derived one.',
    );
  }
}
