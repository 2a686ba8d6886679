import {field} from '../../../../src/protocol/guards.js';
import {surroundingsOf, threadOf, unreadBefore} from '../history.js';
import {MeteorError} from '../meteor-error.js';
import type {Room} from '../model.js';
import {readThread} from '../read-state.js';
import {syncMessages} from '../sync.js';
import {isoDate} from './ejson.js';
import {callerOf, type Method, type MethodCall} from './method-call.js';

const DEFAULT_LIMIT = 20;
const DEFAULT_SURROUNDINGS = 50;
const MOST_ANSWERS = 100;

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

const numberOf = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

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
  const {workspace, params} = call;
  const [rid, end, limit, lastSeen, showThreadMessages = true] = params;
  const room = readableRoom(call, rid);
  if (!room) return false;
  const threads = showThreadMessages === true;
  const count = numberOf(limit, DEFAULT_LIMIT);
  const messages = workspace.timeline.history(room, {latest: isoDate(end), count, threads});
  return {messages, ...unreadBefore(workspace, room, messages, isoDate(lastSeen), threads)};
};

const loadSurroundingMessages: Method = (call) => {
  callerOf(call, 'loadSurroundingMessages');
  const {workspace, params} = call;
  const [about, limit, showThreadMessages = true] = params;
  const message = workspace.timeline.byId(field(about, '_id'));
  if (!message || !readableRoom(call, message.rid)) return false;
  const most = numberOf(limit, DEFAULT_SURROUNDINGS);
  return surroundingsOf(workspace, message, most, showThreadMessages === true);
};

const getSingleMessage: Method = (call) => {
  const method = 'getSingleMessage';
  callerOf(call, method);
  const message = call.workspace.timeline.byId(call.params[0]);
  if (!message) return;
  if (readableRoom(call, message.rid)) return message;
  throw new MeteorError('error-not-allowed', 'Not allowed', {method});
};

/** The thread's first message, then its answers, newest first. To have asked is to have read. */
const getThreadMessages: Method = (call) => {
  const method = 'getThreadMessages';
  const user = callerOf(call, method);
  const {workspace, params} = call;
  const [asked] = params;
  const [limit, skip] = [numberOf(field(asked, 'limit'), 0), numberOf(field(asked, 'skip'), 0)];
  if (limit > MOST_ANSWERS) {
    throw new MeteorError('error-not-allowed', `max limit: ${MOST_ANSWERS}`, {method});
  }
  const first = threadOf(workspace, user, field(asked, 'tmid'), method);
  if (!first?.tcount) return [];
  readThread(workspace, user, first);
  const answers = workspace.timeline.thread(first).reverse();
  return [first, ...answers.slice(skip, limit > 0 ? skip + limit : undefined)];
};

/** Methods that read messages. */
export const HISTORY_METHODS: readonly [string, Method][] = [
  ['messages/get', messagesGet],
  ['loadMissedMessages', loadMissedMessages],
  ['loadHistory', loadHistory],
  ['loadSurroundingMessages', loadSurroundingMessages],
  ['getSingleMessage', getSingleMessage],
  ['getThreadMessages', getThreadMessages],
];
