/** What users do with rooms and memberships, by REST or DDP alike. */
import {invalidRoom, invalidUser, MeteorError, notAllowed} from './meteor-error.js';
import type {Room} from './model.js';
import {may} from './permissions.js';
import type {User} from './users.js';
import type {Workspace} from './workspace.js';

/** Enters an open room, with a system message as the real server writes it. */
export const joinRoom = ({rooms, timeline}: Workspace, user: User, rid: unknown): Room => {
  const method = 'joinRoom';
  const room = rooms.byId(rid);
  if (!room) throw new MeteorError('error-invalid-room', 'Invalid room', {method});
  if (rooms.isMember(user, room)) return room;
  if (room.t !== 'c') throw new MeteorError('error-not-allowed', 'Not allowed', {method});
  rooms.add(user, room);
  timeline.post(user, room, user.username, {t: 'uj'});
  return room;
};

/** Leaves a room. Its only owner may not. */
export const leaveRoom = ({rooms, timeline}: Workspace, user: User, rid: unknown): void => {
  const method = 'leaveRoom';
  const room = rooms.byId(rid);
  if (!room || room.t === 'd')
    throw new MeteorError('error-invalid-room', 'Invalid room', {method});
  if (!rooms.isMember(user, room)) {
    throw new MeteorError('error-user-not-in-room', 'You are not in this room', {method});
  }
  if (room.u._id === user._id) {
    const text = 'You are the last owner. Please set new owner before leaving the room.';
    throw new MeteorError('error-you-are-last-owner', text, {method});
  }
  rooms.remove(user, room);
  timeline.post(user, room, user.username, {t: 'ul'});
};

/**
 * The direct message with somebody, made if there is none, and in the list of who asks. Who may make
 * none may open one that is there.
 *
 * Source: server/methods/createDirectMessage.ts, app/lib/server/functions/createDirectRoom.ts.
 */
export const openDirect = (
  {permissions, rooms, subscriptions, users}: Workspace,
  user: User,
  username: unknown,
): Room => {
  const method = 'createDirectMessage';
  const other = users.find(username);
  if (!other) throw invalidUser(method);
  const known = rooms.knownDirect(user, other.username);
  if (!known && !may(permissions, user, 'create-d')) throw notAllowed(method);
  const room = known ?? rooms.direct(user, other.username);
  subscriptions.list(user, room._id, true);
  return room;
};

/**
 * Deletes a room for everybody, with all that was said in it. A direct message only with the
 * permission `delete-d`, which none but administrators have from the factory.
 *
 * Source: server/lib/eraseRoom.ts, app/lib/server/functions/deleteRoom.ts.
 */
export const eraseRoom = (
  {permissions, rooms, timeline}: Workspace,
  user: User,
  rid: unknown,
): void => {
  const method = 'eraseRoom';
  const room = rooms.byId(rid);
  if (!room) throw invalidRoom(method);
  const mayErase = room.t === 'd' ? may(permissions, user, 'delete-d') : rooms.governs(user, room);
  if (!mayErase) throw notAllowed(method);
  timeline.forget(room._id);
  rooms.erase(room);
};

/** Adds somebody to a room in the name of `by`. */
export const addToRoom = ({rooms, timeline}: Workspace, by: User, user: User, room: Room): void => {
  if (rooms.isMember(user, room)) return;
  rooms.add(user, room);
  timeline.post(by, room, user.username, {t: 'au'});
};

/** Takes somebody out of a room in the name of `by`. */
export const removeFromRoom = (
  {rooms, timeline}: Workspace,
  by: User,
  user: User,
  room: Room,
): void => {
  if (!rooms.isMember(user, room)) {
    throw new MeteorError('error-user-not-in-room', 'User is not in this room');
  }
  rooms.remove(user, room);
  timeline.post(by, room, user.username, {t: 'ru'});
};

/** Lets only whoever governs a room write in it, or everybody again. */
export const setReadOnly = (
  {rooms, timeline}: Workspace,
  by: User,
  room: Room,
  readOnly: boolean,
): void => {
  rooms.setReadOnly(room, readOnly);
  timeline.post(by, room, '', {t: readOnly ? 'room-set-read-only' : 'room-removed-read-only'});
};

/** Has the members encrypt what they write from now on, or no more. */
export const setEncrypted = (
  {rooms, timeline}: Workspace,
  by: User,
  room: Room,
  encrypted: boolean,
): void => {
  rooms.setEncrypted(room, encrypted);
  timeline.post(by, room, by.username, {t: encrypted ? 'room_e2e_enabled' : 'room_e2e_disabled'});
};

/** Takes a member's voice in the name of `by`, or gives it back. */
export const muteInRoom = (
  {rooms, timeline}: Workspace,
  by: User,
  user: User,
  room: Room,
  muted: boolean,
): void => {
  if (!rooms.isMember(user, room)) {
    throw new MeteorError('error-user-not-in-room', 'User is not in this room');
  }
  rooms.mute(room, user, muted);
  timeline.post(by, room, user.username, {t: muted ? 'user-muted' : 'user-unmuted'});
};
