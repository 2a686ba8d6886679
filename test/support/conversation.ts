import type {NewRoom} from '../../demo/simulators/rocket-chat/rooms.js';
import {RocketChatRemote} from '../../demo/simulators/rocket-chat/remote.js';
import {simulators} from 'test-simulators';

/** Two people and a room of their own, so that tests in other browsers do not count in. */
export const setupConversation = async (
  type: NewRoom['type'] = 'c',
  server: string = simulators.rocketChat,
  /** Where the workspace takes commands, if that is elsewhere. */
  direct: string = server,
) => {
  const workspace = new RocketChatRemote(direct);
  const id = crypto.randomUUID().slice(0, 8);
  const me = await workspace.createUser(`me-${id}`);
  const other = await workspace.createUser(`other-${id}`);
  const members = [me.username, other.username];
  const name = `room-${id}`;
  const room = await workspace.createRoom(
    type === 'd'
      ? {type, members}
      : {type, members, name, ...(type === 'discussion' && {parent: 'general'})},
  );
  /** The `auth` of a page whose server signs the person in. */
  const auth = () => workspace.token(me.username);
  /** The other person writes. */
  const write = (text: string) => workspace.post(other.username, room.name ?? room._id, text);
  return {server, workspace, me, other, room, name, auth, write};
};
