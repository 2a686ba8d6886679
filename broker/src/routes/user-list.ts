import {BrokerError, type BrokerErrorCode} from '../errors.js';
import type {Account, Workspace} from '../workspace/workspace.js';

/** What is told of a user in a list. */
export interface ListedUser {
  readonly alias: string;
  readonly username: string;
  /** Left out where the broker has not heard it. */
  readonly name?: string;
}

/** Whom somebody asks for, each exactly. */
export interface UserQuestion {
  readonly aliases: readonly string[];
  readonly usernames: readonly string[];
}

const MISSING: readonly BrokerErrorCode[] = [
  'account-exists',
  'account-missing',
  'account-refused',
  'user-not-found',
];

/** Why the workspace is asked no more. */
const WITHOUT_ANSWER: readonly BrokerErrorCode[] = [
  'rate-limited',
  'workspace-refused',
  'workspace-unreachable',
];

const hasCode = (error: unknown, codes: readonly BrokerErrorCode[]): boolean =>
  error instanceof BrokerError && codes.includes(error.code);

/** Who is refused an account is not told apart from who has none. */
export const isMissing = (error: unknown): boolean => hasCode(error, MISSING);

type Find = (name: string, here: boolean) => Promise<Account | undefined>;

/** So many are looked for at once. */
const AT_ONCE = 8;

/**
 * Who they are, each once and in the order asked; who is unknown is left out.
 *
 * What is known here costs nothing. For others the workspace is asked until it is away or has no call to
 * spare: `complete` is then false, and who is missing may be known later.
 */
export const userList = async (
  workspace: Workspace,
  {aliases, usernames}: UserQuestion,
): Promise<{readonly users: readonly ListedUser[]; readonly complete: boolean}> => {
  let complete = true;
  const take = async (find: Find, name: string): Promise<Account | undefined> => {
    try {
      // Nobody waits a hundred times for a workspace that is away; the others may be known here.
      return await find(name, !complete);
    } catch (error) {
      if (isMissing(error)) return;
      if (!hasCode(error, WITHOUT_ANSWER)) throw error;
      complete = false;
      return;
    }
  };
  const looks = [
    ...usernames.map((each) => () => take((...of) => workspace.findByUsername(...of), each)),
    ...aliases.map((each) => () => take((...of) => workspace.find(...of), each)),
  ];
  const users = new Map<string, ListedUser>();
  for (let first = 0; first < looks.length; first += AT_ONCE) {
    const some = looks.slice(first, first + AT_ONCE);
    for (const account of await Promise.all(some.map((look) => look()))) {
      if (!account) continue;
      const {alias, username, name} = account;
      users.set(alias, {alias, username, ...(name !== undefined && {name})});
    }
  }
  return {users: [...users.values()], complete};
};
