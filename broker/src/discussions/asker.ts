import type {Identity} from '../callers/identity.js';
import type {BrokerContext} from '../context.js';
import {accountMissing} from '../workspace/linking.js';
import {sessionMissing} from '../workspace/rocket-chat-rooms.js';
import type {Asker} from './discussions.js';

/**
 * Who asks, at Rocket.Chat. Makes no account: that is done by a chat session.
 *
 * @throws {BrokerError} `session-missing`, or `account-missing` where a session would not make an
 *   account, and as `Workspace.find`
 */
export const askerOf = async (
  {sessions, workspace, settings}: Pick<BrokerContext, 'sessions' | 'settings' | 'workspace'>,
  {sub}: Pick<Identity, 'sub'>,
): Promise<Asker> => {
  const login = await sessions.login(sub);
  if (login) return {sub, userId: login.userId, login};
  const account = await workspace.find(sub);
  if (account) return {sub, userId: account.userId, login: undefined};
  throw settings.users.create ? sessionMissing() : accountMissing();
};
