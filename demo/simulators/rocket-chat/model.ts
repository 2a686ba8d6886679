/**
 * What Rocket.Chat sends over the wire, as far as the simulator has it. Dates are ISO 8601 strings,
 * as in the REST API. Field names: `@rocket.chat/core-typings`.
 */

/** Channel, private group, direct message. A discussion is one of these with `prid`. */
export type RoomKind = 'c' | 'p' | 'd';

/** The short form of a user that stands in messages and rooms. */
export interface UserReference {
  readonly _id: string;
  readonly username: string;
  readonly name: string;
}

/** Rocket.Chat's IRoom. */
export interface Room {
  readonly _id: string;
  readonly t: RoomKind;
  readonly name?: string;
  readonly fname?: string;
  /** The room a discussion hangs off. */
  readonly prid?: string;
  /** The message a discussion is about. */
  readonly pmid?: string;
  readonly topic?: string;
  readonly u: UserReference;
  readonly ts: string;
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** Of direct messages: the ids of the users. */
  readonly uids?: readonly string[];
  usernames: string[];
  usersCount: number;
  msgs: number;
  /** Only the owner and administrators may write. */
  ro: boolean;
  archived?: boolean;
  lm?: string;
  lastMessage?: Message;
  _updatedAt: string;
}

/** The system messages' kinds that the simulator writes: joined, left, added, removed, deleted, … */
export type MessageType = 'au' | 'discussion-created' | 'rm' | 'ru' | 'uj' | 'ul' | 'videoconf';

/** Who has reacted with an emoji. */
export interface Reaction {
  readonly usernames: readonly string[];
}

/** Rocket.Chat's IMessage. A change of a message is a new object with the same `_id`. */
export interface Message {
  readonly _id: string;
  readonly rid: string;
  readonly msg: string;
  readonly ts: string;
  readonly u: UserReference;
  readonly mentions: readonly {readonly _id: string; readonly username: string}[];
  readonly _updatedAt: string;
  readonly t?: MessageType;
  /** The discussion that a `discussion-created` message tells of. */
  readonly drid?: string;
  readonly editedAt?: string;
  readonly editedBy?: {readonly _id: string; readonly username: string};
  /** By emoji, colons included. */
  readonly reactions?: Readonly<Record<string, Reaction>>;
  /** The message whose thread this one is in. */
  readonly tmid?: string;
  readonly tshow?: boolean;
  /** Of a thread's first message: its answers, the latest one's time, and who follows. */
  readonly tcount?: number;
  readonly tlm?: string;
  readonly replies?: readonly string[];
  /** Of a discussion's first message: how many messages the discussion has. */
  readonly dcount?: number;
  readonly alias?: string;
  readonly emoji?: string;
  readonly avatar?: string;
  readonly attachments?: readonly unknown[];
  readonly blocks?: readonly unknown[];
  readonly customFields?: Readonly<Record<string, unknown>>;
  readonly file?: FileReference;
  readonly files?: readonly FileReference[];
}

/** The file of a message. */
export interface FileReference {
  readonly _id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** What stays of a deleted document, for whoever syncs. */
export interface Deleted {
  readonly _id: string;
  readonly rid: string;
  readonly _deletedAt: string;
}

/** Rocket.Chat's ISubscription: one user's view of one room. */
export interface Subscription {
  readonly _id: string;
  readonly rid: string;
  readonly u: UserReference;
  readonly t: RoomKind;
  readonly name: string;
  readonly fname: string;
  readonly prid?: string;
  readonly ts: string;
  readonly roles?: readonly string[];
  open: boolean;
  alert: boolean;
  unread: number;
  userMentions: number;
  groupMentions: number;
  archived?: boolean;
  /** When the user last read the room. */
  ls: string;
  _updatedAt: string;
}

/** A user's own account, as `me` answers it. */
export interface Account extends UserReference {
  readonly emails: readonly {readonly address: string; readonly verified: boolean}[];
  readonly status: UserStatus;
  readonly statusText: string;
  readonly utcOffset: number;
  readonly roles: readonly string[];
  readonly active: boolean;
  readonly type: 'user';
  readonly createdAt: string;
  readonly _updatedAt: string;
  readonly customFields?: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, never>>;
}

/** A user's presence. */
export type UserStatus = 'online' | 'away' | 'busy' | 'offline';

/** Every presence, in the order of the numbers that streams tell them by. */
export const STATUSES: readonly UserStatus[] = ['offline', 'online', 'away', 'busy'];
