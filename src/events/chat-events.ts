import type {RoomUnread} from '../protocol/chat-room.js';
import type {EmbedRoom} from '../protocol/rocket-chat-embed.js';
import {ComposedEvent} from './composed-event.js';
import type {ErrorDetail} from './meeting-events.js';

export interface RcLoggedInDetail {
  /** Known only where the page gave the credentials. */
  readonly userId?: string;
  readonly username?: string;
}
export interface RcUnreadChangedDetail {
  readonly count: number;
  /** There is something new, counted or not. */
  readonly alert: boolean;
  readonly rooms: readonly RoomUnread[];
}
export interface RcActiveRequestDetail {
  readonly active: boolean;
}

/** The conversation is shown and answers. */
export class RcReadyEvent extends ComposedEvent {
  constructor() {
    super('rc-ready');
  }
}

/** The conversation's user is signed in. */
export class RcLoggedInEvent extends ComposedEvent<RcLoggedInDetail> {
  constructor(detail: RcLoggedInDetail) {
    super('rc-logged-in', detail);
  }
}

/** The conversation's user has signed out. */
export class RcLoggedOutEvent extends ComposedEvent {
  constructor() {
    super('rc-logged-out');
  }
}

/** A room is shown. */
export class RcRoomOpenedEvent extends ComposedEvent<EmbedRoom> {
  constructor(detail: EmbedRoom) {
    super('rc-room-opened', detail);
  }
}

/** What is unread has changed. */
export class RcUnreadChangedEvent extends ComposedEvent<RcUnreadChangedDetail> {
  constructor(detail: RcUnreadChangedDetail) {
    super('rc-unread-changed', detail);
  }
}

/** The pane asks its room to open or close the chat. */
export class RcActiveRequestEvent extends ComposedEvent<RcActiveRequestDetail> {
  constructor(detail: RcActiveRequestDetail) {
    super('rc-active-request', detail);
  }
}

/** Something went wrong in the pane. */
export class RcErrorEvent extends ComposedEvent<ErrorDetail> {
  constructor(detail: ErrorDetail) {
    super('rc-error', detail);
  }
}

export interface ChatEventMap {
  'rc-ready': RcReadyEvent;
  'rc-logged-in': RcLoggedInEvent;
  'rc-logged-out': RcLoggedOutEvent;
  'rc-room-opened': RcRoomOpenedEvent;
  'rc-unread-changed': RcUnreadChangedEvent;
  'rc-active-request': RcActiveRequestEvent;
  'rc-error': RcErrorEvent;
}

declare global {
  interface HTMLElementEventMap extends ChatEventMap {}
  interface DocumentEventMap extends ChatEventMap {}
}
