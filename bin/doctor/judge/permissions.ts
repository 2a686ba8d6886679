import {field, identifier} from '../../../src/protocol/guards.js';

/** The roles of `GET /api/v1/me`; `undefined` if it is no such answer. */
export const rolesOf = (me: unknown): readonly string[] | undefined => {
  const roles = field(me, 'roles');
  return identifier(field(me, '_id')) && Array.isArray(roles)
    ? roles.filter((each): each is string => typeof each === 'string')
    : undefined;
};

/** Which roles hold each permission (`GET /api/v1/permissions.listAll`); `undefined` if it is no such answer. */
export const holdersOf = (list: unknown): ReadonlyMap<string, readonly string[]> | undefined => {
  const entries = field(list, 'update');
  if (!Array.isArray(entries)) return;
  return new Map(
    entries.flatMap((each: unknown): [string, string[]][] => {
      const id = identifier(field(each, '_id'));
      const roles = field(each, 'roles');
      return id && Array.isArray(roles)
        ? [[id, roles.filter((role) => typeof role === 'string')]]
        : [];
    }),
  );
};

/** Those of the permissions that none of the roles holds. */
export const missingOf = (
  permissions: readonly string[],
  roles: readonly string[],
  holders: ReadonlyMap<string, readonly string[]>,
): readonly string[] =>
  permissions.filter((each) => !holders.get(each)?.some((role) => roles.includes(role)));
