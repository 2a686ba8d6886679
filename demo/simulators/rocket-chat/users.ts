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
  /** When each login token was made, in ms. */
  readonly tokens: Map<string, number>;
  status: UserStatus;
}

/** A successful login. */
export interface Login {
  readonly user: User;
  readonly token: string;
  /** Epoch ms. */
  readonly expires: number;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

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
  roles: user.roles,
  active: true,
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
    const {username, name = username, roles = ['user']} = user;
    const password = user.password ?? randomBytes(9).toString('base64url');
    if (this.#byName.has(username)) throw new Error(`${username} is already in use.`);
    const _id = randomId();
    const email = `${username}@example.com`;
    const rest = {email, password, roles, tokens: new Map<string, number>()};
    this.#byName.set(username, {_id, username, name, ...rest, status: 'online'});
    return {userId: _id, username, password};
  }

  /** Returns the user of that name. Throws if there is none. */
  named(username: string): User {
    const user = this.#byName.get(username);
    if (!user) throw new Error(`No user ${username}.`);
    return user;
  }

  find(username: string): User | undefined {
    return this.#byName.get(username);
  }

  all(): User[] {
    return [...this.#byName.values()];
  }

  /** Signs in by password, plain or as `{digest, algorithm: 'sha-256'}`; undefined if wrong. */
  loginWithPassword(name: string, password: unknown): Login | undefined {
    const user = this.all().find(({username, email}) => username === name || email === name);
    if (!user) return;
    const right =
      typeof password === 'string'
        ? password === user.password
        : field(password, 'digest') === sha256(user.password);
    return right ? this.issue(user) : undefined;
  }

  /** Signs in by a token that still counts. The token stays the same. */
  resume(token: unknown): Login | undefined {
    if (typeof token !== 'string') return;
    const user = this.all().find(({tokens}) => tokens.has(token));
    const expires = user && this.#expiry(user, token);
    return user && expires && expires > Date.now() ? {user, token, expires} : undefined;
  }

  /** Makes one more login token for `user`. */
  issue(user: User): Login {
    const token = randomToken();
    user.tokens.set(token, Date.now());
    this.end(user, [...user.tokens.keys()].slice(0, -MOST_TOKENS));
    return {user, token, expires: this.#expiry(user, token)};
  }

  /** Ends tokens, all of the user's by default; whatever is connected with one is cut off. */
  end(user: User, tokens: readonly string[] = [...user.tokens.keys()]): void {
    for (const token of tokens) user.tokens.delete(token);
    if (tokens.length) this.#changes.tell({type: 'tokens-ended', tokens});
  }

  #expiry(user: User, token: string): number {
    return (user.tokens.get(token) ?? 0) + this.#settings.get('Accounts_LoginExpiration') * DAY;
  }
}
