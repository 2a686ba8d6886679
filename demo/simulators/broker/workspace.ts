import {field} from '../../../src/protocol/guards.js';
import type {RocketChatSimulator} from '../rocket-chat/server.js';
import {BrokerRefused} from './refusals.js';

/** What the broker needs of a Rocket.Chat workspace. */
export type BrokerWorkspace = Pick<
  RocketChatSimulator,
  'origin' | 'createUser' | 'issueToken' | 'revokeTokens'
>;

/** A login as the workspace gave it. */
export interface WorkspaceLogin {
  readonly userId: string;
  readonly authToken: string;
}

/** Where the workspace listens: names below .localhost are not known to every resolver. */
export const addressOf = ({origin}: BrokerWorkspace): string =>
  `http://127.0.0.1:${new URL(origin).port}`;

/** What the broker says where the workspace says nothing. */
export const unreachable = (): BrokerRefused =>
  new BrokerRefused(502, 'workspace-unreachable', 'The workspace cannot be reached.');

const headersOf = ({userId, authToken}: WorkspaceLogin): Record<string, string> => ({
  'X-User-Id': userId,
  'X-Auth-Token': authToken,
});

/** Makes a login token, and the account if there is none. */
export const issue = (workspace: BrokerWorkspace, username: string): WorkspaceLogin => {
  try {
    return workspace.issueToken(username);
  } catch {
    workspace.createUser({username});
    return workspace.issueToken(username);
  }
};

/** The roles of whose login it is; `undefined` if the workspace knows the login no longer. */
export const rolesOf = async (
  workspace: BrokerWorkspace,
  login: WorkspaceLogin,
): Promise<readonly unknown[] | undefined> => {
  const headers = headersOf(login);
  const response = await fetch(`${addressOf(workspace)}/api/v1/me`, {headers}).catch(() => {
    throw unreachable();
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.status === 401) return;
  const roles = field(body, 'roles');
  // A workspace that refuses for another reason, such as its rate limit, has not denied the login.
  return Array.isArray(roles) ? roles : [];
};

/** Ends one login, or all of the user's if the workspace does not do that. */
export const endLogin = async (
  workspace: BrokerWorkspace,
  username: string,
  login: WorkspaceLogin,
): Promise<void> => {
  const url = `${addressOf(workspace)}/api/v1/logout`;
  // A workspace that is gone has no logins.
  const answer = await fetch(url, {method: 'POST', headers: headersOf(login)}).catch(() => null);
  await answer?.body?.cancel();
  if (answer && !answer.ok && answer.status !== 401) workspace.revokeTokens(username);
};
