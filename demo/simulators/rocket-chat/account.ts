import {createHash} from 'node:crypto';

import type {Account, UserReference, UserStatus} from './model.js';

/** What makes an account. */
export interface NewUser {
  readonly username: string;
  /** Default: the username at example.com. */
  readonly email?: string;
  /** Whether the address is known to be the user's; default true. */
  readonly emailVerified?: boolean;
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
  email: string;
  emailVerified: boolean;
  name: string;
  password: string;
  readonly roles: readonly string[];
  readonly tokens: Map<string, LoginToken>;
  readonly createdAt: string;
  readonly customFields?: Readonly<Record<string, unknown>>;
  _updatedAt: string;
  active: boolean;
  status: UserStatus;
  statusText: string;
}

/** An account in a file. */
export type StoredUser = Omit<User, 'emailVerified' | 'tokens'> & {
  /** Older files do not have it: true. */
  readonly emailVerified?: boolean;
  readonly tokens: readonly (readonly [string, LoginToken])[];
};

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
  emails: [{address: user.email, verified: user.emailVerified}],
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
