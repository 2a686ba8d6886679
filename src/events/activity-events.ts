import type {RcMessageDetail} from './message-events.js';
import {ComposedEvent} from './composed-event.js';

/** Somebody writes. */
export interface RcTypingStartedDetail {
  readonly roomId: string;
  /** As the workspace tells it: username, or the name if it uses real names. */
  readonly user: string;
  /** The usernames of a direct message's people; empty in other rooms. */
  readonly participants: readonly string[];
}

/** Somebody can be reached, or no longer. */
export interface RcPresenceDetail {
  /** Username. */
  readonly user: string;
  readonly status: 'online' | 'away' | 'busy' | 'offline';
}

/** A message was read. */
export interface RcMessageReadDetail extends RcMessageDetail {
  /** Username; empty where the workspace does not tell who. */
  readonly reader: string;
}

/** Somebody has begun to write in the room that is shown; at most once in 5 seconds for each. */
export class RcTypingStartedEvent extends ComposedEvent<RcTypingStartedDetail> {
  constructor(detail: RcTypingStartedDetail) {
    super('rc-typing-started', detail);
  }
}

/** The other person of the direct message that is shown is there, or no longer. */
export class RcPresenceChangedEvent extends ComposedEvent<RcPresenceDetail> {
  constructor(detail: RcPresenceDetail) {
    super('rc-presence-changed', detail);
  }
}

/**
 * A message was read: one of others by the user, and one of the user by the others where the workspace
 * keeps read receipts.
 */
export class RcMessageReadEvent extends ComposedEvent<RcMessageReadDetail> {
  constructor(detail: RcMessageReadDetail) {
    super('rc-message-read', detail);
  }
}

export interface ActivityEventMap {
  'rc-typing-started': RcTypingStartedEvent;
  'rc-presence-changed': RcPresenceChangedEvent;
  'rc-message-read': RcMessageReadEvent;
}

declare global {
  interface HTMLElementEventMap extends ActivityEventMap {}
  interface DocumentEventMap extends ActivityEventMap {}
}
