import {field} from '../../../../src/protocol/guards.js';
import {invalidRoom, invalidUser, MeteorError, notAllowed} from '../meteor-error.js';
import type {Room} from '../model.js';
import {readRoom} from '../read-state.js';
import {eraseRoom, joinRoom, leaveRoom, muteInRoom, openDirect} from '../room-actions.js';
import type {SettingsStore} from '../settings.js';
import {isoDate} from './ejson.js';
import {callerOf, type Method} from './method-call.js';

const subscriptionsGet: Method = ({workspace: {subscriptions}, session, params: [since]}) => {
  if (!session.login) return [];
  const {user} = session.login;
  const after = isoDate(since);
  const all = subscriptions.of(user);
  if (!after) return all;
  return {
    update: all.filter(({_updatedAt}) => _updatedAt > after),
    remove: subscriptions.removedSince(user, after).map(({_id, _deletedAt}) => ({_id, _deletedAt})),
  };
};

const roomsGet: Method = ({workspace: {rooms, subscriptions}, session, params: [since]}) => {
  if (!session.login) return [];
  const {user} = session.login;
  const after = isoDate(since);
  const all = rooms.all().filter((room) => rooms.isMember(user, room));
  if (!after) return all;
  return {
    update: all.filter(({_updatedAt}) => _updatedAt > after),
    remove: subscriptions
      .removedSince(user, after)
      .map(({rid, _deletedAt}) => ({_id: rid, _deletedAt})),
  };
};

const getRoomByTypeAndName: Method = (call): Room => {
  const method = 'getRoomByTypeAndName';
  const user = callerOf(call, method);
  const [type, name] = call.params;
  const {rooms} = call.workspace;
  const room = rooms
    .all()
    .find((each) => each.t === type && (each._id === name || (each.name && each.name === name)));
  if (!room) throw new MeteorError('error-invalid-room', 'Invalid room', {method});
  if (!rooms.readable(user, room)) {
    throw new MeteorError('error-no-permission', 'No permission', {method});
  }
  return room;
};

const createDirectMessage: Method = (call) => {
  const user = callerOf(call, 'createDirectMessage');
  const room = openDirect(call.workspace, user, call.params[0]);
  return {_id: room._id, t: room.t, rid: room._id, usernames: room.usernames};
};

const join: Method = (call) => {
  const user = callerOf(call, 'joinRoom');
  joinRoom(call.workspace, user, call.params[0]);
  return true;
};

const leave: Method = (call) => {
  leaveRoom(call.workspace, callerOf(call, 'leaveRoom'), call.params[0]);
};

const mute =
  (method: string, muted: boolean): Method =>
  (call) => {
    const by = callerOf(call, method);
    const {rooms, users} = call.workspace;
    const room = rooms.byId(field(call.params[0], 'rid'));
    const user = users.find(field(call.params[0], 'username'));
    if (!room) throw invalidRoom(method);
    if (!user) throw invalidUser(method);
    if (!rooms.governs(by, room)) throw notAllowed(method);
    muteInRoom(call.workspace, by, user, room, muted);
    return true;
  };

/** Nobody is refused: of a room that is not one's own nothing changes. */
const list =
  (method: string, open: boolean): Method =>
  (call) => {
    const user = callerOf(call, method);
    const [rid] = call.params;
    if (typeof rid !== 'string') throw new MeteorError(400, 'Match failed');
    return call.workspace.subscriptions.list(user, rid, open);
  };

const erase: Method = (call) => {
  eraseRoom(call.workspace, callerOf(call, 'eraseRoom'), call.params[0]);
  return true;
};

const readMessages: Method = (call) => {
  const method = 'readMessages';
  const user = callerOf(call, method);
  const {rooms} = call.workspace;
  const [rid, readThreads] = call.params;
  const room = rooms.byId(rid);
  if (!room) {
    throw new MeteorError('error-room-does-not-exist', 'This room does not exist', {method});
  }
  if (!rooms.readable(user, room)) {
    throw new MeteorError('error-not-allowed', 'Not allowed', {method});
  }
  readRoom(call.workspace, user, room._id, {threads: readThreads === true});
};

const listed = (settings: SettingsStore): object[] =>
  Object.entries(settings.public()).map(([_id, value]) => ({_id, value}));

const publicSettings: Method = ({workspace: {settings}, params: [since]}) =>
  isoDate(since) ? {update: listed(settings), remove: []} : listed(settings);

/** Methods about rooms and what they look like to a user. */
export const ROOM_METHODS: readonly [string, Method][] = [
  ['subscriptions/get', subscriptionsGet],
  ['rooms/get', roomsGet],
  ['getRoomByTypeAndName', getRoomByTypeAndName],
  ['createDirectMessage', createDirectMessage],
  ['eraseRoom', erase],
  ['hideRoom', list('hideRoom', false)],
  ['openRoom', list('openRoom', true)],
  ['joinRoom', join],
  ['leaveRoom', leave],
  ['muteUserInRoom', mute('muteUserInRoom', true)],
  ['unmuteUserInRoom', mute('unmuteUserInRoom', false)],
  ['readMessages', readMessages],
  ['public-settings/get', publicSettings],
];
