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
  readonly topic?: string;
  readonly u: UserReference;
  readonly ts: string;
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** Of direct messages: the ids of the users. */
  readonly uids?: readonly string[];
  usernames: string[];
  usersCount: number;
  msgs: number;
  /** Only the owner, administrators and whoever is in `unmuted` may write. */
  ro: boolean;
  /** The usernames of whoever may not write. */
  muted?: readonly string[];
  unmuted?: readonly string[];
  /** Whether messages are encrypted by the clients. */
  encrypted?: boolean;
  archived?: boolean;
  lm?: string;
  lastMessage?: Message;
  _updatedAt: string;
}

/**
 * The kinds of the system messages that the simulator writes (joined, left, added, removed, deleted,
 * …), and `e2e` of encrypted ones.
 */
export type MessageType =
  | 'au'
  | 'discussion-created'
  | 'e2e'
  | 'rm'
  | 'room_e2e_disabled'
  | 'room_e2e_enabled'
  | 'room-removed-read-only'
  | 'room-set-read-only'
  | 'ru'
  | 'uj'
  | 'ul'
  | 'user-muted'
  | 'user-unmuted'
  | 'videoconf';

/** What an encrypted message says to whoever has the key. */
export interface EncryptedContent {
  readonly algorithm: string;
  readonly ciphertext: string;
}

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
  /** The parsed tree of `msg`, by `@rocket.chat/message-parser`. */
  readonly md?: readonly unknown[];
  readonly mentions: readonly {readonly _id: string; readonly username: string}[];
  readonly _updatedAt: string;
  /** With `Message_Read_Receipt_Enabled`: some member has not read it yet. */
  readonly unread?: boolean;
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
  /** Of an encrypted message, whose `msg` is no text. */
  readonly content?: EncryptedContent;
  readonly e2e?: 'pending' | 'done';
}

/** The file of a message. */
export interface FileReference {
  readonly _id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** The end of its name, such as `pdf`. */
  readonly format?: string;
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
  encrypted?: boolean;
  /** The first messages of the threads that the user follows and has not read. */
  tunread?: readonly string[];
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
