/** What users do with messages, by REST or DDP alike, with the refusals of the real server. */
import {field, identifier} from '../../../src/protocol/guards.js';
import {MeteorError, OperationError} from './meteor-error.js';
import type {Message, Room} from './model.js';
import type {PostOptions} from './post-options.js';
import {withQuotes} from './quotes.js';
import type {Rooms} from './rooms.js';
import type {User} from './users.js';
import type {Workspace} from './workspace.js';

const MINUTE = 60_000;

const optional = <Name extends string>(data: unknown, name: Name): {[key in Name]?: string} => {
  const value = field(data, name);
  return typeof value === 'string' && value ? ({[name]: value} as {[key in Name]?: string}) : {};
};

/** What a client says of a message that it has encrypted: clients may claim no other kind. */
const encryptedOf = (draft: unknown): Pick<PostOptions, 'content' | 'e2e' | 't'> => {
  if (field(draft, 't') !== 'e2e') return {};
  const content = field(draft, 'content');
  const [algorithm, ciphertext] = [field(content, 'algorithm'), field(content, 'ciphertext')];
  const isWhole = typeof algorithm === 'string' && typeof ciphertext === 'string';
  return {t: 'e2e', e2e: 'pending', ...(isWhole && {content: {algorithm, ciphertext}})};
};

/** What a client may say of a message beside its text. */
const optionsOf = (draft: unknown): PostOptions => {
  const _id = identifier(field(draft, '_id'));
  const attachments = field(draft, 'attachments');
  const blocks = field(draft, 'blocks');
  const customFields = field(draft, 'customFields');
  return {
    ...(_id && {_id}),
    ...optional(draft, 'tmid'),
    ...optional(draft, 'alias'),
    ...optional(draft, 'emoji'),
    ...optional(draft, 'avatar'),
    ...encryptedOf(draft),
    ...(field(draft, 'tshow') === true && {tshow: true}),
    ...(Array.isArray(attachments) && {attachments: attachments as unknown[]}),
    ...(Array.isArray(blocks) && {blocks: blocks as unknown[]}),
    ...(typeof customFields === 'object' &&
      customFields !== null && {customFields: customFields as Record<string, unknown>}),
  };
};

/** Refuses whoever has no voice in the room, in words or in reactions. */
export const assertVoice = (rooms: Rooms, user: User, room: Room): void => {
  if (room.ro && !rooms.governs(user, room) && !room.unmuted?.includes(user.username)) {
    throw new OperationError("You can't send messages because the room is readonly.");
  }
  if (room.muted?.includes(user.username)) throw new OperationError('You_have_been_muted');
};

/** Refuses whoever may not write in the room now. */
const assertMayWrite = ({rooms}: Workspace, user: User, room: Room): void => {
  if (room.archived) throw new OperationError('room_is_archived');
  if (!rooms.readable(user, room)) throw new OperationError('error-not-allowed');
  assertVoice(rooms, user, room);
};

/** Refuses what everybody could read where the members want to be the only ones. */
const assertEncrypted = ({settings}: Workspace, room: Room, draft: unknown): void => {
  if (!room.encrypted || field(draft, 't') === 'e2e') return;
  if (settings.get('E2E_Allow_Unencrypted_Messages')) return;
  const text = 'Not allowed to send un-encrypted messages in an encrypted room';
  throw new MeteorError('error-not-allowed', text, {method: 'sendMessage'});
};

/** Refuses whoever may not post this in the room now. */
export const assertMayPost = (
  workspace: Workspace,
  user: User,
  room: Room,
  draft: unknown,
): void => {
  assertMayWrite(workspace, user, room);
  assertEncrypted(workspace, room, draft);
};

/** Sends a message. One whose `_id` is known already is answered with what is there. */
export const sendMessage = (workspace: Workspace, user: User, draft: unknown): Message => {
  const {rooms, timeline, settings} = workspace;
  const room = rooms.byId(field(draft, 'rid'));
  if (!room) throw new OperationError('error-invalid-room');
  assertMayPost(workspace, user, room, draft);
  const msg = field(draft, 'msg') ?? '';
  const options = optionsOf(draft);
  if (typeof msg !== 'string') throw new MeteorError(400, 'Match error: Expected string');
  if (!msg.trim() && !options.attachments && !options.content) {
    throw new MeteorError('error-invalid-message', 'Invalid message');
  }
  if (msg.length > settings.get('Message_MaxAllowedSize')) {
    throw new MeteorError(
      'error-message-size-exceeded',
      'Message size exceeds Message_MaxAllowedSize',
    );
  }
  if (options._id && (timeline.byId(options._id)?.rid ?? room._id) !== room._id) {
    throw new OperationError('error-not-allowed');
  }
  if (options.tmid && timeline.byId(options.tmid)?.rid !== room._id) {
    throw new MeteorError('error-invalid-message', 'Invalid thread');
  }
  const quotes = withQuotes(workspace, user, msg, options.attachments);
  return timeline.post(user, room, msg, {...options, ...quotes});
};

const late = (message: Message, minutes: number): boolean =>
  minutes > 0 && Date.now() - Date.parse(message.ts) > minutes * MINUTE;

/** Changes the text of a message. */
export const updateMessage = (
  workspace: Workspace,
  user: User,
  messageId: unknown,
  msg: unknown,
): Message => {
  const {rooms, timeline, settings} = workspace;
  const method = 'updateMessage';
  const message = timeline.byId(messageId);
  const room = rooms.byId(message?.rid);
  if (!message || !room || message.t || typeof msg !== 'string') {
    throw new MeteorError('error-action-not-allowed', 'Editing not allowed', {method});
  }
  if (!rooms.readable(user, room)) {
    throw new MeteorError('error-not-allowed', 'Not allowed', {method});
  }
  const governs = rooms.governs(user, room);
  if (!governs && (!settings.get('Message_AllowEditing') || message.u._id !== user._id)) {
    throw new MeteorError('error-action-not-allowed', 'Message editing not allowed', {
      method,
      action: 'Message_editing',
    });
  }
  if (!governs && late(message, settings.get('Message_AllowEditing_BlockEditInMinutes'))) {
    throw new MeteorError('error-message-editing-blocked', 'Message editing is blocked', {method});
  }
  // The real server keeps quiet about an edit that changes nothing.
  if (message.msg === msg) return message;
  assertMayWrite(workspace, user, room);
  const quotes = withQuotes(workspace, user, msg, message.attachments);
  return timeline.edit(message, user, msg, quotes);
};

/** Deletes a message, with or without a trace. */
export const deleteMessage = (workspace: Workspace, user: User, messageId: unknown): Message => {
  const {rooms, timeline, settings} = workspace;
  const message = timeline.byId(messageId);
  const room = rooms.byId(message?.rid);
  const details = {method: 'deleteMessage', action: 'Delete_message'};
  const refusal = new MeteorError('error-action-not-allowed', 'Not allowed', details);
  if (!message || !room || message.t === 'rm' || !rooms.readable(user, room)) throw refusal;
  const governs = rooms.governs(user, room);
  if (!governs && (!settings.get('Message_AllowDeleting') || message.u._id !== user._id)) {
    throw refusal;
  }
  if (!governs && late(message, settings.get('Message_AllowDeleting_BlockDeleteInMinutes'))) {
    throw new MeteorError('error-message-deleting-blocked', 'Message deleting is blocked', details);
  }
  if (settings.get('Message_ShowDeletedStatus')) return timeline.blank(message, user);
  timeline.remove(message);
  return message;
};

/** Adds or takes back a reaction; without `shouldReact` it does whichever is not there. */
export const setReaction = (
  workspace: Workspace,
  user: User,
  emoji: unknown,
  messageId: unknown,
  shouldReact?: unknown,
): void => {
  const {rooms, timeline} = workspace;
  const method = 'setReaction';
  const message = timeline.byId(messageId);
  const room = rooms.byId(message?.rid);
  if (!message || !room) {
    throw new MeteorError('error-not-allowed', 'Not allowed', {method});
  }
  if (!rooms.readable(user, room)) {
    throw new MeteorError('error-not-authorized', 'Not Authorized', {method});
  }
  assertVoice(rooms, user, room);
  const bare = typeof emoji === 'string' ? emoji.replaceAll(':', '') : '';
  if (!/^[\w+-]+$/.test(bare)) {
    throw new MeteorError('error-not-allowed', 'Invalid emoji provided.', {method});
  }
  const name = `:${bare}:`;
  const {[name]: present, ...others} = message.reactions ?? {};
  const before = present?.usernames ?? [];
  const reacted = before.includes(user.username);
  if (shouldReact === reacted) return;
  const usernames = reacted
    ? before.filter((each) => each !== user.username)
    : [...before, user.username];
  timeline.react(message, {...others, ...(usernames.length && {[name]: {usernames}})});
};
