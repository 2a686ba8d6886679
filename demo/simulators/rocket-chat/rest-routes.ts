import {field, identifier} from '../../../src/protocol/guards.js';
import type {Room, RoomKind} from './model.js';
import {
  failure,
  forbidden,
  loginFailed,
  meteorFailure,
  notLoggedIn,
  Refusal,
  type Reply,
  success,
} from './replies.js';
import {accountOf, type Login, type User} from './users.js';
import type {Workspace} from './workspace.js';

const LONGEST_MESSAGE = 5000;

/** A REST call that has passed authentication and the rate limit. */
export interface RestCall {
  readonly workspace: Workspace;
  readonly login: Login | undefined;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** One route of the REST API. */
export interface Route {
  readonly signedIn: boolean;
  readonly answer: (call: RestCall) => Reply;
}

const callerOf = ({login}: RestCall): User => {
  if (!login) throw new Refusal(notLoggedIn());
  return login.user;
};

/** The room that a call names by id or name, if the caller may read it. */
const roomOf = (call: RestCall, reference: unknown): Room => {
  const {rooms} = call.workspace;
  const room = rooms.byId(reference) ?? rooms.all().find(({name}) => name && name === reference);
  if (!room) throw new Refusal(failure('not-allowed', 'error-room-not-found'));
  if (!rooms.readable(callerOf(call), room))
    throw new Refusal(failure('not-allowed', 'Not Allowed'));
  return room;
};

const login = ({workspace: {users}, body}: RestCall): Reply => {
  const name = ['user', 'username', 'email']
    .map((key) => identifier(field(body, key)))
    .find(Boolean);
  const resume = field(body, 'resume');
  const entry =
    resume === undefined
      ? users.loginWithPassword(name ?? '', field(body, 'password'))
      : users.resume(resume);
  if (!entry) return loginFailed();
  const {user, token} = entry;
  return success({
    status: 'success',
    data: {userId: user._id, authToken: token, me: accountOf(user)},
  });
};

const logout = ({workspace: {users}, login: entry}: RestCall): Reply => {
  if (entry) users.end(entry.user, [entry.token]);
  return success({status: 'success', data: {message: "You've been logged out!"}});
};

const publicSettings = ({workspace: {settings}, query}: RestCall): Reply => {
  const ids = query.get('_id')?.split(',');
  const found = Object.entries(settings.public())
    .filter(([_id]) => !ids || ids.includes(_id))
    .map(([_id, value]) => ({_id, value, enterprise: false}));
  return success({settings: found, count: found.length, offset: 0, total: found.length});
};

const history =
  (kind: RoomKind, what: string): Route['answer'] =>
  (call) => {
    const {rooms, timeline} = call.workspace;
    const {query} = call;
    const room = rooms.byId(query.get('roomId'));
    const user = callerOf(call);
    // A group is hidden from whoever is not in it: the answer is that of a room that is not there.
    if (room?.t !== kind || (kind !== 'c' && !rooms.isMember(user, room))) {
      const text = `The required "roomId" or "roomName" param provided does not match any ${what}`;
      return meteorFailure('error-room-not-found', text);
    }
    if (!rooms.readable(user, room)) return forbidden();
    const messages = timeline.history(room, {
      latest: query.get('latest') ?? undefined,
      oldest: query.get('oldest') ?? undefined,
      inclusive: query.get('inclusive') === 'true',
      offset: Number(query.get('offset')) || 0,
      count: Number(query.get('count') ?? 20) || 0,
    });
    return success({messages});
  };

const send = (call: RestCall, room: Room, text: unknown, id?: unknown): Reply => {
  const {timeline} = call.workspace;
  if (typeof text !== 'string' || !text.trim()) return failure('Invalid message', 'invalid-params');
  if (text.length > LONGEST_MESSAGE) return failure('error-message-size-exceeded');
  const _id = identifier(id);
  const message = timeline.post(callerOf(call), room, text, _id ? {_id} : {});
  return success({message, ts: Date.parse(message.ts), channel: room.name ?? room._id});
};

const open = (answer: Route['answer']): Route => ({signedIn: false, answer});
const signedIn = (answer: Route['answer']): Route => ({signedIn: true, answer});

/** The routes by method and name. */
export const ROUTES: ReadonlyMap<string, Route> = new Map([
  ['POST login', open(login)],
  ['POST logout', signedIn(logout)],
  ['GET me', signedIn((call) => success({...accountOf(callerOf(call))}))],
  ['GET info', open(() => success({version: '8.8'}))],
  ['GET settings.public', open(publicSettings)],
  [
    'GET rooms.info',
    signedIn((call) =>
      success({room: roomOf(call, call.query.get('roomId') ?? call.query.get('roomName'))}),
    ),
  ],
  [
    'GET rooms.get',
    signedIn((call) => {
      const {rooms} = call.workspace;
      const update = rooms.all().filter((room) => rooms.isMember(callerOf(call), room));
      return success({update, remove: []});
    }),
  ],
  [
    'GET subscriptions.get',
    signedIn((call) =>
      success({update: call.workspace.subscriptions.of(callerOf(call)), remove: []}),
    ),
  ],
  [
    'POST subscriptions.read',
    signedIn((call) => {
      const rid = identifier(field(call.body, 'rid') ?? field(call.body, 'roomId'));
      if (!rid) return failure('rid is required', 'invalid-params');
      const {subscriptions} = call.workspace;
      const user = callerOf(call);
      if (!subscriptions.find(user, rid)) {
        return meteorFailure('error-invalid-subscription', 'Invalid subscription');
      }
      subscriptions.read(user, rid);
      return success();
    }),
  ],
  [
    'POST chat.sendMessage',
    signedIn((call) => {
      const message = field(call.body, 'message');
      const room = roomOf(call, field(message, 'rid'));
      return send(call, room, field(message, 'msg'), field(message, '_id'));
    }),
  ],
  [
    'POST chat.postMessage',
    signedIn((call) => {
      const named = field(call.body, 'roomId') ?? field(call.body, 'channel');
      const room = roomOf(call, typeof named === 'string' ? named.replace(/^#/, '') : named);
      return send(call, room, field(call.body, 'text'));
    }),
  ],
  ['GET channels.history', signedIn(history('c', 'channel'))],
  ['GET groups.history', signedIn(history('p', 'group'))],
  ['GET im.history', signedIn(history('d', 'direct message'))],
]);
