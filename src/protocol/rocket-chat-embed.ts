/**
 * The messages between a page and Rocket.Chat's embedded page (`?layout=embedded`).
 *
 * Sources: developer.rocket.chat, "Iframe Integration: Sending Commands" and "Iframe Events".
 */
import {defined, field, identifier, LIMITS, text} from './guards.js';

/** The kind of a room: channel, private group, direct message, or a discussion of any of them. */
export type RoomType = 'c' | 'p' | 'd' | 'discussion';

/** A room as the embedded page tells of it. */
export interface EmbedRoom {
  readonly roomId: string;
  readonly name: string;
  readonly type: RoomType;
}

/** What counts as unread in one room. */
export interface RoomUnread {
  readonly roomId: string;
  readonly name: string;
  readonly count: number;
  /** There is something new although nothing counts, as plain messages in a channel by default. */
  readonly alert: boolean;
}

/** What the embedded page tells its parent, as far as the pane needs it. */
export type EmbedEvent =
  | {readonly type: 'startup'}
  | {readonly type: 'room-opened'; readonly room: EmbedRoom}
  | {readonly type: 'unread-changed'; readonly count: number; readonly alert: boolean}
  | {
      readonly type: 'unread-changed-by-subscription';
      readonly unread: RoomUnread;
      /** Whose subscription it is. */
      readonly userId?: string;
    }
  | {readonly type: 'logged-out'};

/** What a page can ask of the embedded page. None of these is ever answered. */
export type EmbedCommand =
  | {readonly externalCommand: 'go'; readonly path: string}
  | {readonly externalCommand: 'login-with-token'; readonly token: string}
  | {readonly externalCommand: 'logout'};

const MOST_UNREAD = 9999;

/** The path of the `go` command; older servers leave the embedded layout without the query. */
export const embeddedPath = (path: string): string => `/${path}?layout=embedded`;

const countOf = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) >= 0
    ? Math.min(value as number, MOST_UNREAD)
    : undefined;

const nameOf = (data: unknown): string =>
  text(field(data, 'fname'), LIMITS.name) || text(field(data, 'name'), LIMITS.name) || '';

const roomOf = (data: unknown): EmbedRoom | undefined => {
  const roomId = identifier(field(data, '_id'));
  const kind = field(data, 't');
  if (!roomId || (kind !== 'c' && kind !== 'p' && kind !== 'd')) return;
  return {roomId, name: nameOf(data), type: field(data, 'prid') ? 'discussion' : kind};
};

const subscriptionOf = (data: unknown): RoomUnread | undefined => {
  const roomId = identifier(field(data, 'rid'));
  const count = countOf(field(data, 'unread'));
  if (!roomId || count === undefined) return;
  const alert = field(data, 'alert') === true && field(data, 'unreadAlert') !== 'nothing';
  const shown =
    field(data, 'hideUnreadStatus') !== true &&
    field(data, 'archived') !== true &&
    field(data, 'open') !== false;
  return {roomId, name: nameOf(data), count: shown ? count : 0, alert: shown && alert};
};

// Current servers send a number; older ones also '' for none, '999+', and a bullet for an alert.
const unreadOf = (value: unknown): EmbedEvent | undefined => {
  const count =
    typeof value === 'string' && /^\d{0,4}\+?$/.test(value) ? parseInt(value || '0') : value;
  const known = value === '•' ? 0 : countOf(count);
  return known === undefined
    ? undefined
    : {type: 'unread-changed', count: known, alert: value === '•'};
};

/**
 * Reads a message of the embedded page.
 *
 * @returns a fresh object with just the known fields, or `undefined` for anything else
 */
export const parseEmbedEvent = (data: unknown): EmbedEvent | undefined => {
  const value = field(data, 'data');
  switch (field(data, 'eventName')) {
    case 'startup':
      return {type: 'startup'};
    case 'room-opened': {
      const room = roomOf(value);
      return room && {type: 'room-opened', room};
    }
    case 'unread-changed':
      return unreadOf(value);
    case 'unread-changed-by-subscription': {
      const unread = subscriptionOf(value);
      const userId = identifier(field(field(value, 'u'), '_id'));
      return unread && {type: 'unread-changed-by-subscription', unread, ...defined({userId})};
    }
    case 'Custom_Script_On_Logout':
      return {type: 'logged-out'};
  }
};
