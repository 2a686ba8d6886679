import {createHash, randomBytes} from 'node:crypto';

import {field} from '../../../src/protocol/guards.js';
import type {Changes} from './changes.js';
import type {Account, UserReference, UserStatus} from './model.js';
import {randomId, randomToken} from './random.js';
import type {SettingsStore} from './settings.js';

const DAY = 86_400_000;

// Meteor's own limit: the oldest login ends when one more begins.
const MOST_TOKENS = 50;

/** What makes an account. */
export interface NewUser {
  readonly username: string;
  /** Default: the username at example.com. */
  readonly email?: string;
  readonly active?: boolean;
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** Default: the username. */
  readonly name?: string;
  /** Default: random. */
  readonly password?: string;
  /** Default: `['user']`. */
  readonly roles?: readonly string[];
}

/** An account with its password, for whoever is to sign in. */
export interface SimulatorUser {
  readonly userId: string;
  readonly username: string;
  readonly password: string;
}

/** An account as the server holds it. */
export interface User extends UserReference {
  readonly email: string;
  readonly password: string;
  readonly roles: readonly string[];
  readonly tokens: Map<string, LoginToken>;
  readonly createdAt: string;
  readonly customFields?: Readonly<Record<string, unknown>>;
  _updatedAt: string;
  active: boolean;
  status: UserStatus;
  statusText: string;
}

/** What the server knows of a login token. */
export interface LoginToken {
  /** Epoch ms. */
  readonly when: number;
  /** Epoch ms, where it is not the workspace's `Accounts_LoginExpiration`. */
  readonly expires?: number;
  /** The name of a personal access token, which never expires. */
  readonly personal?: string;
  /** Whether a personal access token is spared the second factor. */
  readonly bypassTwoFactor?: boolean;
}

/** A successful login. */
export interface Login {
  readonly user: User;
  readonly token: string;
  /** Epoch ms. */
  readonly expires: number;
}

/** The hex digest that stands for a password in logins and second factors. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The short form of a user. */
export const referenceOf = ({_id, username, name}: UserReference): UserReference => ({
  _id,
  username,
  name,
});

/** A user's own account, without secrets. */
export const accountOf = (user: User): Account => ({
  ...referenceOf(user),
  emails: [{address: user.email, verified: true}],
  status: user.status,
  statusText: user.statusText,
  utcOffset: 0,
  roles: user.roles,
  active: user.active,
  type: 'user',
  createdAt: user.createdAt,
  _updatedAt: user._updatedAt,
  ...(user.customFields && {customFields: user.customFields}),
  settings: {},
});

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
    if (this.#byName.has(username)) throw new Error(`${username} is already in use.`);
    const _id = randomId();
    const now = new Date().toISOString();
    this.#byName.set(username, {
      _id,
      username,
      name,
      email: user.email ?? `${username}@example.com`,
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
    user.tokens.set(token, {when: Date.now(), expires: Infinity, personal, bypassTwoFactor});
    return token;
  }

  /** Has a token expire at another time, in epoch ms. Throws if nobody has it. */
  setExpiry(token: string, expires: number): void {
    const user = this.#holder(token);
    const known = user?.tokens.get(token);
    if (!user || !known) throw new Error('Nobody has that token.');
    user.tokens.set(token, {...known, expires});
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

  /** Changes a user's presence and tells everyone. */
  setStatus(user: User, status: UserStatus, text = user.statusText): void {
    user.status = status;
    user.statusText = text;
    user._updatedAt = new Date().toISOString();
    this.#changes.tell({type: 'user-status', user});
  }

  #holder(token: string): User | undefined {
    return this.all().find(({tokens}) => tokens.has(token));
  }

  #expiry(user: User, token: string): number {
    const {when = 0, expires} = user.tokens.get(token) ?? {};
    return expires ?? when + this.#settings.get('Accounts_LoginExpiration') * DAY;
  }
}
