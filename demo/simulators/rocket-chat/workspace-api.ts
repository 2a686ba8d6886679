import {deleteMessage, setReaction, updateMessage} from './message-actions.js';
import {removeFromRoom} from './room-actions.js';
import type {RocketChatSimulator} from './simulator.js';
import type {Workspace} from './workspace.js';

/** The commands of a simulator that are about its data. */
type WorkspaceApi = Pick<
  RocketChatSimulator,
  | 'archive'
  | 'createRoom'
  | 'createUser'
  | 'edit'
  | 'forceLogout'
  | 'issueToken'
  | 'messages'
  | 'post'
  | 'react'
  | 'remove'
  | 'removeMember'
  | 'revokeTokens'
  | 'room'
  | 'setTokenExpiry'
  | 'sweepTokens'
>;

/** What tests and demonstrations do to a workspace, by usernames and names of rooms. */
export const workspaceApi = (workspace: Workspace): WorkspaceApi => {
  const {users, rooms, timeline, changes} = workspace;
  /** The message's id, if the message is one of that room. */
  const messageIn = (room: string, messageId: string): string => {
    if (timeline.byId(messageId)?.rid === rooms.named(room)._id) return messageId;
    throw new Error(`No message ${messageId} in ${room}.`);
  };
  return {
    createUser: (user) => users.create(user),
    createRoom: (room) => rooms.create(room),
    room: (name) => rooms.named(name),
    archive: (room, archived = true) => rooms.archive(rooms.named(room), archived),
    removeMember: (name, username) => {
      const room = rooms.named(name);
      removeFromRoom(workspace, users.named(room.u.username), users.named(username), room);
    },
    post: (username, room, text) => timeline.post(users.named(username), rooms.named(room), text),
    edit: (username, room, id, text) =>
      updateMessage(workspace, users.named(username), messageIn(room, id), text),
    remove: (username, room, id) => {
      deleteMessage(workspace, users.named(username), messageIn(room, id));
    },
    react: (username, room, id, emoji) => {
      setReaction(workspace, users.named(username), emoji, messageIn(room, id));
    },
    messages: (room) => timeline.of(rooms.named(room)),
    issueToken: (username) => {
      const {user, token} = users.issue(users.named(username));
      return {userId: user._id, authToken: token};
    },
    revokeTokens: (username) => users.end(users.named(username)),
    forceLogout: (username) => {
      const user = users.named(username);
      changes.tellUser(user._id, 'force_logout');
      users.end(user);
    },
    setTokenExpiry: (authToken, epochMs) => users.setExpiry(authToken, epochMs),
    sweepTokens: () => users.sweep(),
  };
};
