import {field} from '../../../../src/protocol/guards.js';
import {createDiscussion} from '../discussions.js';
import {OperationError} from '../meteor-error.js';
import {may} from '../permissions.js';
import {failure, invalidParams, meteorFailure, type Reply, success} from '../replies.js';
import {
  callerOf,
  listOf,
  namedRoom,
  optional,
  paged,
  type RestCall,
  type Route,
  signedIn,
} from './route.js';

const PERMISSIONS = ['start-discussion', 'start-discussion-other-user'] as const;

const create = (call: RestCall): Reply => {
  const [prid, title] = [optional(call, 'prid'), optional(call, 't_name')];
  if (!prid) return failure('Body parameter "prid" is required.');
  if (!title) return failure('Body parameter "t_name" is required.');
  const encrypted = field(call.body, 'encrypted');
  if (encrypted !== undefined && typeof encrypted !== 'boolean') {
    return failure('Body parameter "encrypted" must be a boolean when included.');
  }
  const users = listOf(call, 'users');
  const caller = callerOf(call);
  if (!PERMISSIONS.some((each) => may(call.permissions, caller, each))) {
    const text = 'You are not allowed to create a discussion';
    return meteorFailure('error-action-not-allowed', text, {method: 'createDiscussion'});
  }
  const discussion = createDiscussion(call.workspace, caller, {
    prid,
    title,
    users,
    pmid: optional(call, 'pmid'),
    reply: optional(call, 'reply'),
    topic: optional(call, 'topic'),
  });
  return success({discussion: {...discussion, rid: discussion._id}});
};

const list = (call: RestCall): Reply => {
  const parent = namedRoom(call);
  const {rooms} = call.workspace;
  const user = callerOf(call);
  const all = rooms.all().filter((each) => each.prid === parent._id && rooms.readable(user, each));
  return success(paged(call, 'discussions', all));
};

/**
 * The messages by which a room tells of its discussions, the newest first; `text` is looked for in their
 * names, whatever its letters' case. Source: findDiscussionsFromRoom, Messages.findDiscussionsByRoomAndText.
 */
const announcements = (call: RestCall): Reply => {
  const {query, workspace} = call;
  const roomId = query.get('roomId');
  if (!roomId) return invalidParams("must have required property 'roomId'");
  const room = workspace.rooms.byId(roomId);
  if (!room || !workspace.rooms.readable(callerOf(call), room)) {
    throw new OperationError('error-not-allowed');
  }
  const text = (query.get('text') ?? '').toLowerCase();
  const all = workspace.timeline
    .of(room)
    .filter(({drid, msg}) => drid !== undefined && msg.toLowerCase().includes(text));
  return success(paged(call, 'messages', all.reverse()));
};

/** Discussions. */
export const DISCUSSION_ROUTES: readonly [string, Route][] = [
  ['POST rooms.createDiscussion', signedIn(create)],
  ['GET rooms.getDiscussions', signedIn(list)],
  ['GET chat.getDiscussions', signedIn(announcements)],
];
