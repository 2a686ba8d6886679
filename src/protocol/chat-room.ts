/** A user's rooms, as Rocket.Chat's `ISubscription` and `IRoom` tell of them. */
import {parseTime} from './ddp.js';
import {field, identifier, LIMITS, text} from './guards.js';
import {list} from './list.js';

/** The kind of a room: channel, private group, direct message, or a discussion of any of them. */
export type RoomType = 'c' | 'p' | 'd' | 'discussion';

/** What counts as unread in one room. */
export interface RoomUnread {
  readonly roomId: string;
  readonly name: string;
  readonly count: number;
  /** There is something new although nothing counts, as plain messages in a channel by default. */
  readonly alert: boolean;
}

/** One user's part in one room. */
export interface Membership extends RoomUnread {
  readonly type: RoomType;
  /** The id of the subscription, by which the server tells that it has ended. */
  readonly id: string;
  /** Rocket.Chat's own path of the room, as a pane's `room` takes it. */
  readonly path: string;
  /** Its name in addresses; of a direct message the other person's username. */
  readonly slug: string;
  /** The room is in the user's list; a person may hide it there. */
  readonly listed: boolean;
  /** When the user came into the room, by the server's clock: epoch ms. */
  readonly joined: number;
  /** When it last changed, by the server's clock: epoch ms. */
  readonly updated: number;
  /** As the server told it: what a view needs beside this, still to be parsed. */
  readonly raw: unknown;
}

/** What is known of a room itself. */
export interface RoomFacts {
  readonly roomId: string;
  /** When its last message came, by the server's clock: epoch ms. */
  readonly lastMessage: number;
  readonly updated: number;
  /** The people of a direct message; Rocket.Chat does not tell those of other rooms. */
  readonly usernames: readonly string[];
  /** As the server told it: what a view needs beside this, still to be parsed. */
  readonly raw: unknown;
}

const MOST_UNREAD = 9999;
const MOST_PEOPLE = 100;
const PATHS = {c: 'channel', p: 'group', d: 'direct'} as const;

/** An id that may stand in an address. */
const roomIdOf = (value: unknown): string | undefined => {
  const id = identifier(value);
  return id && !/\p{Cs}/u.test(id) ? id : undefined;
};

/** Reads a count of messages: an integer from 0, at most 9999. */
export const unreadCount = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) >= 0
    ? Math.min(value as number, MOST_UNREAD)
    : undefined;

/** What people call a room. */
export const roomName = (data: unknown): string =>
  text(field(data, 'fname'), LIMITS.name) || text(field(data, 'name'), LIMITS.name) || '';

/** The kind of a room or subscription. */
export const roomType = (data: unknown): RoomType | undefined => {
  const kind = field(data, 't');
  if (kind !== 'c' && kind !== 'p' && kind !== 'd') return;
  return field(data, 'prid') ? 'discussion' : kind;
};

const isListed = (data: unknown): boolean =>
  field(data, 'archived') !== true && field(data, 'open') !== false;

/** Reads what is unread in the room of a subscription; `undefined` for anything else. */
export const parseRoomUnread = (data: unknown): RoomUnread | undefined => {
  const roomId = roomIdOf(field(data, 'rid'));
  const count = unreadCount(field(data, 'unread'));
  if (!roomId || count === undefined) return;
  const alert = field(data, 'alert') === true && field(data, 'unreadAlert') !== 'nothing';
  const shown = field(data, 'hideUnreadStatus') !== true && isListed(data);
  return {roomId, name: roomName(data), count: shown ? count : 0, alert: shown && alert};
};

/** Reads a subscription; `undefined` for anything else. */
export const parseMembership = (data: unknown): Membership | undefined => {
  const unread = parseRoomUnread(data);
  const type = roomType(data);
  const kind = field(data, 't') as keyof typeof PATHS;
  if (!unread || !type) return;
  const id = identifier(field(data, '_id')) ?? unread.roomId;
  const slug = identifier(field(data, 'name')) ?? '';
  // A direct message opens by its id only, and not every name can stand in a path.
  const named = kind !== 'd' && /^[^/\p{Cs}]+$/u.test(slug) && !/^\.+$/.test(slug);
  return {
    ...unread,
    id,
    type,
    slug,
    path: `${PATHS[kind]}/${named ? slug : unread.roomId}`,
    listed: isListed(data),
    joined: parseTime(field(data, 'ts')) ?? 0,
    updated: parseTime(field(data, '_updatedAt')) ?? 0,
    raw: data,
  };
};

/** Reads a room; `undefined` for anything else. */
export const parseRoomFacts = (data: unknown): RoomFacts | undefined => {
  const roomId = roomIdOf(field(data, '_id'));
  if (!roomId) return;
  const usernames = list(field(data, 't') === 'd' && field(data, 'usernames'));
  return {
    roomId,
    lastMessage: parseTime(field(data, 'lm')) ?? 0,
    updated: parseTime(field(data, '_updatedAt')) ?? 0,
    usernames: usernames.filter((name) => typeof name === 'string').slice(0, MOST_PEOPLE),
    raw: data,
  };
};
