import type {PexipChatError} from '../errors.js';
import {ComposedEvent} from './composed-event.js';

/** A message of one of the user's chats. People are aliases: the `sub` that the application gives them. */
export interface WidgetMessageDetail {
  readonly id: string;
  /** Id of the chat: its room at Rocket.Chat. */
  readonly chat: string;
  /** Aliases of a direct message's people, the user's own included; empty in other rooms. */
  readonly participants: readonly string[];
  /** As it was written, in Rocket.Chat's markup: never to be used as HTML. */
  readonly text: string;
  /** By the server's clock. */
  readonly timestamp: Date;
  readonly sender: string;
}

/** The same of one that was read. */
export interface WidgetMessageReadDetail extends WidgetMessageDetail {
  /**
   * Who has read it: the user's own alias where the workspace keeps no read receipts. Not there where Rocket.Chat
   * does not say who it was, as in rooms of more than two people.
   */
  readonly reader?: string;
}

export interface WidgetTypingDetail {
  readonly userAlias: string;
  readonly chat: string;
  readonly participants: readonly string[];
}

/** The latest message of a chat. */
export interface WidgetLastMessage {
  readonly author: string;
  readonly message: string;
  readonly timestamp: Date;
}

export interface WidgetChatDetail {
  readonly chat: string;
  readonly participants: readonly string[];
  /** Not there in a chat without messages. */
  readonly lastMessage?: WidgetLastMessage;
  readonly unreadMessages: number;
  /** When the user came into it, where Rocket.Chat does not tell more; not there if neither is told. */
  readonly dateCreated?: Date;
  /** Alias; not there where Rocket.Chat does not tell it. */
  readonly createdBy?: string;
}

export interface WidgetUserDetail {
  readonly userAlias: string;
  readonly status: 'busy' | 'offline' | 'online';
}

export interface WidgetTokenDetail {
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** Somebody else has begun to write; at most once in 5 seconds for each. */
export class WidgetTypingStartedEvent extends ComposedEvent<WidgetTypingDetail> {
  constructor(detail: WidgetTypingDetail) {
    super('widget-typing-started', detail);
  }
}

/** A message of the user has arrived, wherever it was written. */
export class WidgetMessageSentEvent extends ComposedEvent<WidgetMessageDetail> {
  constructor(detail: WidgetMessageDetail) {
    super('widget-message-sent', detail);
  }
}

/** Somebody else has written to the user. */
export class WidgetMessageReceivedEvent extends ComposedEvent<WidgetMessageDetail> {
  constructor(detail: WidgetMessageDetail) {
    super('widget-message-received', detail);
  }
}

/** A message was read: the user's own by the others where the workspace keeps receipts, else one by the user. */
export class WidgetMessageReadEvent extends ComposedEvent<WidgetMessageReadDetail> {
  constructor(detail: WidgetMessageReadDetail) {
    super('widget-message-read', detail);
  }
}

/** A chat is there: each one once after sign-in, and each new one. */
export class WidgetChatLoadedEvent extends ComposedEvent<WidgetChatDetail> {
  constructor(detail: WidgetChatDetail) {
    super('widget-chat-loaded', detail);
  }
}

/** Somebody with whom the user has a direct message can be reached now. */
export class WidgetUserConnectedEvent extends ComposedEvent<WidgetUserDetail> {
  constructor(detail: WidgetUserDetail) {
    super('widget-user-connected', detail);
  }
}

/** Somebody with whom the user has a direct message is gone from all devices. */
export class WidgetUserDisconnectedEvent extends ComposedEvent<WidgetUserDetail> {
  constructor(detail: WidgetUserDetail) {
    super('widget-user-disconnected', detail);
  }
}

/** The page's access token ends soon: give another one by `updateAccessToken()`. */
export class WidgetAccessTokenIsAboutToExpireEvent extends ComposedEvent<WidgetTokenDetail> {
  constructor(detail: WidgetTokenDetail) {
    super('widget-access-token-is-about-to-expire', detail);
  }
}

/** The page's access token has ended, and there was no other in time. */
export class WidgetAccessTokenExpiredEvent extends ComposedEvent<WidgetTokenDetail> {
  constructor(detail: WidgetTokenDetail) {
    super('widget-access-token-expired', detail);
  }
}

/** The user was signed out, by `logout()` or in the settings. It is the last event. */
export class WidgetLoggedOutEvent extends ComposedEvent {
  constructor() {
    super('widget-logged-out');
  }
}

/** Something is wrong; `error.code` says what. */
export class WidgetErrorEvent extends ComposedEvent<{readonly error: PexipChatError}> {
  constructor(detail: {readonly error: PexipChatError}) {
    super('widget-error', detail);
  }
}

export interface WidgetEventMap {
  'widget-typing-started': WidgetTypingStartedEvent;
  'widget-message-sent': WidgetMessageSentEvent;
  'widget-message-received': WidgetMessageReceivedEvent;
  'widget-message-read': WidgetMessageReadEvent;
  'widget-chat-loaded': WidgetChatLoadedEvent;
  'widget-user-connected': WidgetUserConnectedEvent;
  'widget-user-disconnected': WidgetUserDisconnectedEvent;
  'widget-access-token-is-about-to-expire': WidgetAccessTokenIsAboutToExpireEvent;
  'widget-access-token-expired': WidgetAccessTokenExpiredEvent;
  'widget-logged-out': WidgetLoggedOutEvent;
  'widget-error': WidgetErrorEvent;
}

declare global {
  interface HTMLElementEventMap extends WidgetEventMap {}
  interface DocumentEventMap extends WidgetEventMap {}
}
