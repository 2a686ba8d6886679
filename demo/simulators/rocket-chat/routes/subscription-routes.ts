import {field, identifier} from '../../../../src/protocol/guards.js';
import {isoDate} from '../ddp/ejson.js';
import type {Room} from '../model.js';
import {readRoom} from '../read-state.js';
import {invalidParams, meteorFailure, Refusal, type Reply, success} from '../replies.js';
import {callerOf, type RestCall, type Route, signedIn} from './route.js';

/** The date of `updatedSince`; undefined without one. */
const since = ({query}: RestCall): string | undefined => {
  const given = query.get('updatedSince');
  if (given === null) return;
  const date = isoDate(given);
  if (date) return date;
  const text = 'The "updatedSince" query parameter must be a valid date';
  throw new Refusal(meteorFailure('error-updatedSince-param-invalid', text));
};

const subscriptions = (call: RestCall): Reply => {
  const user = callerOf(call);
  const after = since(call);
  const {subscriptions: all} = call.workspace;
  const update = all.of(user).filter(({_updatedAt}) => !after || _updatedAt > after);
  const gone = after ? all.removedSince(user, after) : [];
  return success({update, remove: gone.map(({_id, _deletedAt}) => ({_id, _deletedAt}))});
};

const rooms = (call: RestCall): Reply => {
  const user = callerOf(call);
  const after = since(call);
  const {rooms: all, subscriptions: memberships} = call.workspace;
  const isNews = (room: Room): boolean => !after || room._updatedAt > after;
  const update = all.all().filter((room) => all.isMember(user, room) && isNews(room));
  const gone = after ? memberships.removedSince(user, after) : [];
  return success({update, remove: gone.map(({rid, _deletedAt}) => ({_id: rid, _deletedAt}))});
};

const one = (call: RestCall): Reply => {
  const roomId = call.query.get('roomId');
  if (!roomId) return invalidParams("must have required property 'roomId'");
  const subscription = call.workspace.subscriptions.find(callerOf(call), roomId) ?? null;
  return success({subscription});
};

const read = (call: RestCall): Reply => {
  const rid = identifier(field(call.body, 'rid') ?? field(call.body, 'roomId'));
  if (!rid) return invalidParams("must have required property 'rid'");
  const {subscriptions: all} = call.workspace;
  const user = callerOf(call);
  if (!all.find(user, rid)) {
    return meteorFailure('error-invalid-subscription', 'Invalid subscription');
  }
  readRoom(call.workspace, user, rid, {threads: field(call.body, 'readThreads') === true});
  return success();
};

/** A user's rooms, and what is unread in them. */
export const SUBSCRIPTION_ROUTES: readonly [string, Route][] = [
  ['GET rooms.get', signedIn(rooms)],
  ['GET subscriptions.get', signedIn(subscriptions)],
  ['GET subscriptions.getOne', signedIn(one)],
  ['POST subscriptions.read', signedIn(read)],
];
