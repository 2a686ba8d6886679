import type {Changes} from './changes.js';
import type {Markdown} from './markdown.js';
import {mentionsIn} from './mentions.js';
import {MessageStore} from './message-store.js';
import type {Message, Reaction, Room} from './model.js';
import type {PostOptions} from './post-options.js';
import {randomId} from './random.js';
import type {SettingsStore} from './settings.js';
import type {Subscriptions} from './subscriptions.js';
import {referenceOf, type User, type Users} from './users.js';

/** What a timeline works with. */
export interface TimelineParts {
  readonly users: Users;
  readonly subscriptions: Subscriptions;
  readonly settings: SettingsStore;
  readonly markdown: Markdown;
  readonly changes: Changes;
}

/** The messages of a workspace, and what is left of those that were deleted. */
export class Timeline extends MessageStore {
  readonly #parts: TimelineParts;

  constructor(parts: TimelineParts) {
    super();
    this.#parts = parts;
  }

  /** Adds a message and tells everyone. A known `_id` of the same room returns that message. */
  post(author: User, room: Room, msg: string, options: PostOptions = {}): Message {
    const {_id = randomId(), at = new Date(), discussion, ...rest} = options;
    const known = this.byId(_id);
    if (known?.rid === room._id) return known;
    const {users, settings, markdown, changes, subscriptions} = this.#parts;
    const ts = at.toISOString();
    const system = rest.t !== undefined && rest.t !== 'e2e';
    // Whoever is alone in a room has read all of it.
    const isUnread = settings.get('Message_Read_Receipt_Enabled') && room.usernames.length > 1;
    const message: Message = {
      _id,
      rid: room._id,
      msg,
      ts,
      u: referenceOf(author),
      mentions: rest.t ? [] : mentionsIn(msg, users),
      _updatedAt: ts,
      ...(!rest.t && !discussion && markdown.of(msg)),
      ...(isUnread && {unread: true}),
      ...(discussion && {t: 'discussion-created', drid: discussion._id, dcount: discussion.msgs}),
      ...rest,
    };
    this.add(message);
    room.msgs += 1;
    if (!room.lm || ts >= room.lm) {
      Object.assign(room, {lm: ts, lastMessage: message, _updatedAt: ts});
    }
    // The order of the real server: the message arrives before the unread counts that it causes.
    changes.tell({type: 'message', message, usernames: room.usernames});
    if (!system) subscriptions.take(message, room);
    changes.tell({type: 'room', room});
    if (rest.tmid) this.#answered(rest.tmid, message);
    return message;
  }

  /** Adds what was said earlier, of which nobody is told and nothing is unread. */
  addEarlier(room: Room, messages: readonly Message[]): void {
    this.addAll(room._id, messages);
    room.msgs += messages.length;
    const last = this.in(room._id).written.all.at(-1);
    if (last) Object.assign(room, {lastMessage: last, lm: last.ts});
  }

  /** Changes the text, and what depends on it, in the name of `editor`. */
  edit(
    message: Message,
    editor: User,
    msg: string,
    more: Pick<Message, 'attachments'> = {},
  ): Message {
    const {_id, username} = editor;
    const {users, markdown} = this.#parts;
    const {md: _md, ...before} = message;
    return this.#change(message, {
      ...before,
      ...more,
      msg,
      ...markdown.of(msg),
      mentions: mentionsIn(msg, users),
      editedAt: new Date().toISOString(),
      editedBy: {_id, username},
    });
  }

  /** Sets who has reacted with what. */
  react(message: Message, reactions: Readonly<Record<string, Reaction>>): Message {
    return this.#change(message, {...message, reactions});
  }

  /** Leaves an empty message of the kind `rm` behind, as `Message_ShowDeletedStatus` asks for. */
  blank(message: Message, editor: User): Message {
    const {_id, username} = editor;
    const {md: _md, ...before} = message;
    const nothing = {msg: '', mentions: [], attachments: [], reactions: {}} as const;
    const editedAt = new Date().toISOString();
    const rest = {t: 'rm', editedAt, editedBy: {_id, username}} as const;
    return this.#change(message, {...before, ...nothing, ...rest});
  }

  /** Takes a message out; its id stays in the trash. */
  remove(message: Message): void {
    this.take(message.rid, [message]);
    this.#parts.changes.tell({type: 'message-removed', message});
  }

  /** Takes many messages out at once, of which the room hears as one. */
  prune(room: Room, from: Date, until: Date, inclusive: boolean): number {
    const range = {oldest: from.toISOString(), latest: until.toISOString(), inclusive, count: 0};
    const gone = this.history(room, range);
    this.take(room._id, gone);
    this.#parts.changes.tellRoom(room._id, 'deleteMessageBulk', {
      rid: room._id,
      ts: inclusive ? {$gte: from, $lte: until} : {$gt: from, $lt: until},
      users: [],
      excludePinned: false,
      ignoreDiscussion: true,
      filesOnly: false,
      showDeletedStatus: false,
    });
    return gone.length;
  }

  /** Takes `unread` off messages, of which nobody hears; returns how many had it. */
  markRead(messages: readonly Message[]): number {
    const unread = messages.filter((message) => message.unread);
    for (const message of unread) {
      const {unread: _unread, ...read} = message;
      this.replace(message, read);
    }
    return unread.length;
  }

  /** Counts an answer in its thread's first message. */
  #answered(tmid: string, {ts, u}: Message): void {
    const first = this.byId(tmid);
    if (!first) return;
    const replies = [...new Set([...(first.replies ?? [first.u._id]), u._id])];
    const others = replies.filter((each) => each !== u._id);
    this.#parts.subscriptions.noteAnswer(first, others);
    this.#change(first, {...first, tcount: (first.tcount ?? 0) + 1, tlm: ts, replies});
  }

  #change(before: Message, after: Message): Message {
    const changed = this.replace(before, after);
    this.#parts.changes.tell({type: 'message-changed', message: changed});
    return changed;
  }
}
