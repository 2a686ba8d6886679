import {randomBytes} from 'node:crypto';

import {field} from '../../../src/protocol/guards.js';
import {
  type Login,
  type LoginToken,
  type NewUser,
  sha256,
  type SimulatorUser,
  type StoredUser,
  type User,
} from './account.js';
import type {Changes} from './changes.js';
import type {UserStatus} from './model.js';
import {randomId, randomToken} from './random.js';
import type {SettingsStore} from './settings.js';

export * from './account.js';

const DAY = 86_400_000;

// Meteor's own limit: the oldest login ends when one more begins.
const MOST_TOKENS = 50;

/** The accounts of a workspace and their login tokens. */
export class Users {
  readonly #byName = new Map<string, User>();
  readonly #settings: SettingsStore;
  readonly #changes: Changes;

  constructor(settings: SettingsStore, changes: Changes) {
    this.#settings = settings;
    this.#changes = changes;
  }

  /** Makes an account. Throws if the username is taken. */
  create(user: NewUser): SimulatorUser {
    const {username, name = username, roles = ['user'], active = true, customFields} = user;
    const password = user.password ?? randomBytes(9).toString('base64url');
    if (this.lookUp(username)) throw new Error(`${username} is already in use.`);
    const _id = randomId();
    const now = new Date().toISOString();
    this.#byName.set(username, {
      _id,
      username,
      name,
      email: user.email ?? `${username}@example.com`,
      emailVerified: user.emailVerified ?? true,
      password,
      roles,
      tokens: new Map<string, LoginToken>(),
      createdAt: now,
      _updatedAt: now,
      ...(customFields && {customFields}),
      active,
      status: 'online',
      statusText: '',
    });
    this.#changes.tell({type: 'accounts'});
    return {userId: _id, username, password};
  }

  /** Returns the user of that name. Throws if there is none. */
  named(username: string): User {
    const user = this.#byName.get(username);
    if (!user) throw new Error(`No user ${username}.`);
    return user;
  }

  find(username: unknown): User | undefined {
    return typeof username === 'string' ? this.#byName.get(username) : undefined;
  }

  /** The account of that name, written large or small: no two differ in nothing else. */
  lookUp(username: unknown): User | undefined {
    if (typeof username !== 'string') return;
    const name = username.toLowerCase();
    return this.find(username) ?? this.all().find((user) => user.username.toLowerCase() === name);
  }

  byId(userId: unknown): User | undefined {
    return this.all().find(({_id}) => _id === userId);
  }

  all(): User[] {
    return [...this.#byName.values()];
  }

  /** Finds whoever signs in by that username or e-mail address. */
  forLogin(name: unknown): User | undefined {
    return this.all().find(({username, email}) => username === name || email === name);
  }

  /** Whether a password is right, plain or as `{digest, algorithm: 'sha-256'}`. */
  isPassword(user: User, password: unknown): boolean {
    return typeof password === 'string'
      ? password === user.password
      : field(password, 'digest') === sha256(user.password);
  }

  /** Signs in by password; undefined if it is wrong. */
  loginWithPassword(name: string, password: unknown): Login | undefined {
    const user = this.forLogin(name);
    return user?.active && this.isPassword(user, password) ? this.issue(user) : undefined;
  }

  /** Signs in by a token that still counts. The token stays the same. */
  resume(token: unknown): Login | undefined {
    if (typeof token !== 'string') return;
    const user = this.#holder(token);
    const expires = user && this.#expiry(user, token);
    return user?.active && expires && expires > Date.now() ? {user, token, expires} : undefined;
  }

  /** Makes one more login token for `user`. */
  issue(user: User): Login {
    const token = randomToken();
    user.tokens.set(token, {when: Date.now()});
    this.#changes.tell({type: 'accounts'});
    const logins = [...user.tokens].filter(([, {personal}]) => personal === undefined);
    this.end(
      user,
      logins.slice(0, -MOST_TOKENS).map(([each]) => each),
    );
    return {user, token, expires: this.#expiry(user, token)};
  }

  /** Makes a personal access token, which never expires. */
  issuePersonal(user: User, personal: string, bypassTwoFactor: boolean): string {
    const token = randomToken();
    user.tokens.set(token, {when: Date.now(), personal, bypassTwoFactor});
    this.#changes.tell({type: 'accounts'});
    return token;
  }

  /** Has a token expire at another time, in epoch ms. Throws if nobody has it. */
  setExpiry(token: string, expires: number): void {
    const user = this.#holder(token);
    const known = user?.tokens.get(token);
    if (!user || !known) throw new Error('Nobody has that token.');
    user.tokens.set(token, {...known, expires});
    this.#changes.tell({type: 'accounts'});
  }

  /** Ends tokens, all of the user's by default; whatever is connected with one is cut off. */
  end(user: User, tokens: readonly string[] = [...user.tokens.keys()]): void {
    for (const token of tokens) user.tokens.delete(token);
    if (tokens.length) this.#changes.tell({type: 'tokens-ended', tokens});
  }

  /** Ends the tokens that have expired, as the real server does now and then. */
  sweep(): void {
    const now = Date.now();
    for (const user of this.all()) {
      this.end(
        user,
        [...user.tokens.keys()].filter((token) => this.#expiry(user, token) <= now),
      );
    }
  }

  /** Changes an account. Whoever is deactivated, or gets another password, is signed out. */
  update(
    user: User,
    fields: Partial<Pick<User, 'active' | 'email' | 'emailVerified' | 'name' | 'password'>>,
  ): void {
    Object.assign(user, fields, {_updatedAt: new Date().toISOString()});
    this.#changes.tell({type: 'accounts'});
    if (fields.password !== undefined || fields.active === false) this.end(user);
  }

  /** Changes a user's presence and tells everyone. */
  setStatus(user: User, status: UserStatus, text = user.statusText): void {
    user.status = status;
    user.statusText = text;
    user._updatedAt = new Date().toISOString();
    this.#changes.tell({type: 'user-status', user});
    const diff = {status, statusText: text};
    this.#changes.tellUser(user._id, 'userData', {type: 'updated', id: user._id, diff, unset: {}});
  }

  /** All accounts, as a file can hold them. */
  dump(): StoredUser[] {
    return this.all().map(({tokens, ...user}) => ({...user, tokens: [...tokens]}));
  }

  /** Puts stored accounts in the place of all that there are. */
  load(users: readonly StoredUser[]): void {
    this.#byName.clear();
    for (const {tokens, emailVerified = true, ...user} of users) {
      this.#byName.set(user.username, {...user, emailVerified, tokens: new Map(tokens)});
    }
  }

  #holder(token: string): User | undefined {
    return this.all().find(({tokens}) => tokens.has(token));
  }

  #expiry(user: User, token: string): number {
    const {when = 0, expires, personal} = user.tokens.get(token) ?? {};
    if (personal !== undefined) return expires ?? Infinity;
    return expires ?? when + this.#settings.get('Accounts_LoginExpiration') * DAY;
  }
}
