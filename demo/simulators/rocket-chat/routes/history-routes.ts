import {field} from '../../../../src/protocol/guards.js';
import {isoDate} from '../ddp/ejson.js';
import {unreadBefore} from '../history.js';
import type {RoomKind} from '../model.js';
import {forbidden, invalidParams, meteorFailure, type Reply, success} from '../replies.js';
import {
  assertPermission,
  callerOf,
  required,
  type RestCall,
  roomOf,
  type Route,
  signedIn,
} from './route.js';

const history =
  (kind: RoomKind, what: string): Route['answer'] =>
  (call) => {
    const {workspace} = call;
    const {rooms, timeline, subscriptions} = workspace;
    const {query} = call;
    const room = rooms.byId(query.get('roomId'));
    const user = callerOf(call);
    // A group is hidden from whoever is not in it: the answer is that of a room that is not there.
    if (room?.t !== kind || (kind !== 'c' && !rooms.isMember(user, room))) {
      const text = `The required "roomId" or "roomName" param provided does not match any ${what}`;
      return meteorFailure('error-room-not-found', text);
    }
    if (!rooms.readable(user, room)) return forbidden();
    const threads = query.get('showThreadMessages') !== 'false';
    const oldest = query.get('oldest') ?? undefined;
    const messages = timeline.history(room, {
      latest: query.get('latest') ?? undefined,
      oldest,
      inclusive: query.get('inclusive') === 'true',
      offset: Number(query.get('offset')) || 0,
      count: Number(query.get('count') ?? 20) || 0,
      threads,
    });
    if (query.get('unreads') !== 'true') return success({messages});
    const seen = subscriptions.find(user, room._id)?.ls ?? oldest;
    return success({messages, ...unreadBefore(workspace, room, messages, seen, threads)});
  };

const clean = (call: RestCall): Reply => {
  const roomId = required(call, 'roomId');
  const [oldest, latest] = [isoDate(required(call, 'oldest')), isoDate(required(call, 'latest'))];
  if (!oldest || !latest) return invalidParams('must be a date');
  assertPermission(call, 'clean-channel-history');
  const room = roomOf(call, roomId);
  const inclusive = field(call.body, 'inclusive') === true;
  const {timeline} = call.workspace;
  const count = timeline.prune(room, new Date(oldest), new Date(latest), inclusive);
  return success({_id: room._id, count});
};

/** What was said in a room, newest first, and how it is forgotten. */
export const HISTORY_ROUTES: readonly [string, Route][] = [
  ['GET channels.history', signedIn(history('c', 'channel'))],
  ['GET groups.history', signedIn(history('p', 'group'))],
  ['POST rooms.cleanHistory', signedIn(clean)],
  ['GET im.history', signedIn(history('d', 'direct message'))],
];
