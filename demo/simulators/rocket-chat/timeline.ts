import type {Changes} from './changes.js';
import {mentionsIn} from './mentions.js';
import type {Deleted, FileReference, Message, MessageType, Reaction, Room} from './model.js';
import {randomId} from './random.js';
import type {Subscriptions} from './subscriptions.js';
import {referenceOf, type User, type Users} from './users.js';

/** What a message may have beside its text. */
export interface PostOptions {
  /** The client's own id: posting it again changes nothing. */
  readonly _id?: string;
  /** Default: now. */
  readonly at?: Date;
  /** The discussion that the message announces. */
  readonly discussion?: Room;
  /** The kind of a system message. */
  readonly t?: MessageType;
  readonly tmid?: string;
  readonly tshow?: boolean;
  readonly alias?: string;
  readonly emoji?: string;
  readonly avatar?: string;
  readonly attachments?: readonly unknown[];
  readonly blocks?: readonly unknown[];
  readonly customFields?: Readonly<Record<string, unknown>>;
  readonly file?: FileReference;
  readonly files?: readonly FileReference[];
}

/** The part of a room's history that is asked for. */
export interface HistoryRange {
  readonly latest?: string | undefined;
  readonly oldest?: string | undefined;
  readonly inclusive?: boolean;
  readonly offset?: number;
  readonly count?: number;
}

/** Messages in a file. */
export interface StoredTimeline {
  readonly messages: Message[];
  readonly trash: Deleted[];
}

/** The messages of a workspace, and what is left of those that were deleted. */
export class Timeline {
  readonly #users: Users;
  readonly #subscriptions: Subscriptions;
  readonly #changes: Changes;
  #all: Message[] = [];
  #trash: Deleted[] = [];

  constructor(users: Users, subscriptions: Subscriptions, changes: Changes) {
    this.#users = users;
    this.#subscriptions = subscriptions;
    this.#changes = changes;
  }

  /** Adds a message and tells everyone. A known `_id` of the same room returns that message. */
  post(author: User, room: Room, msg: string, options: PostOptions = {}): Message {
    const {_id = randomId(), at = new Date(), discussion, ...rest} = options;
    const known = this.of(room).find((each) => each._id === _id);
    if (known) return known;
    const ts = at.toISOString();
    const message: Message = {
      _id,
      rid: room._id,
      msg,
      ts,
      u: referenceOf(author),
      mentions: rest.t ? [] : mentionsIn(msg, this.#users),
      _updatedAt: ts,
      ...(discussion && {t: 'discussion-created', drid: discussion._id, dcount: discussion.msgs}),
      ...rest,
    };
    this.#all.push(message);
    room.msgs += 1;
    room.lm = ts;
    room.lastMessage = message;
    room._updatedAt = ts;
    // The order of the real server: the message arrives before the unread counts that it causes.
    this.#changes.tell({type: 'message', message, usernames: room.usernames});
    if (!rest.t) this.#subscriptions.take(message, room);
    this.#changes.tell({type: 'room', room});
    if (rest.tmid) this.#answered(rest.tmid, message);
    return message;
  }

  byId(_id: unknown): Message | undefined {
    return this.#all.find((each) => each._id === _id);
  }

  /** Changes the text, in the name of `editor`. */
  edit(message: Message, editor: User, msg: string): Message {
    const {_id, username} = editor;
    return this.#change(message, {
      msg,
      mentions: mentionsIn(msg, this.#users),
      editedAt: new Date().toISOString(),
      editedBy: {_id, username},
    });
  }

  /** Sets who has reacted with what. */
  react(message: Message, reactions: Readonly<Record<string, Reaction>>): Message {
    return this.#change(message, {reactions});
  }

  /** Leaves an empty message of the kind `rm` behind, as `Message_ShowDeletedStatus` asks for. */
  blank(message: Message, editor: User): Message {
    const {_id, username} = editor;
    const nothing = {msg: '', mentions: [], attachments: [], reactions: {}} as const;
    const editedAt = new Date().toISOString();
    return this.#change(message, {...nothing, t: 'rm', editedAt, editedBy: {_id, username}});
  }

  /** Takes a message out; its id stays in the trash. */
  remove(message: Message): void {
    const {_id, rid} = message;
    this.#all = this.#all.filter((each) => each._id !== _id);
    this.#trash.push({_id, rid, _deletedAt: new Date().toISOString()});
    this.#changes.tell({type: 'message-removed', message});
  }

  /** Takes many messages out at once, of which the room hears as one. */
  prune(room: Room, from: Date, until: Date, inclusive: boolean): number {
    const [first, last] = [from.toISOString(), until.toISOString()];
    const gone = this.of(room).filter(({ts}) =>
      inclusive ? ts >= first && ts <= last : ts > first && ts < last,
    );
    const _deletedAt = new Date().toISOString();
    this.#all = this.#all.filter((each) => !gone.includes(each));
    this.#trash.push(...gone.map(({_id, rid}) => ({_id, rid, _deletedAt})));
    this.#changes.tellRoom(room._id, 'deleteMessageBulk', {
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

  /** The messages of a room, oldest first. */
  of(room: Room): Message[] {
    return this.#all.filter(({rid}) => rid === room._id);
  }

  /** What is left of a room's deleted messages, oldest deletion first. */
  trashOf(room: Room): Deleted[] {
    return this.#trash.filter(({rid}) => rid === room._id);
  }

  /** A page of a room's history, newest first. Dates are ISO 8601. */
  history(room: Room, range: HistoryRange = {}): Message[] {
    const {latest, oldest, inclusive = false, offset = 0, count = 20} = range;
    return this.of(room)
      .filter(({ts}) => !latest || ts < latest || (inclusive && ts === latest))
      .filter(({ts}) => !oldest || ts > oldest || (inclusive && ts === oldest))
      .reverse()
      .slice(offset, count > 0 ? offset + count : undefined);
  }

  /** All of it, as a file can hold it. */
  dump(): StoredTimeline {
    return {messages: this.#all, trash: this.#trash};
  }

  /** Puts what was stored in the place of all that there is. */
  load(stored: StoredTimeline): void {
    this.#all = stored.messages;
    this.#trash = stored.trash;
  }

  snapshot(): () => void {
    const kept = structuredClone(this.dump());
    return () => {
      this.load(structuredClone(kept));
    };
  }

  /** Counts an answer in its thread's first message. */
  #answered(tmid: string, {ts, u}: Message): void {
    const first = this.byId(tmid);
    if (!first) return;
    const replies = [...new Set([...(first.replies ?? [first.u._id]), u._id])];
    this.#change(first, {tcount: (first.tcount ?? 0) + 1, tlm: ts, replies});
  }

  #change(message: Message, fields: Partial<Message>): Message {
    const changed = {...message, ...fields, _updatedAt: new Date().toISOString()};
    this.#all = this.#all.map((each) => (each._id === message._id ? changed : each));
    this.#changes.tell({type: 'message-changed', message: changed});
    return changed;
  }
}
