/** What a page asks the broker of users, and what that answers (`GET /v1/users`, docs/broker-routes.md). */
import {field, identifier, LIMITS} from './guards.js';
import {list} from './list.js';

/** Whom a page asks for, each exactly: by the application's alias, or by Rocket.Chat's username. */
export interface UserQuestion {
  readonly aliases: readonly string[];
  readonly usernames: readonly string[];
}

/** Who is who. */
export interface ListedUser {
  readonly alias: string;
  readonly username: string;
  /** What Rocket.Chat calls the user, where the broker has heard it. */
  readonly name?: string;
}

export interface UserList {
  readonly users: readonly ListedUser[];
  /** Who is missing is unknown; else the broker could not look now. */
  readonly complete: boolean;
}

/** So many names are asked for together, and so many characters of them in an address. */
export const MOST_ASKED = {names: 100, address: 6_000} as const;

/** A name of either kind; `undefined` for what can be none. */
export const userName = (value: unknown): string | undefined => identifier(value, LIMITS.name);

/** The query of a question. */
export const userQuery = ({aliases, usernames}: UserQuestion): string =>
  new URLSearchParams([
    ...usernames.map((each) => ['username', each]),
    ...aliases.map((each) => ['alias', each]),
  ]).toString();

const listed = (data: unknown, {aliases, usernames}: UserQuestion): ListedUser | undefined => {
  const alias = userName(field(data, 'alias'));
  const username = userName(field(data, 'username'));
  if (alias === undefined || username === undefined) return;
  // Nobody is told of who was not asked for.
  if (!aliases.includes(alias) && !usernames.includes(username)) return;
  const name = userName(field(data, 'name'));
  return {alias, username, ...(name !== undefined && {name})};
};

/**
 * Reads an answer: a list, or the card of the one alias that was asked for. `undefined` for anything else.
 */
export const parseUserList = (data: unknown, question: UserQuestion): UserList | undefined => {
  const users = field(data, 'users');
  if (!Array.isArray(users)) {
    const user = listed(data, question);
    return user && {users: [user], complete: true};
  }
  return {
    users: list(users)
      .slice(0, MOST_ASKED.names)
      .flatMap((each) => listed(each, question) ?? []),
    complete: field(data, 'complete') === true,
  };
};
