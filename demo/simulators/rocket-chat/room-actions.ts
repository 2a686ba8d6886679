/** What users do with rooms and memberships, by REST or DDP alike. */
import {MeteorError} from './meteor-error.js';
import type {Room} from './model.js';
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
