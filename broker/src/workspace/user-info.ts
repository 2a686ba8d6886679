import {field, identifier, LIMITS} from '../../../src/protocol/guards.js';

/** What the workspace tells of an account. */
export interface UserInfo {
  readonly userId: string;
  readonly username: string;
  /** What the account is called, where it has a name. */
  readonly name?: string;
  readonly active: boolean;
  /** `undefined` if the service account may not see them. */
  readonly roles: readonly string[] | undefined;
  readonly type: string;
  /** In small letters; those that are verified. */
  readonly verifiedEmails: readonly string[];
}

const LONGEST = 1024;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const rolesOf = (user: unknown): readonly string[] | undefined => {
  const roles = field(user, 'roles');
  if (!Array.isArray(roles)) return;
  return roles.every((role): role is string => typeof role === 'string') ? roles : undefined;
};

/** Reads `{user}` of an answer; `undefined` if it is none. */
export const parseUserInfo = (body: unknown): UserInfo | undefined => {
  const user = field(body, 'user');
  const userId = identifier(field(user, '_id'));
  const username = identifier(field(user, 'username'), LONGEST);
  if (userId === undefined || username === undefined) return;
  const verifiedEmails = listOf(field(user, 'emails'))
    .filter((email) => field(email, 'verified') === true)
    .flatMap((email) => identifier(field(email, 'address'), LONGEST)?.toLowerCase() ?? []);
  const type = identifier(field(user, 'type')) ?? 'user';
  // Old servers leave `active` out for whoever may not see it: only a plain false is one.
  const active = field(user, 'active') !== false;
  const name = identifier(field(user, 'name'), LIMITS.name);
  return {
    userId,
    username,
    ...(name !== undefined && {name}),
    active,
    roles: rolesOf(user),
    type,
    verifiedEmails,
  };
};
