import type {Surface} from '../protocol/credentials.js';
import {ComposedEvent} from './composed-event.js';

export interface RcMessageDetail {
  readonly id: string;
  readonly roomId: string;
  /** Usernames of a direct message's people; empty in other rooms, whose people are not told. */
  readonly participants: readonly string[];
  /** As it was written, in Rocket.Chat's markup: never to be used as HTML. */
  readonly text: string;
  /** By the server's clock. */
  readonly timestamp: Date;
  /** Username. */
  readonly sender: string;
}
export interface RcMessageChangedDetail {
  readonly id: string;
  readonly roomId: string;
  readonly change: 'edited' | 'deleted';
  /** The new text of a message that was edited. */
  readonly text?: string;
}
export interface RcConnectionChangedDetail {
  readonly status: 'connecting' | 'live' | 'recovering' | 'offline';
}
export interface RcTokenDetail {
  /** Where the token is used. */
  readonly surface: Surface;
  /** ISO 8601. */
  readonly expiresAt?: string;
}

/** Somebody else has written in one of the user's rooms. */
export class RcMessageReceivedEvent extends ComposedEvent<RcMessageDetail> {
  constructor(detail: RcMessageDetail) {
    super('rc-message-received', detail);
  }
}

/** A message of the user has arrived, wherever it was written. */
export class RcMessageSentEvent extends ComposedEvent<RcMessageDetail> {
  constructor(detail: RcMessageDetail) {
    super('rc-message-sent', detail);
  }
}

/** A message was edited or deleted. */
export class RcMessageChangedEvent extends ComposedEvent<RcMessageChangedDetail> {
  constructor(detail: RcMessageChangedDetail) {
    super('rc-message-changed', detail);
  }
}

/** The live connection with Rocket.Chat is another way now. */
export class RcConnectionChangedEvent extends ComposedEvent<RcConnectionChangedDetail> {
  constructor(detail: RcConnectionChangedDetail) {
    super('rc-connection-changed', detail);
  }
}

/** A token is about to end; another one is being asked for. */
export class RcTokenExpiringEvent extends ComposedEvent<RcTokenDetail> {
  constructor(detail: RcTokenDetail) {
    super('rc-token-expiring', detail);
  }
}

/** A token has ended, and there is no other: the user has to sign in again. */
export class RcTokenExpiredEvent extends ComposedEvent<RcTokenDetail> {
  constructor(detail: RcTokenDetail) {
    super('rc-token-expired', detail);
  }
}

export interface MessageEventMap {
  'rc-message-received': RcMessageReceivedEvent;
  'rc-message-sent': RcMessageSentEvent;
  'rc-message-changed': RcMessageChangedEvent;
  'rc-connection-changed': RcConnectionChangedEvent;
  'rc-token-expiring': RcTokenExpiringEvent;
  'rc-token-expired': RcTokenExpiredEvent;
}

declare global {
  interface HTMLElementEventMap extends MessageEventMap {}
  interface DocumentEventMap extends MessageEventMap {}
}
