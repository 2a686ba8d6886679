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
  usernames: string[];
  usersCount: number;
  msgs: number;
  lm?: string;
  _updatedAt: string;
}

/** Rocket.Chat's IMessage. */
export interface Message {
  readonly _id: string;
  readonly rid: string;
  readonly msg: string;
  readonly ts: string;
  readonly u: UserReference;
  readonly mentions: readonly {readonly _id: string; readonly username: string}[];
  readonly _updatedAt: string;
  /** The system messages' kind. */
  readonly t?: 'discussion-created';
  /** The discussion that a `discussion-created` message tells of. */
  readonly drid?: string;
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
  open: boolean;
  alert: boolean;
  unread: number;
  userMentions: number;
  groupMentions: number;
  /** When the user last read the room. */
  ls: string;
  _updatedAt: string;
}

/** A user's own account, as `me` answers it. */
export interface Account extends UserReference {
  readonly emails: readonly {readonly address: string; readonly verified: boolean}[];
  readonly status: UserStatus;
  readonly roles: readonly string[];
  readonly active: true;
  readonly settings: Readonly<Record<string, never>>;
}

/** A user's presence. */
export type UserStatus = 'online' | 'away' | 'busy' | 'offline';
