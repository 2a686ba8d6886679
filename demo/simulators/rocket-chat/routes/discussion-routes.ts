import {field} from '../../../../src/protocol/guards.js';
import {createDiscussion} from '../discussions.js';
import {failure, type Reply, success} from '../replies.js';
import {
  assertPermission,
  callerOf,
  listOf,
  namedRoom,
  optional,
  paged,
  type RestCall,
  type Route,
  signedIn,
} from './route.js';

const create = async (call: RestCall): Promise<Reply> => {
  const [prid, title] = [optional(call, 'prid'), optional(call, 't_name')];
  if (!prid) return failure('Body parameter "prid" is required.');
  if (!title) return failure('Body parameter "t_name" is required.');
  const encrypted = field(call.body, 'encrypted');
  if (encrypted !== undefined && typeof encrypted !== 'boolean') {
    return failure('Body parameter "encrypted" must be a boolean when included.');
  }
  const users = listOf(call, 'users');
  assertPermission(call, 'start-discussion');
  const discussion = await createDiscussion(call.workspace, callerOf(call), {
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

/** Discussions. */
export const DISCUSSION_ROUTES: readonly [string, Route][] = [
  ['POST rooms.createDiscussion', signedIn(create)],
  ['GET rooms.getDiscussions', signedIn(list)],
];
