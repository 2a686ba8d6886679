import {setTimeout as wait} from 'node:timers/promises';

import {sendMessage} from './message-actions.js';
import {MeteorError} from './meteor-error.js';
import type {Message, Room} from './model.js';
import {addToRoom} from './room-actions.js';
import type {User} from './users.js';
import type {Workspace} from './workspace.js';

/** What makes a discussion. */
export interface NewDiscussion {
  /** The room it hangs off. */
  readonly prid: string | undefined;
  readonly title: string;
  /** The message it is about; there is one discussion for each. */
  readonly pmid?: string | undefined;
  /** The first message of the discussion. */
  readonly reply?: string | undefined;
  /** The usernames of further members. */
  readonly users: readonly string[];
  readonly topic?: string | undefined;
}

const method = 'createDiscussion';

// The way to a database and back, in ms: time enough for another call to look, too.
const LOOKUP = 50;

const NOT_ALLOWED = 'You are not allowed to create a discussion';

const messageOf = ({timeline, rooms}: Workspace, pmid: string): Message => {
  const message = timeline.byId(pmid);
  if (!message || !rooms.byId(message.rid)) {
    throw new MeteorError('error-invalid-message', 'Invalid message', {method});
  }
  return message;
};

const parentOf = (workspace: Workspace, user: User, prid: string | undefined): Room => {
  const {rooms} = workspace;
  const parent = rooms.byId(prid);
  if (!parent) throw new MeteorError('error-invalid-room', 'Invalid room', {method});
  if (!rooms.readable(user, parent)) {
    throw new MeteorError('error-action-not-allowed', NOT_ALLOWED, {method});
  }
  if (parent.prid) {
    throw new MeteorError('error-nested-discussion', 'Cannot create nested discussions', {method});
  }
  return parent;
};

/**
 * Makes a discussion, or finds that of the same message and enters it. As on the real server it looks
 * first and acts afterwards, so that two calls at once make two discussions.
 */
export const createDiscussion = async (
  workspace: Workspace,
  user: User,
  {prid, title, pmid, reply, users, topic}: NewDiscussion,
): Promise<Room> => {
  const {rooms, timeline, settings} = workspace;
  if (!settings.get('Discussion_enabled')) {
    throw new MeteorError('error-action-not-allowed', NOT_ALLOWED, {method});
  }
  const about = pmid ? messageOf(workspace, pmid) : undefined;
  if (about && prid && prid !== about.rid) {
    const text = 'Root message room ID does not match parent room ID';
    throw new MeteorError('error-invalid-arguments', text, {method});
  }
  const parent = parentOf(workspace, user, about?.rid ?? prid);
  const known = pmid && rooms.all().find((each) => each.prid === parent._id && each.pmid === pmid);
  if (pmid) await wait(LOOKUP);
  if (known) {
    addToRoom(workspace, user, user, known);
    return known;
  }
  const invited = [...(about ? [about.u.username] : []), ...users].filter((name) =>
    workspace.users.find(name),
  );
  const discussion = rooms.create({
    type: 'discussion',
    name: title,
    parent: parent._id,
    members: [...new Set([user.username, ...invited])],
    ...(topic && {topic}),
    ...(pmid && {pmid}),
  });
  timeline.post(user, parent, title, {discussion});
  if (reply) sendMessage(workspace, user, {rid: discussion._id, msg: reply});
  return discussion;
};
