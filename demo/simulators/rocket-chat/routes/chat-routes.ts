import {field, identifier} from '../../../../src/protocol/guards.js';
import {isoDate} from '../ddp/ejson.js';
import {deleteMessage, sendMessage, setReaction, updateMessage} from '../message-actions.js';
import type {Message} from '../model.js';
import {failure, invalidParams, meteorFailure, Refusal, type Reply, success} from '../replies.js';
import {syncMessages} from '../sync.js';
import {callerOf, required, type RestCall, roomOf, type Route, signedIn} from './route.js';

const SYNC_PARAMS = ['roomId', 'lastUpdate', 'count', 'next', 'previous', 'type'];
// The first version whose route knows `fromTs`; the others refuse a parameter they do not know.
const FROM_TS_SINCE = [8, 8];

const send = (call: RestCall): Reply => {
  const draft = field(call.body, 'message');
  if (typeof draft !== 'object' || draft === null) {
    return meteorFailure('error-invalid-params', 'The "message" parameter must be provided.');
  }
  const room = roomOf(call, field(draft, 'rid'));
  return success({
    message: sendMessage(call.workspace, callerOf(call), {...draft, rid: room._id}),
  });
};

const post = (call: RestCall): Reply => {
  const {body} = call;
  const named = field(body, 'roomId') ?? field(body, 'channel');
  const room = roomOf(call, typeof named === 'string' ? named.replace(/^#/, '') : named);
  const draft = {...(body as object), _id: undefined, rid: room._id, msg: field(body, 'text')};
  const message = sendMessage(call.workspace, callerOf(call), draft);
  return success({ts: Date.parse(message.ts), channel: room.name ?? room._id, message});
};

/** The message that a call is about, if it is in the room that the call names. */
const messageOf = (call: RestCall): Message => {
  const [roomId, msgId] = [required(call, 'roomId'), required(call, 'msgId')];
  const message = call.workspace.timeline.byId(msgId);
  if (!message) throw new Refusal(failure(`No message found with the id of "${msgId}".`));
  if (message.rid !== roomId) {
    const text = 'The room id provided does not match where the message is from.';
    throw new Refusal(failure(text));
  }
  return message;
};

const update = (call: RestCall): Reply => {
  const {_id} = messageOf(call);
  const text = required(call, 'text');
  return success({message: updateMessage(call.workspace, callerOf(call), _id, text)});
};

const remove = (call: RestCall): Reply => {
  const message = messageOf(call);
  deleteMessage(call.workspace, callerOf(call), message._id);
  return success({_id: message._id, ts: String(Date.now()), message});
};

const react = (call: RestCall): Reply => {
  const messageId = required(call, 'messageId');
  if (!call.workspace.timeline.byId(messageId)) {
    const text = 'The provided "messageId" does not match any existing message.';
    return meteorFailure('error-message-not-found', text);
  }
  const emoji = field(call.body, 'emoji') ?? field(call.body, 'reaction');
  if (!emoji) {
    const text = 'The required "emoji" param is missing.';
    return meteorFailure('error-emoji-param-not-provided', text);
  }
  const shouldReact = field(call.body, 'shouldReact');
  setReaction(call.workspace, callerOf(call), emoji, messageId, shouldReact);
  return success();
};

const knows = (version: string, [major = 0, minor = 0]: readonly number[]): boolean => {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};

const sync = (call: RestCall): Reply => {
  const {query, traits, workspace} = call;
  const known = knows(traits.serverVersion, FROM_TS_SINCE)
    ? [...SYNC_PARAMS, 'fromTs']
    : SYNC_PARAMS;
  if ([...query.keys()].some((name) => !known.includes(name))) {
    return invalidParams('must NOT have additional properties');
  }
  const given = (name: string): string | undefined => query.get(name) ?? undefined;
  const [lastUpdate, type] = [given('lastUpdate'), given('type')];
  if (!given('roomId')) {
    return meteorFailure('error-param-required', 'The required "roomId" query param is missing');
  }
  if (lastUpdate === undefined && type === undefined) {
    const text = 'The "type" or "lastUpdate" parameters must be provided';
    return meteorFailure('error-param-required', text);
  }
  if (lastUpdate !== undefined && !isoDate(lastUpdate)) {
    const text = 'The "lastUpdate" query parameter must be a valid date';
    return meteorFailure('error-lastUpdate-param-invalid', text);
  }
  const room = workspace.rooms.byId(given('roomId'));
  if (!room || !workspace.rooms.readable(callerOf(call), room)) {
    return meteorFailure('error-not-allowed', 'Not allowed');
  }
  const result = syncMessages(workspace, room, {
    lastUpdate: isoDate(lastUpdate),
    type,
    next: given('next'),
    previous: given('previous'),
    count: Number(given('count')) || undefined,
  });
  const fromTs = isoDate(given('fromTs'));
  const updated = result.updated?.filter(({ts}) => !fromTs || ts >= fromTs);
  return success({result: {...result, ...(updated && {updated})}});
};

const get = (call: RestCall): Reply => {
  const {timeline, rooms} = call.workspace;
  const message = timeline.byId(identifier(call.query.get('msgId')));
  const room = rooms.byId(message?.rid);
  return message && room && rooms.readable(callerOf(call), room)
    ? success({message})
    : failure('Failed to get message.');
};

/** Messages, one at a time, and what has changed among them. */
export const CHAT_ROUTES: readonly [string, Route][] = [
  ['POST chat.sendMessage', signedIn(send)],
  ['POST chat.postMessage', signedIn(post)],
  ['POST chat.update', signedIn(update)],
  ['POST chat.delete', signedIn(remove)],
  ['POST chat.react', signedIn(react)],
  ['GET chat.getMessage', signedIn(get)],
  ['GET chat.syncMessages', signedIn(sync)],
  [
    'GET chat.getMessageReadReceipts',
    signedIn(() => meteorFailure('error-action-not-allowed', 'This is an enterprise feature')),
  ],
];
