import {field} from '../../../../src/protocol/guards.js';
import {deleteMessage, sendMessage, setReaction, updateMessage} from '../message-actions.js';
import {MeteorError, OperationError} from '../meteor-error.js';
import type {Message, Room} from '../model.js';
import {randomId} from '../random.js';
import {syncMessages} from '../sync.js';
import {isoDate} from './ejson.js';
import {callerOf, type Method, type MethodCall} from './method-call.js';

const DEFAULT_LIMIT = 20;

/** The room of that id, if there is one and the caller may read it. */
const readableRoom = (
  {workspace: {rooms}, session}: MethodCall,
  rid: unknown,
): Room | undefined => {
  const room = rooms.byId(rid);
  return room && session.login && rooms.readable(session.login.user, room) ? room : undefined;
};

const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const messagesGet: Method = (call) => {
  const method = 'messages/get';
  callerOf(call, method);
  const [rid, options] = call.params;
  if (!rid) throw new MeteorError('error-invalid-room', 'Invalid room', {method});
  const room = readableRoom(call, rid);
  if (!room) throw new MeteorError('error-not-allowed', 'Not allowed', {method});
  const count = field(options, 'count');
  const request = {
    lastUpdate: isoDate(field(options, 'lastUpdate')),
    type: field(options, 'type'),
    next: stringOf(field(options, 'next')),
    previous: stringOf(field(options, 'previous')),
    count: typeof count === 'number' ? count : undefined,
  };
  if (!request.lastUpdate && request.type === undefined && !request.next && !request.previous) {
    return {
      messages: call.workspace.timeline.history(room, {count: request.count ?? DEFAULT_LIMIT}),
    };
  }
  return syncMessages(call.workspace, room, request);
};

// As the real server: whoever may not read gets `false`, not an error.
const loadMissedMessages: Method = (call) => {
  const [rid, start] = call.params;
  const room = readableRoom(call, rid);
  const since = isoDate(start);
  if (!room || !since) return false;
  return call.workspace.timeline.history(room, {oldest: since, count: 0});
};

const loadHistory: Method = (call) => {
  callerOf(call, 'loadHistory');
  const [rid, end, limit, lastSeen] = call.params;
  const room = readableRoom(call, rid);
  if (!room) return false;
  const {timeline} = call.workspace;
  const messages = timeline.history(room, {
    latest: isoDate(end),
    count: typeof limit === 'number' ? limit : DEFAULT_LIMIT,
  });
  const ls = isoDate(lastSeen);
  const first = messages.at(-1);
  const missing =
    ls && first ? timeline.history(room, {latest: first.ts, oldest: ls, count: 0}) : [];
  return {
    messages,
    ...(missing.length && {firstUnread: missing.at(-1)}),
    unreadNotLoaded: missing.length,
  };
};

/** Sends, and has the user's own stream tell why it was refused, as the real server does. */
const send: Method = (call) => {
  const user = callerOf(call, 'sendMessage');
  const [draft] = call.params;
  const {rooms, timeline} = call.workspace;
  const room = rooms.byId(field(draft, 'rid'));
  const isKnown = !!room && timeline.of(room).some(({_id}) => _id === field(draft, '_id'));
  try {
    const sent = sendMessage(call.workspace, user, draft);
    // The real server has nothing to say of a message that it has already.
    return isKnown ? undefined : sent;
  } catch (error) {
    const rid = field(draft, 'rid');
    if (error instanceof OperationError && typeof rid === 'string') {
      const note = {_id: randomId(), rid, msg: error.message, private: true, ts: new Date()};
      call.workspace.changes.tellUser(user._id, 'message', note);
    }
    throw error;
  }
};

const update: Method = (call) => {
  const [draft] = call.params;
  const user = callerOf(call, 'updateMessage');
  updateMessage(call.workspace, user, field(draft, '_id'), field(draft, 'msg'));
};

const remove: Method = (call): Pick<Message, '_id'> => {
  const [draft] = call.params;
  const user = callerOf(call, 'deleteMessage');
  const {_id} = deleteMessage(call.workspace, user, field(draft, '_id'));
  return {_id};
};

const react: Method = (call) => {
  const [emoji, messageId, shouldReact] = call.params;
  setReaction(call.workspace, callerOf(call, 'setReaction'), emoji, messageId, shouldReact);
};

/** Methods about messages. */
export const MESSAGE_METHODS: readonly [string, Method][] = [
  ['messages/get', messagesGet],
  ['loadMissedMessages', loadMissedMessages],
  ['loadHistory', loadHistory],
  ['sendMessage', send],
  ['updateMessage', update],
  ['deleteMessage', remove],
  ['setReaction', react],
];
