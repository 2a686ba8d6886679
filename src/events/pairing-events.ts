import {ComposedEvent} from './composed-event.js';

export interface RcPaneConnectDetail {
  /** The pane itself: behind a closed shadow root the event's target would be its host. */
  readonly pane: HTMLElement;
  /**
   * Called by the room that takes the pane, once. `signal` aborts when the room lets go.
   *
   * @returns a signal that aborts when the pane goes
   */
  readonly accept: (room: HTMLElement, signal: AbortSignal) => AbortSignal | void;
}

/** A chat pane looks for its room. The room that accepts stops the event. */
export class RcPaneConnectEvent extends ComposedEvent<RcPaneConnectDetail> {
  constructor(detail: RcPaneConnectDetail) {
    super('rc-pane-connect', detail);
  }
}

/** A room has come, or has another id: panes without a room announce themselves again. */
export class PexipRoomConnectEvent extends ComposedEvent {
  constructor() {
    super('pexip-room-connect');
  }
}

/** The room has another `broker` or `accessToken`, which its panes read; the event has neither. */
export class PexipBrokerChangedEvent extends ComposedEvent {
  constructor() {
    super('pexip-broker-changed');
  }
}

export interface PairingEventMap {
  'rc-pane-connect': RcPaneConnectEvent;
  'pexip-room-connect': PexipRoomConnectEvent;
  'pexip-broker-changed': PexipBrokerChangedEvent;
}

declare global {
  interface HTMLElementEventMap extends PairingEventMap {}
  interface DocumentEventMap extends PairingEventMap {}
}
