import type {PexipChatError} from '../errors.js';
import type {Dialect} from '../protocol/dialects.js';
import {ComposedEvent} from './composed-event.js';

export type {Dialect};

export interface PexipReadyDetail {
  readonly features: readonly string[];
  readonly dialect: Dialect;
  readonly version?: number | string;
}
export interface PexipFeaturesChangedDetail {
  readonly features: readonly string[];
  readonly version: number | string;
}
export interface PexipConnectedDetail {
  readonly conferenceAlias?: string;
}
export interface PexipDisconnectedDetail {
  /** The person clicked Leave; else the call was lost, and Web App 3 offers to rejoin. */
  readonly userInitiated: boolean;
  readonly error?: string;
  readonly errorCode?: string;
}
export interface PexipChatToggleRequestDetail {
  /** The state that is asked for. */
  readonly active: boolean;
}
/** Who opened or closed the chat: the meeting's toolbar, the page, or the chat pane. */
export type ChatToggler = 'toolbar' | 'page' | 'pane';
export interface PexipChatToggledDetail {
  readonly active: boolean;
  readonly by: ChatToggler;
}
export interface ErrorDetail {
  readonly error: PexipChatError;
}

/** The plugin has loaded; once for each time it does, so again after a restart. */
export class PexipReadyEvent extends ComposedEvent<PexipReadyDetail> {
  constructor(detail: PexipReadyDetail) {
    super('pexip-ready', detail);
  }
}

/** The plugin named its features, and they differ from those known so far. */
export class PexipFeaturesChangedEvent extends ComposedEvent<PexipFeaturesChangedDetail> {
  constructor(detail: PexipFeaturesChangedDetail) {
    super('pexip-features-changed', detail);
  }
}

/** The person has joined the meeting. */
export class PexipConnectedEvent extends ComposedEvent<PexipConnectedDetail> {
  constructor(detail: PexipConnectedDetail) {
    super('pexip-connected', detail);
  }
}

/** The person has left or lost the meeting; only ever after `pexip-connected`. */
export class PexipDisconnectedEvent extends ComposedEvent<PexipDisconnectedDetail> {
  constructor(detail: PexipDisconnectedDetail) {
    super('pexip-disconnected', detail);
  }
}

/** The Chat button was pressed. Unless cancelled, `chat` follows and the button shows it. */
export class PexipChatToggleRequestEvent extends ComposedEvent<PexipChatToggleRequestDetail> {
  constructor(detail: PexipChatToggleRequestDetail) {
    super('pexip-chat-toggle-request', detail, true);
  }
}

/** The chat was opened or closed. */
export class PexipChatToggledEvent extends ComposedEvent<PexipChatToggledDetail> {
  constructor(detail: PexipChatToggledDetail) {
    super('pexip-chat-toggled', detail);
  }
}

/** Something went wrong in the room. */
export class PexipErrorEvent extends ComposedEvent<ErrorDetail> {
  constructor(detail: ErrorDetail) {
    super('pexip-error', detail);
  }
}

export interface MeetingEventMap {
  'pexip-ready': PexipReadyEvent;
  'pexip-features-changed': PexipFeaturesChangedEvent;
  'pexip-connected': PexipConnectedEvent;
  'pexip-disconnected': PexipDisconnectedEvent;
  'pexip-chat-toggle-request': PexipChatToggleRequestEvent;
  'pexip-chat-toggled': PexipChatToggledEvent;
  'pexip-error': PexipErrorEvent;
}

declare global {
  interface HTMLElementEventMap extends MeetingEventMap {}
  interface DocumentEventMap extends MeetingEventMap {}
}
