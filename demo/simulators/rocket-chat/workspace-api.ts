import {encryptedAs} from './encryption.js';
import {fillRoom} from './fill.js';
import {deleteMessage, setReaction, updateMessage} from './message-actions.js';
import type {Room} from './model.js';
import {muteInRoom, removeFromRoom, setEncrypted, setReadOnly} from './room-actions.js';
import type {RocketChatSimulator} from './simulator.js';
import type {User} from './users.js';
import type {Workspace} from './workspace.js';

/** The commands of a simulator that are about its data. */
type WorkspaceApi = Pick<
  RocketChatSimulator,
  | 'archive'
  | 'createRoom'
  | 'createUser'
  | 'edit'
  | 'encrypt'
  | 'fill'
  | 'forceLogout'
  | 'issueToken'
  | 'messages'
  | 'mute'
  | 'post'
  | 'react'
  | 'readOnly'
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
  /** Whoever made the room. */
  const ownerOf = (room: Room): User => users.named(room.u.username);
  return {
    createUser: (user) => users.create(user),
    createRoom: (room) => rooms.create(room),
    room: (name) => rooms.named(name),
    archive: (room, archived = true) => rooms.archive(rooms.named(room), archived),
    removeMember: (name, username) => {
      const room = rooms.named(name);
      removeFromRoom(workspace, ownerOf(room), users.named(username), room);
    },
    readOnly: (name, on = true) => {
      const room = rooms.named(name);
      setReadOnly(workspace, ownerOf(room), room, on);
    },
    encrypt: (name, on = true) => {
      const room = rooms.named(name);
      setEncrypted(workspace, ownerOf(room), room, on);
    },
    mute: (name, username, on = true) => {
      const room = rooms.named(name);
      muteInRoom(workspace, ownerOf(room), users.named(username), room, on);
    },
    post: (username, name, text, {ts, ...more} = {}) => {
      const room = rooms.named(name);
      const {msg, ...encrypted} = room.encrypted ? encryptedAs(text) : {msg: text};
      return timeline.post(users.named(username), room, msg, {
        ...encrypted,
        ...(ts !== undefined && {at: new Date(ts)}),
        ...more,
      });
    },
    fill: (room, count) => fillRoom(workspace, rooms.named(room), count),
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
