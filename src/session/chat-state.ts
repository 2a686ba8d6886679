import type {PexipChatError} from '../errors.js';
import type {RoomType, RoomUnread} from '../protocol/chat-room.js';
import type {EmbedRoom} from '../protocol/rocket-chat-embed.js';

/** What is unread, in all and by room. */
export interface Unread {
  readonly count: number;
  /** There is something new, counted or not. */
  readonly alert: boolean;
  readonly rooms: readonly RoomUnread[];
}

export const NOTHING_UNREAD: Unread = Object.freeze({count: 0, alert: false, rooms: []});

/** A room of the user's list. */
export interface ChatRoom {
  readonly roomId: string;
  readonly name: string;
  /** What counts as unread. */
  readonly count: number;
  /** There is something new, counted or not. */
  readonly alert: boolean;
  readonly type: RoomType;
  /** Rocket.Chat's own path of it, as `open()` takes it. */
  readonly path: string;
  /** When its last message came, by the server's clock: epoch ms; 0 if that is not known. */
  readonly lastMessage: number;
}

export type ChatPhase = 'idle' | 'loading' | 'authenticating' | 'ready' | 'degraded' | 'failed';

/** Who is signed in, as far as the page's `auth` told. */
export interface ChatUser {
  readonly userId?: string;
  readonly username?: string;
}

/** One conversation, whichever view shows it. */
export interface ChatState {
  readonly phase: ChatPhase;
  readonly user: ChatUser | null;
  readonly room: EmbedRoom | null;
  readonly unread: Unread;
}

/** What has happened. Elements turn these into DOM events; nothing else does. */
export type ChatFact =
  | {readonly type: 'phase'}
  | {readonly type: 'ready' | 'logged-out'; readonly detail: null}
  | {readonly type: 'logged-in'; readonly detail: ChatUser}
  | {readonly type: 'room-opened'; readonly detail: EmbedRoom}
  | {readonly type: 'unread-changed'; readonly detail: Unread}
  | {readonly type: 'error'; readonly error: PexipChatError};
