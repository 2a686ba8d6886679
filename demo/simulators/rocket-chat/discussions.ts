import {assertVoice, sendMessage} from './message-actions.js';
import {MeteorError, OperationError} from './meteor-error.js';
import type {Message, Room} from './model.js';
import {KIND_PATHS} from './room-paths.js';
import type {User} from './users.js';
import type {Workspace} from './workspace.js';

/** What makes a discussion. */
export interface NewDiscussion {
  /** The room it hangs off. */
  readonly prid: string | undefined;
  readonly title: string;
  /** The message it is about. */
  readonly pmid?: string | undefined;
  /** The first message of the discussion. */
  readonly reply?: string | undefined;
  /** The usernames of further members. */
  readonly users: readonly string[];
  readonly topic?: string | undefined;
}

const method = 'createDiscussion';

const NOT_ALLOWED = 'You are not allowed to create a discussion';

const messageOf = ({timeline, rooms}: Workspace, pmid: string): Message => {
  const message = timeline.byId(pmid);
  if (!message || !rooms.byId(message.rid)) {
    throw new MeteorError('error-invalid-message', 'Invalid message', {method});
  }
  return message;
};

/** The room, if the user may write there: the real server tells of it as it tells of a message. */
const parentOf = ({rooms}: Workspace, user: User, prid: string | undefined): Room => {
  const parent = rooms.byId(prid);
  if (!parent) throw new MeteorError('error-invalid-room');
  if (!rooms.readable(user, parent)) throw new MeteorError('error-not-allowed');
  try {
    assertVoice(rooms, user, parent);
  } catch (error) {
    throw error instanceof OperationError ? new MeteorError(error.message) : error;
  }
  if (parent.prid) {
    throw new MeteorError('error-nested-discussion', 'Cannot create nested discussions', {method});
  }
  return parent;
};

/** The quote of the message that a discussion is about (`attachMessage`). */
const quoteOf = ({_id, msg, u, ts, attachments}: Message, room: Room): object => ({
  text: msg,
  author_name: u.username,
  author_icon: `/avatar/${encodeURIComponent(u.username)}`,
  message_link: `/${KIND_PATHS[room.t]}/${room.name ?? room._id}?msg=${_id}`,
  ...(attachments && {attachments}),
  ts,
});

/**
 * Makes a discussion. The real server looks for an earlier one of the same message by a field that it
 * gives to no room, so that each call makes another one.
 *
 * Source: app/discussion/server/methods/createDiscussion.ts f8afb191, attachMessage.ts 045982c8.
 */
export const createDiscussion = (
  workspace: Workspace,
  user: User,
  {prid, title, pmid, reply, users, topic}: NewDiscussion,
): Room => {
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
  const invited = [...(about ? [about.u.username] : []), ...users].filter((name) =>
    workspace.users.find(name),
  );
  const discussion = rooms.create({
    type: 'discussion',
    name: title,
    parent: parent._id,
    members: [...new Set([user.username, ...invited])],
    ...(topic && {topic}),
  });
  const quote = about && {attachments: [quoteOf(about, parent)]};
  if (quote) timeline.post(user, discussion, '', quote);
  timeline.post(user, parent, title, {discussion, ...quote});
  if (reply) sendMessage(workspace, user, {rid: discussion._id, msg: reply});
  return discussion;
};
