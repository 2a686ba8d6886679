import {field} from '../../../../src/protocol/guards.js';
import {MeteorError} from '../meteor-error.js';
import type {Room, RoomKind} from '../model.js';
import {may} from '../permissions.js';
import {failure, forbidden, Refusal, type Reply, success} from '../replies.js';
import {
  addToRoom,
  eraseRoom,
  joinRoom,
  leaveRoom,
  openDirect,
  removeFromRoom,
} from '../room-actions.js';
import type {User} from '../users.js';
import {
  assertPermission,
  callerOf,
  listOf,
  namedRoom,
  optional,
  paged,
  required,
  type RestCall,
  type Route,
  signedIn,
} from './route.js';

/** What the routes of a kind of room are called, and their answers' field. */
interface Kind {
  readonly t: RoomKind;
  readonly field: 'channel' | 'group';
  readonly permission: 'create-c' | 'create-p';
}

const CHANNELS: Kind = {t: 'c', field: 'channel', permission: 'create-c'};
const GROUPS: Kind = {t: 'p', field: 'group', permission: 'create-p'};

const info = (call: RestCall): Reply => {
  const room = namedRoom(call);
  const above = call.workspace.rooms.byId(room.prid);
  if (!above) return success({room});
  const {_id, name, fname, t, prid, u} = above;
  return success({room, parent: {_id, name, fname, t, prid, u}});
};

const create =
  ({t, field: answer, permission}: Kind) =>
  (call: RestCall): Reply => {
    const name = optional(call, 'name');
    if (!name) return failure('Body param "name" is required');
    const invited = listOf(call, 'members');
    assertPermission(call, permission);
    const {rooms, users} = call.workspace;
    if (!/^[\w.-]+$/.test(name)) {
      throw new MeteorError('error-invalid-room-name', `${name} is not a valid room name.`);
    }
    if (rooms.all().some((each) => each.name === name)) {
      const text = `A channel with name '${name}' exists`;
      throw new MeteorError('error-duplicate-channel-name', text, {channel_name: name});
    }
    const caller = callerOf(call).username;
    const customFields = field(call.body, 'customFields');
    const topic = field(field(call.body, 'extraData'), 'topic');
    const room = rooms.create({
      type: t,
      name,
      members: [...new Set([caller, ...invited.filter((each) => users.find(each))])],
      readOnly: field(call.body, 'readOnly') === true,
      ...(typeof topic === 'string' && topic && {topic}),
      ...(typeof customFields === 'object' &&
        customFields !== null && {customFields: customFields as Record<string, unknown>}),
    });
    return success({[answer]: room});
  };

/** The room of that kind that the call names; a hidden one is not there. */
const roomOfKind = (call: RestCall, {t, field: what}: Kind): Room => {
  const {rooms} = call.workspace;
  const given = (name: string): unknown => call.query.get(name) ?? field(call.body, name);
  const [id, name] = [given('roomId'), given('roomName')];
  const room = rooms.all().find((each) => each._id === id || (each.name && each.name === name));
  if (room?.t !== t || !rooms.readable(callerOf(call), room)) {
    const text = `The required "roomId" or "roomName" param provided does not match any ${what}`;
    throw new MeteorError('error-room-not-found', text);
  }
  return room;
};

const userOf = (call: RestCall): User => {
  const {users} = call.workspace;
  const user = users.byId(optional(call, 'userId')) ?? users.find(optional(call, 'username'));
  if (user) return user;
  const text = 'The required "userId" or "username" param provided does not match any users';
  throw new MeteorError('error-invalid-user', text);
};

/**
 * Whether the caller may add others. Owners of the room may, too.
 *
 * Source: app/lib/server/methods/addUsersToRoom.ts.
 */
const mayAdd = (call: RestCall, room: Room): boolean => {
  const {rooms} = call.workspace;
  const caller = callerOf(call);
  const anywhere = room.t === 'c' ? 'add-user-to-any-c-room' : 'add-user-to-any-p-room';
  return (
    rooms.governs(caller, room) ||
    may(call.permissions, caller, anywhere) ||
    (rooms.isMember(caller, room) && may(call.permissions, caller, 'add-user-to-joined-room'))
  );
};

const invite =
  (kind: Kind) =>
  (call: RestCall): Reply => {
    const room = roomOfKind(call, kind);
    const user = userOf(call);
    if (!mayAdd(call, room)) throw new MeteorError('error-not-allowed', 'Not allowed');
    addToRoom(call.workspace, callerOf(call), user, room);
    return success({[kind.field]: room});
  };

const kick =
  (kind: Kind) =>
  (call: RestCall): Reply => {
    const room = roomOfKind(call, kind);
    const user = userOf(call);
    const caller = callerOf(call);
    const {rooms} = call.workspace;
    if (!rooms.governs(caller, room)) throw new MeteorError('error-not-allowed', 'Not allowed');
    removeFromRoom(call.workspace, caller, user, room);
    return success({[kind.field]: room});
  };

const members =
  (kind: Kind) =>
  (call: RestCall): Reply => {
    const {usernames} = roomOfKind(call, kind);
    const all = usernames.map((each) => {
      const {_id, username, name, status, statusText} = call.workspace.users.named(each);
      return {_id, username, name, status, statusText, utcOffset: 0};
    });
    return success(paged(call, 'members', all));
  };

const direct = (call: RestCall): Reply => {
  const caller = callerOf(call);
  const named = optional(call, 'username') ?? optional(call, 'usernames')?.split(',')[0]?.trim();
  if (!call.workspace.users.find(named)) {
    throw new MeteorError('error-invalid-user', 'Invalid user');
  }
  assertPermission(call, 'create-d');
  const room = openDirect(call.workspace, caller, named);
  return success({room: {...room, rid: room._id}});
};

/** The room of the body's `roomId`, which the caller may read. */
const readable = (call: RestCall): Room => {
  const {rooms} = call.workspace;
  const room = rooms.byId(required(call, 'roomId'));
  if (!room || !rooms.readable(callerOf(call), room)) throw new Refusal(forbidden());
  return room;
};

const hide = (call: RestCall): Reply => {
  const {_id} = readable(call);
  const hidden = call.workspace.subscriptions.list(callerOf(call), _id, false);
  return hidden ? success() : failure('error-room-already-hidden');
};

const open = (call: RestCall): Reply => {
  call.workspace.subscriptions.list(callerOf(call), required(call, 'roomId'), true);
  return success();
};

const eraseDirect = (call: RestCall): Reply => {
  eraseRoom(call.workspace, callerOf(call), readable(call)._id);
  return success();
};

const join =
  (answer: string) =>
  (call: RestCall): Reply =>
    success({[answer]: joinRoom(call.workspace, callerOf(call), namedRoom(call)._id)});

const leave = (call: RestCall): Reply => {
  leaveRoom(call.workspace, callerOf(call), namedRoom(call)._id);
  return success();
};

const routesOf = (name: string, kind: Kind): [string, Route][] => [
  [`POST ${name}.create`, signedIn(create(kind))],
  [`POST ${name}.invite`, signedIn(invite(kind))],
  [`POST ${name}.kick`, signedIn(kick(kind))],
  [`GET ${name}.members`, signedIn(members(kind))],
  [`GET ${name}.info`, signedIn((call) => success({[kind.field]: roomOfKind(call, kind)}))],
];

/** Rooms and who is in them. */
export const ROOM_ROUTES: readonly [string, Route][] = [
  ['GET rooms.info', signedIn(info)],
  ['POST rooms.join', signedIn(join('room'))],
  ['POST rooms.leave', signedIn(leave)],
  ['POST channels.join', signedIn(join('channel'))],
  ['POST rooms.hide', signedIn(hide)],
  ['POST rooms.open', signedIn(open)],
  ['POST im.create', signedIn(direct)],
  ['POST im.delete', signedIn(eraseDirect)],
  ...routesOf('channels', CHANNELS),
  ...routesOf('groups', GROUPS),
];
