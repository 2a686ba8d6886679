/**
 * The messages between a page and Rocket.Chat's embedded page (`?layout=embedded`).
 *
 * Sources: developer.rocket.chat, "Iframe Integration: Sending Commands" and "Iframe Events".
 */
import {
  parseRoomUnread,
  roomName,
  roomType,
  unreadCount,
  type RoomType,
  type RoomUnread,
} from './chat-room.js';
import {defined, field, identifier} from './guards.js';

/** A room as the embedded page tells of it. */
export interface EmbedRoom {
  readonly roomId: string;
  readonly name: string;
  readonly type: RoomType;
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

/** The path of the `go` command; older servers leave the embedded layout without the query. */
export const embeddedPath = (path: string): string => `/${path}?layout=embedded`;

const roomOf = (data: unknown): EmbedRoom | undefined => {
  const roomId = identifier(field(data, '_id'));
  const type = roomType(data);
  return roomId && type ? {roomId, name: roomName(data), type} : undefined;
};

// Current servers send a number; older ones also '' for none, '999+', and a bullet for an alert.
const unreadOf = (value: unknown): EmbedEvent | undefined => {
  const count =
    typeof value === 'string' && /^\d{0,4}\+?$/.test(value) ? parseInt(value || '0') : value;
  const known = value === '•' ? 0 : unreadCount(count);
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
      const unread = parseRoomUnread(value);
      const userId = identifier(field(field(value, 'u'), '_id'));
      return unread && {type: 'unread-changed-by-subscription', unread, ...defined({userId})};
    }
    case 'Custom_Script_On_Logout':
      return {type: 'logged-out'};
  }
};
