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

/**
 * Who they are, each once and in the order asked; who is unknown is left out.
 *
 * What is known here costs nothing. For others the workspace is asked, one after the other, until it is
 * away or has no call to spare: `complete` is then false, and who is missing may be known later.
 */
export const userList = async (
  workspace: Workspace,
  {aliases, usernames}: UserQuestion,
): Promise<{readonly users: readonly ListedUser[]; readonly complete: boolean}> => {
  const users = new Map<string, ListedUser>();
  let complete = true;
  const take = async (
    find: (name: string, here: boolean) => Promise<Account | undefined>,
    asked: string,
  ): Promise<void> => {
    try {
      const {alias, username, name} = (await find(asked, !complete)) ?? {};
      if (alias === undefined || username === undefined) return;
      users.set(alias, {alias, username, ...(name !== undefined && {name})});
    } catch (error) {
      if (isMissing(error)) return;
      if (!hasCode(error, WITHOUT_ANSWER)) throw error;
      // Nobody waits for it a hundred times; the others may be known here.
      complete = false;
    }
  };
  for (const username of usernames)
    await take((...of) => workspace.findByUsername(...of), username);
  for (const alias of aliases) await take((...of) => workspace.find(...of), alias);
  return {users: [...users.values()], complete};
};
