import {BrokerError} from '../errors.js';
import {sessionMissing} from '../workspace/rocket-chat-rooms.js';
import {type RoomCalls, RoomRefusal} from '../workspace/room-calls.js';
import type {Workspace} from '../workspace/workspace.js';
import type {Asker} from './discussions.js';

/**
 * Finds the direct room of somebody with another user, by his own login: nobody else can see it.
 *
 * @throws {BrokerError} `session-missing`, `discussion-refused`, and as {@link RoomCalls}
 */
export type DirectRoom = (asker: Asker, other: string) => Promise<string>;

export const directRoomBy =
  (workspace: Pick<Workspace, 'find'>, calls: RoomCalls): DirectRoom =>
  async ({login}, other) => {
    if (!login) throw sessionMissing();
    const account = await workspace.find(other);
    if (!account) throw otherIsMissing();
    try {
      return await calls.direct(login, account.username);
    } catch (error) {
      throw error instanceof RoomRefusal ? otherIsMissing(error) : error;
    }
  };

const otherIsMissing = (cause?: Error): BrokerError =>
  new BrokerError(
    409,
    'discussion-refused',
    'The other one of this call has no Rocket.Chat account yet, or Rocket.Chat lets you write him no direct messages. Ask again once he has signed in to chat.',
    {...(cause && {cause})},
  );
