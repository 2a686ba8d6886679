import type {PexipChatError} from '../errors.js';
import type {ChatMessage} from '../protocol/chat-message.js';
import type {DdpChange} from '../transport/ddp-connection.js';
import type {SocketStatus} from '../transport/ddp-socket.js';
import {NOTHING_UNREAD, type ChatRoom, type ChatUser, type Unread} from './chat-state.js';

/** What the live client knows. */
export interface LiveState {
  readonly status: SocketStatus;
  readonly user: ChatUser | null;
  /** The rooms were told at least once, so that `rooms` and `unread` are right. */
  readonly known: boolean;
  readonly rooms: readonly ChatRoom[];
  readonly unread: Unread;
}

export const BEFORE_LIVE: LiveState = {
  status: 'connecting',
  user: null,
  known: false,
  rooms: Object.freeze([]),
  unread: NOTHING_UNREAD,
};

/** A message as it is told to the page. */
export interface MessageDetail {
  readonly id: string;
  readonly roomId: string;
  /** The usernames of a direct message's people; empty in other rooms, whose people are not told. */
  readonly participants: readonly string[];
  /** As it was written, in Rocket.Chat's own markup: never to be used as HTML. */
  readonly text: string;
  /** By the server's clock. */
  readonly timestamp: Date;
  /** Username. */
  readonly sender: string;
}

/** A change of a message. */
export interface MessageChange {
  readonly id: string;
  readonly roomId: string;
  readonly change: 'edited' | 'deleted';
  /** The new text of one that was edited. */
  readonly text?: string;
}

/** What a view needs that shows messages itself. */
export type SeenFact =
  /** A message as it is now, in the order of its room. */
  | {readonly type: 'put'; readonly message: ChatMessage}
  /** What the server has told of itself, before it is looked at. */
  | {readonly type: 'heard'; readonly change: DdpChange};

/** What has happened. */
export type LiveFact =
  | {readonly type: 'connection-changed'; readonly detail: {readonly status: SocketStatus}}
  | {readonly type: 'rooms'}
  | SeenFact
  | {readonly type: 'message-received' | 'message-sent'; readonly detail: MessageDetail}
  | {readonly type: 'message-changed'; readonly detail: MessageChange}
  /** `replaced`: the token of before was refused. */
  | {readonly type: 'signed-in'; readonly replaced: boolean}
  /** The user has signed out. */
  | {readonly type: 'logged-out'}
  /** The server takes no token of the user any more. */
  | {readonly type: 'signed-out'; readonly error: PexipChatError};
