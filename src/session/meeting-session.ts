import type {
  Dialect,
  PexipConnectedDetail,
  PexipDisconnectedDetail,
  PexipFeaturesChangedDetail,
  PexipReadyDetail,
} from '../events/meeting-events.js';
import {
  DOCUMENTED_FEATURES,
  HELLO_VERSION,
  type PageMessage,
  type ReceivedPluginMessage,
  type UnreadMessage,
} from '../protocol/external-chat.js';
import {Observable} from './observable.js';

export type MeetingPhase =
  'idle' | 'loading' | 'unbridged' | 'ready' | 'connected' | 'disconnected' | 'failed';

export interface MeetingState {
  readonly phase: MeetingPhase;
  readonly features: readonly string[];
  /** The wire names of the plugin, null before its first `ready`. */
  readonly dialect: Dialect | null;
  /** Known once the plugin has answered `hello`. */
  readonly version: number | string | undefined;
}

/** What has happened. Elements turn these into DOM events; nothing else does. */
export type MeetingFact =
  | {readonly type: 'phase'}
  | {readonly type: 'ready'; readonly detail: PexipReadyDetail}
  | {readonly type: 'features-changed'; readonly detail: PexipFeaturesChangedDetail}
  | {readonly type: 'connected'; readonly detail: PexipConnectedDetail}
  | {readonly type: 'disconnected'; readonly detail: PexipDisconnectedDetail}
  | {readonly type: 'toggle-chat'; readonly active: boolean}
  | UnreadMessage
  /** What it means is told by standby.ts. */
  | {readonly type: 'plugin-timeout'};

const BEFORE_READY: MeetingState = {
  phase: 'idle',
  features: [],
  dialect: null,
  version: undefined,
};

type Ready = Extract<ReceivedPluginMessage, {type: 'ready'}>;

/** Ends the dial-outs of a meeting; there is one once the page has dialled out. */
export interface DialOutSettler {
  /** Nobody can answer any more. @param restarted the plugin started again, and the meeting goes on */
  reset(restarted?: boolean): void;
}

/**
 * One meeting as the page knows it: what its plugin said, what it must be told, and what is still
 * to be answered. Knows neither frames nor elements; the page is the source of truth for the button.
 */
export class MeetingSession extends Observable<MeetingState, MeetingFact> {
  /** Hands a message to the plugin; does nothing while there is none. */
  readonly send: (message: PageMessage) => void;
  dialOuts: DialOutSettler | undefined;
  #dialect: Dialect = 'external-chat';
  #chatActive = false;
  #badge = false;
  #loads = 0;
  /** An earlier plugin told of the connection, not the one that was heard last. */
  #carried = false;
  /** What the plugin that was heard last told of joining, while an earlier connection was held. */
  #rejoined: PexipConnectedDetail | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param send also gets the dialect of the plugin that was heard last */
  constructor(send: (message: PageMessage, dialect: Dialect) => void) {
    super(BEFORE_READY);
    this.send = (message) => send(message, this.#dialect);
  }

  /** The frame was given an address. @param timeout milliseconds until `plugin-timeout` */
  start(timeout: number): void {
    this.#leave();
    this.#loads = 0;
    this.#timer = setTimeout(() => {
      this.change({type: 'phase'}, {phase: 'unbridged'});
      this.change({type: 'plugin-timeout'});
    }, timeout);
    this.change({type: 'phase'}, {...BEFORE_READY, phase: 'loading'});
  }

  /** The frame is gone, has no address yet, or can never be shown. */
  stop(phase: 'idle' | 'loading' | 'failed'): void {
    this.#leave();
    this.change({type: 'phase'}, {...BEFORE_READY, phase});
  }

  /**
   * The frame's `load` event; a second one for the same address means that Web App 3 started again.
   *
   * @param heard its plugin was quicker than the event: what it said holds
   */
  frameLoaded(heard = false): void {
    if (this.#loads++ === 0) return;
    if (!heard) return this.#disconnect({userInitiated: false});
    if (this.getState().phase !== 'connected' || !this.#carried) return;
    const rejoined = this.#rejoined;
    this.change({type: 'disconnected', detail: {userInitiated: false}}, {phase: 'ready'});
    if (rejoined) this.#connect(rejoined);
  }

  receive(message: ReceivedPluginMessage): void {
    switch (message.type) {
      case 'ready':
        return message.version === undefined
          ? this.#handleReady(message)
          : this.#handleFeatures(message.version, message.features ?? []);
      case 'connected': {
        const {type: _, ...detail} = message;
        return this.#connect(detail);
      }
      case 'disconnected': {
        const {type: _, ...detail} = message;
        return this.#disconnect(detail);
      }
    }
    return this.change(message);
  }

  /** Sets the button, now or when the plugin is there. @param echo tells it even if nothing changed */
  setChatActive(active: boolean, echo = false): void {
    if (active === this.#chatActive && !echo) return;
    this.#chatActive = active;
    if (this.#bridged) this.#sendButton();
  }

  /** Shows or hides the badge, now or when the plugin is there. */
  setBadge(visible: boolean): void {
    if (visible === this.#badge) return;
    this.#badge = visible;
    if (this.#bridged) this.#sendBadge();
  }

  get #bridged(): boolean {
    return this.getState().dialect !== null;
  }

  #handleReady({dialect = 'external-chat', features: told = ['chat']}: Ready): void {
    clearTimeout(this.#timer);
    this.dialOuts?.reset(true);
    this.#dialect = dialect;
    this.#sendButton();
    this.#sendBadge();
    this.send({type: 'hello', version: HELLO_VERSION});
    const features = dialect === 'videoconf' ? Object.freeze(told) : DOCUMENTED_FEATURES;
    // A plugin that starts again in mid-call is not told that it is in one.
    this.#carried = this.getState().phase === 'connected';
    this.#rejoined = undefined;
    const phase = this.#carried ? 'connected' : 'ready';
    this.change(
      {type: 'ready', detail: {features, dialect}},
      {phase, features, dialect, version: undefined},
    );
  }

  #connect(detail: PexipConnectedDetail): void {
    if (this.getState().phase === 'connected') {
      this.#rejoined = detail;
      return;
    }
    this.#carried = false;
    this.change({type: 'connected', detail}, {phase: 'connected'});
  }

  #handleFeatures(version: number | string, features: string[]): void {
    const known = this.getState().features;
    const differ =
      features.length !== known.length || features.some((name) => !known.includes(name));
    const detail = {features: Object.freeze(features), version};
    this.change(differ ? {type: 'features-changed', detail} : {type: 'phase'}, detail);
  }

  #sendButton(): void {
    this.send({type: 'toggle-chat-button-state', active: this.#chatActive});
  }

  #sendBadge(): void {
    this.send({type: 'toggle-chat-badge', visible: this.#badge});
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#disconnect({userInitiated: false});
  }

  #disconnect(detail: PexipDisconnectedDetail): void {
    this.dialOuts?.reset();
    if (this.getState().phase !== 'connected') return;
    this.change({type: 'disconnected', detail}, {phase: 'disconnected'});
  }
}
