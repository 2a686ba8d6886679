import {BrokerError} from '../errors.js';
import {sessionMissing} from '../workspace/rocket-chat-rooms.js';
import {type RoomCalls, RoomRefusal} from '../workspace/room-calls.js';
import type {Login, Workspace} from '../workspace/workspace.js';
import {discussionRefused} from './discussion-maker.js';

/** What {@link directMessages} works with. */
export interface DirectMessagesOptions {
  readonly calls: Pick<RoomCalls, 'direct'>;
  readonly workspace: Pick<Workspace, 'find'>;
}

/**
 * The room of the direct messages of the two of a call, which only they read. Nobody but one of them can
 * ask Rocket.Chat for it.
 *
 * @throws {BrokerError} `session-missing`, `discussion-refused`, and as {@link RoomCalls}
 */
export const directMessages = async (
  {calls, workspace}: DirectMessagesOptions,
  pair: readonly string[],
  {sub, login}: {readonly sub: string; readonly login: Login | undefined},
): Promise<{readonly room: string; readonly login: Login}> => {
  if (!login) throw sessionMissing();
  const other = pair.includes(sub) ? pair.find((each) => each !== sub) : undefined;
  const account = other === undefined ? undefined : await workspace.find(other);
  if (!account) throw alone();
  try {
    return {room: await calls.direct(login, account.username), login};
  } catch (error) {
    throw error instanceof RoomRefusal ? discussionRefused([error]) : error;
  }
};

const alone = (): BrokerError =>
  new BrokerError(
    409,
    'discussion-refused',
    'The other one of this call has no account in Rocket.Chat, so that the two have no direct messages. Ask again once a chat session has made it.',
  );
