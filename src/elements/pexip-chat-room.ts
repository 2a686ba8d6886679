import type {PropertyDeclarations, PropertyValues} from 'lit';

import type {FrameSight} from '../controllers/frame-controller.js';
import {RoomPairingController} from '../controllers/room-pairing-controller.js';
import {UnreadBadgeController} from '../controllers/unread-badge-controller.js';
import {PexipChatError} from '../errors.js';
import type {RcActiveRequestEvent} from '../events/chat-events.js';
import * as events from '../events/meeting-events.js';
import {PexipBrokerChangedEvent} from '../events/pairing-events.js';
import type {DialRequest} from '../protocol/dial-request.js';
import {DIAL_OUT_TIMEOUT} from '../protocol/external-chat.js';
import {copyOf} from '../protocol/guards.js';
import type {Participant, SelfState} from '../protocol/roster.js';
import {loadPart} from '../parts/load-part.js';
import {joinAddress, meetingAddress} from '../protocol/web-app3-url.js';
import type {DialOutResult} from '../session/dial-call.js';
import {DIAL_OUT_LIMITS, type DialOutLimits} from '../session/dial-limits.js';
import type {MeetingFact, MeetingPhase} from '../session/meeting-session.js';
import type {AccessToken} from '../transport/broker-client.js';
import {attributeError} from './attribute-errors.js';
import type {MeetingServer} from './broker.js';
import {ChatSide} from './chat-side.js';
import {diagnosis, type Diagnosing, type Diagnosis} from './diagnosis.js';
import {make} from './dom.js';
import {factEvents} from './fact-events.js';
import {frameViewStyles} from './frame-view.styles.js';
import {FramedElement} from './framed-element.js';
import {roomStyles} from './pexip-chat-room.styles.js';
import type {Standby} from './standby.js';
import type {Language, Strings} from './strings/strings.js';
import {CONTROLS, type MeetingControls} from './meeting-controls.js';
import {MeetingView} from './views/meeting-view.js';

/** What {@link PexipChatRoomElement.diagnose} tells; nothing in it is secret. */
export interface RoomDiagnosis extends Diagnosis, FrameSight {
  readonly state: MeetingPhase;
  readonly dialect: events.Dialect | null;
  /** Of the plugin, if it has answered `hello`. */
  readonly version: number | string | undefined;
  readonly features: readonly string[];
  /** Origin of the window that is bound, `"null"` if opaque. */
  readonly pluginOrigin: string | undefined;
}

const PLUGIN_TIMEOUT = 30_000;
const LOADING: readonly (string | null)[] = [null, '', 'eager', 'lazy', 'click'];

const eventOf = factEvents<MeetingFact>({
  ready: events.PexipReadyEvent,
  'features-changed': events.PexipFeaturesChangedEvent,
  connected: events.PexipConnectedEvent,
  disconnected: events.PexipDisconnectedEvent,
});

/**
 * A Pexip meeting: Web App 3 in a frame, in conversation with the `external-chat` plugin inside it.
 *
 * @summary Shows a Pexip meeting and keeps its Chat button, badge and state in step with the page.
 * @tag pexip-chat-room
 *
 * @slot - The chat, beside the meeting; the same as `chat`.
 * @slot chat - The chat, beside the meeting.
 * @slot loading - Shown behind the frame until the meeting has painted.
 * @slot notice - Shown above a meeting that works without its Chat button.
 * @slot error - Shown instead of a meeting that cannot be shown.
 *
 * @fires {PexipReadyEvent} pexip-ready - The plugin has loaded, before anybody joins; again after
 * each restart of it.
 * @fires {PexipFeaturesChangedEvent} pexip-features-changed - The plugin answered `hello` with other
 * features than were known, as ours does.
 * @fires {PexipConnectedEvent} pexip-connected - The person has joined. Only our plugin tells the
 * alias.
 * @fires {PexipDisconnectedEvent} pexip-disconnected - The person has left or lost the meeting. Only
 * after `pexip-connected`. Also when Web App 3 starts again in the frame, when another meeting is
 * loaded, and when the element is removed.
 * @fires {PexipChatToggleRequestEvent} pexip-chat-toggle-request - Somebody pressed a Chat button.
 * Unless cancelled, `chat` follows and the button shows it.
 * @fires {PexipChatToggledEvent} pexip-chat-toggled - The chat was opened or closed.
 * @fires {PexipDialOutRequestEvent} pexip-dial-out-request - Somebody is about to be dialled; `preventDefault()` refuses it.
 * @fires {PexipDialOutSucceededEvent} pexip-dial-out-succeeded - The dialled participant has joined.
 * @fires {PexipDialOutFailedEvent} pexip-dial-out-failed - A dial-out ended without a participant.
 * After an abort `code` is the name of the signal's reason, as `AbortError`.
 * @fires {PexipRosterChangedEvent} pexip-roster-changed - Somebody came, left or changed; tells
 * everybody. Empty once the meeting has ended, and for a moment when the plugin starts again.
 * @fires {PexipSelfChangedEvent} pexip-self-changed - The person in the frame was muted, made a host,
 * or has changed otherwise.
 * @fires {PexipParticipantsToggleRequestEvent} pexip-participants-toggle-request - Somebody pressed
 * the meeting's Participants button. The page shows its panel, or not, and calls
 * `setParticipantsActive()`.
 * @fires {PexipErrorEvent} pexip-error - Something is wrong; `error.code` says what.
 * @fires {PexipBrokerChangedEvent} pexip-broker-changed - `broker` or `accessToken` is another, which
 * panes without their own read from the room. The event has neither.
 * @fires {PexipRoomConnectEvent} pexip-room-connect - The room has come, or has another `id`: panes
 * without a room announce themselves again.
 *
 * @csspart frame - The meeting's frame.
 * @csspart chat - The side with the chat.
 * @csspart toolbar - The element's own chat button, while the state is `unbridged`.
 * @csspart notice - The notice above the meeting.
 * @csspart error - The error in the place of the meeting.
 *
 * @cssprop [--pexip-chat-room-chat-width=22rem] - Width of the chat beside the meeting.
 *
 * @cssstate idle - `room` is missing, or `node` with no `broker` to name it, or `loading` lets the
 * meeting wait.
 * @cssstate loading - The broker has not named the node yet; or the frame has an address, and the
 * plugin was not heard yet.
 * @cssstate unbridged - No plugin was heard within `plugin-timeout`. The meeting stays usable; a
 * notice stands above it and, with a pane in its slot, a chat button of the element's own. A plugin
 * that comes later still counts.
 * @cssstate ready - The plugin has loaded; the person has not joined.
 * @cssstate connected - The person is in the meeting. A restart of the plugin keeps this.
 * @cssstate disconnected - The person has left or lost the meeting. The frame stays.
 * @cssstate failed - An attribute is wrong, a URL is refused, or the broker named no node.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- its loop makes what the interface below declares
export class PexipChatRoomElement extends FramedElement {
  static override properties: PropertyDeclarations = {
    node: {},
    room: {},
    url: {},
    path: {},
    flow: {},
    displayName: {attribute: 'display-name'},
    guest: {type: Boolean},
    callType: {attribute: 'call-type'},
    join: {type: Boolean},
    muteMicrophone: {attribute: 'mute-microphone', type: Boolean},
    muteCamera: {attribute: 'mute-camera', type: Boolean},
    chat: {type: Boolean, reflect: true},
    pluginTimeout: {attribute: 'plugin-timeout', type: Number},
    loading: {},
    broker: {},
    // Here, so that what a page sets before the element is defined is kept.
    pin: {attribute: false},
    accessToken: {attribute: false, noAccessor: true},
    dialOutTimeout: {attribute: false},
    dialOutLimits: {attribute: false},
  };

  static override styles = [frameViewStyles, roomStyles];

  static {
    // By a loop, which is shorter than a method for each: the first script has a limit of bytes.
    for (const name of CONTROLS)
      Object.defineProperty(this.prototype, name, {
        value(this: PexipChatRoomElement, ...args: readonly unknown[]) {
          // As they are now, whatever the page does with them while a file is loaded.
          const copies = args.map((arg) => (arg instanceof Object ? copyOf(arg) : arg));
          return this.#meeting.ask(name, copies);
        },
      });
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'id'];
  }

  /**
   * Origin of the Conferencing Node, https (http on loopback), without a path. Left out, the broker
   * names it, and `path` with it.
   */
  declare node: string | null;
  /**
   * Alias of the meeting. While `room` is missing, or `node` with no `broker` to name it, the state is
   * `idle`.
   */
  declare room: string | null;
  /** A ready-made join link, instead of `node`, `room`, `path` and `flow`. */
  declare url: string | null;
  /**
   * Path of the branding.
   *
   * @default 'webapp3'
   */
  declare path: string | null;
  /** `express` or `step-by-step`; Web App 3's usual flow if left out. */
  declare flow: string | null;
  /** The person's name in the meeting. */
  declare displayName: string | null;
  /** Joins as a guest. */
  declare guest: boolean;
  /** Web App 3's `callType`, passed on as it is. */
  declare callType: string | null;
  /** Skips the preflight page. */
  declare join: boolean;
  /** Joins with the microphone off. */
  declare muteMicrophone: boolean;
  /** Joins with the camera off. */
  declare muteCamera: boolean;
  /**
   * The chat is open. It follows the meeting's Chat button, and setting it moves the button. In the
   * first markup it fires no `pexip-chat-toggled`.
   */
  declare chat: boolean;
  /** Milliseconds until a meeting without a plugin is `unbridged`; counts from the next load. */
  declare pluginTimeout: number | null;
  /**
   * When the frame starts: `eager` at once, `lazy` when the element is within 200 px of the viewport,
   * `click` when the person presses a button, or with `reload()`. Until then the state is `idle`. Once started, it stays so.
   *
   * @default 'eager'
   */
  declare loading: string | null;

  /**
   * Address of the broker, https (http on loopback); may have a path. It names the meeting's node where
   * `node` is left out. Panes of this room that have none of their own use it, with `accessToken`.
   */
  declare broker: string | null;

  /**
   * PIN of the meeting. It stands in the frame's address inside the shadow root, as Web App 3 takes
   * it no other way, and nowhere else.
   */
  declare pin: string | null;

  /** Milliseconds until `dialOut()` gives up, if it is not told otherwise. */
  declare dialOutTimeout: number;

  /** How many dial-outs the room makes; what is left out has its default. */
  declare dialOutLimits: Partial<DialOutLimits>;

  readonly #meeting = new MeetingView(
    this,
    (fact) => this.#handleFact(fact),
    (error) => this.#tell(error),
  );
  readonly #badge = new UnreadBadgeController(this);
  readonly #pairing = new RoomPairingController(this, (pane, signal) => {
    this.#badge.follow(pane, signal);
    const follow = (event: RcActiveRequestEvent): void => this.#toggle(event.detail.active, 'pane');
    pane.addEventListener('rc-active-request', follow, {signal});
  });
  readonly #bar = make('div', {class: 'bar'});
  readonly #chatSide = new ChatSide(() => this.requestUpdate());
  #accessToken: AccessToken | undefined;
  /** What the broker told, and which one was asked last. */
  #server: MeetingServer = {};
  #asked = '';
  #address = '';
  /** The meeting may start, which stays so. */
  #started = false;
  #waitsFor: 'lazy' | 'click' | '' = '';
  #standby: Standby | undefined;
  #standbyAsked = false;
  #toggler: events.ChatToggler = 'page';

  constructor() {
    super();
    this.guest = this.join = this.muteMicrophone = this.muteCamera = this.chat = false;
    this.pluginTimeout = PLUGIN_TIMEOUT;
    this.pin = this.loading = null;
    this.dialOutTimeout = DIAL_OUT_TIMEOUT;
    this.dialOutLimits = DIAL_OUT_LIMITS;
  }

  /**
   * The application's own token of its user for the broker, or a function that gives it, for the panes
   * and for {@link diagnose}. Reads as a function, so that it stands in no log. Without it the
   * application's cookie tells who the user is.
   */
  get accessToken(): AccessToken | undefined {
    return this.#accessToken;
  }

  set accessToken(token: AccessToken | null | undefined) {
    this.#accessToken = typeof token === 'string' ? () => token : (token ?? undefined);
    this.dispatchEvent(new PexipBrokerChangedEvent());
  }

  /** Where the meeting is; also a CSS state. */
  get state(): MeetingPhase {
    return this.#meeting.state.phase;
  }

  /** What the plugin offers, `chat` and `dial-out` at least; empty before it is ready. */
  get features(): readonly string[] {
    return this.#meeting.state.features;
  }

  /** The wire names of the plugin; null before it is ready. */
  get dialect(): events.Dialect | null {
    return this.#meeting.state.dialect;
  }

  /** Who is in the meeting and in its lobby; null if the plugin has no feature `roster`. */
  get participants(): readonly Participant[] | null {
    return this.features.includes('roster') ? (this.#meeting.people?.participants ?? []) : null;
  }

  /** The person in the frame; null if the plugin has no feature `self`, and until it has told. */
  get self(): SelfState | null {
    return (this.features.includes('self') && this.#meeting.people?.self) || null;
  }

  /** The same as `chat`. */
  get chatActive(): boolean {
    return this.chat;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#address = this.#asked = '';
    this.#standbyAsked = false;
    this.#standby?.stop();
    this.#meeting.stop('idle');
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'id') this.#pairing.idChanged();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    const {notice, stage} = this.frameView;
    this.#bar.append(notice);
    const meeting = make('div', {class: 'meeting'}, this.#bar, stage);
    root.append(make('div', {class: 'layout'}, meeting, this.#chatSide.side));
    return root;
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    if (changed.has('broker')) this.dispatchEvent(new PexipBrokerChangedEvent());
    this.#followAddress();
    this.#meeting.setChatActive(this.chat);
    this.#meeting.setBadge(this.#badge.visible);
    this.#show();
    const before = changed.get('chat');
    if (before !== undefined && before !== this.chat) {
      const by = this.#toggler;
      this.#toggler = 'page';
      this.dispatchEvent(new events.PexipChatToggledEvent({active: this.chat, by}));
    }
  }

  /**
   * Dials someone into the meeting, as the participant in the frame, who must be a host. Resolves
   * when the dialled participant has joined.
   *
   * @throws {PexipChatError} `invalid-argument`, `not-connected`, `dial-out-refused`,
   * `dial-out-forbidden`, `dial-out-timeout`, `dial-out-limited`, `dial-out-ambiguous`,
   * `origins-missing`, `disconnected`, `part-failed`; or the signal's reason
   */
  async dialOut(
    request: DialRequest,
    options?: {signal?: AbortSignal; timeout?: number} | null,
  ): Promise<DialOutResult> {
    const {signal, timeout = this.dialOutTimeout} = options ?? {};
    return this.#meeting.dialOut(request, {signal, timeout, limits: this.dialOutLimits});
  }

  /** Opens or closes the chat; the same as setting `chat`. */
  setChatActive(active: boolean): void {
    this.chat = active;
  }

  /**
   * Shows or hides the badge of the Chat button until the next `rc-unread-changed` of a paired pane;
   * without a pane, for good.
   */
  setChatBadge(visible: boolean): void {
    this.#badge.set(visible);
  }

  /** Loads the meeting again, with the join options as they are now. A broker is asked again, too. */
  reload(): void {
    this.#address = this.#asked = '';
    this.#server = {};
    this.#start();
  }

  /**
   * What was seen and dropped, and why: an object, and with `String()` a text for a ticket. Awaited, it
   * also has the `findings` of the broker, each with its remedy.
   */
  diagnose(): Diagnosing<RoomDiagnosis> {
    const {state, pluginOrigin, sight} = this.#meeting;
    const {phase, ...plugin} = state;
    const seen = {state: phase, ...plugin, pluginOrigin, ...sight};
    return diagnosis(seen, this.broker, this.#accessToken);
  }

  protected override fireError(error: PexipChatError): void {
    this.dispatchEvent(new events.PexipErrorEvent({error}));
  }

  #followAddress(): void {
    const {url, room, flow, loading} = this;
    const asks = (!url && !this.node && room && this.broker) || '';
    const {node, path} = asks ? this.#server : this;
    const place = meetingAddress({url, node, room, path: this.path || path, flow});
    const refused = place && 'attribute' in place;
    const may = asks || (place && !refused);
    const waits =
      may && !this.#started && (loading === 'lazy' || loading === 'click') ? loading : '';
    if (may && !waits) this.#started = true;
    this.#waitsFor = waits;
    const address = refused
      ? `${place.attribute} ${place.reason}`
      : waits
        ? ''
        : (place?.href ?? asks);
    if (!this.isConnected) return;
    if (!waits) this.#askServer(asks);
    if (address === this.#address) return;
    this.#address = address;
    this.error = undefined;
    if (refused) {
      this.#meeting.stop('failed');
      this.report(attributeError(place.attribute, place.reason));
    } else if (place && address) {
      this.#meeting.show(joinAddress(place, this), this.#pluginPatience);
      // Anything else starts at once, as of old.
      if (!LOADING.includes(this.loading)) this.report(attributeError('loading', 'unknown-value'));
    } else {
      this.#meeting.stop(address ? 'loading' : 'idle');
    }
  }

  /** Asks the broker for the node, unless it was asked. What is shown stays until there is another. */
  #askServer(broker: string): void {
    if (broker === this.#asked) return;
    this.#asked = broker;
    if (!broker) return;
    loadPart('broker')
      .then(({meetingServerOf}) => meetingServerOf(broker))
      .catch((error: PexipChatError) => error)
      .then((told) => {
        if (broker !== this.#asked) return;
        if (told instanceof PexipChatError) {
          if (!this.#server.node) this.#meeting.stop('failed');
          this.report(told);
        } else {
          this.#server = told;
          this.requestUpdate();
        }
      });
  }

  get #pluginPatience(): number {
    // Removed, the attribute is null. A timer of more than 31 bits would end at once.
    if (this.pluginTimeout === null) return PLUGIN_TIMEOUT;
    if (this.pluginTimeout > 0 && this.pluginTimeout < 2 ** 31) return this.pluginTimeout;
    this.report(attributeError('plugin-timeout', 'unknown-value'));
    return PLUGIN_TIMEOUT;
  }

  #show(): void {
    const {state} = this;
    const language = this.useLanguage();
    const {strings} = language;
    this.present(state, {
      frame: this.#meeting.frame,
      frameTitle: strings.meetingFrame,
      language,
      loading: this.#loadingText(strings),
      notice: (state === 'unbridged' && this.#standby?.notice(language)) || '',
      failure: state === 'failed' ? strings.meetingFailed : '',
    });
    this.#chatSide.show(this.chat);
    this.#showStandby(state === 'unbridged', language);
  }

  #showStandby(unbridged: boolean, language: Language): void {
    const waitsFor = this.#waitsFor;
    const withButton = unbridged && this.#chatSide.filled;
    const {chat: open} = this;
    const {count, alert} = this.#badge;
    if (!this.isConnected) return;
    this.#standby?.show({waitsFor, withButton, open, count, alert, language});
    if (this.#standbyAsked || !waitsFor) return;
    this.#standbyAsked = true;
    this.#standBy().catch(this.#tell);
  }

  async #standBy(): Promise<typeof import('./standby.js')> {
    const part = await loadPart('standby');
    this.#standby ??= part.standby({
      room: this,
      root: this.shadowRoot!,
      cover: this.frameView.cover,
      bar: this.#bar,
      start: () => this.#start(),
      toggleChat: () => this.#requestToggle(!this.chat),
    });
    this.requestUpdate();
    return part;
  }

  async #start(): Promise<void> {
    const byPerson = this.#waitsFor === 'click';
    this.#started = true;
    this.requestUpdate();
    await this.updateComplete;
    // The button is gone; who pressed it goes on in the meeting.
    if (byPerson) this.#meeting.frame?.focus();
  }

  #loadingText({meetingIdle, meetingLoading}: Strings): string | undefined {
    if (this.#waitsFor === 'click') return '';
    if (this.#waitsFor || (this.state === 'loading' && !this.#meeting.painted))
      return meetingLoading;
    return this.state === 'idle' ? meetingIdle : undefined;
  }

  /** Tells of an error that leaves the meeting as it is. */
  readonly #tell = (error: PexipChatError): void => this.report(error, false);

  #handleFact(fact: MeetingFact): void {
    if (fact.type === 'toggle-chat') this.#requestToggle(fact.active);
    if (fact.type === 'plugin-timeout')
      this.#standBy().then(
        ({pluginTimeout}) => this.state === 'unbridged' && this.#tell(pluginTimeout()),
        (error) => {
          this.#tell(error);
          this.#tell(new PexipChatError('plugin-timeout', 'No external-chat plugin was heard.'));
        },
      );
    if (fact.type === 'ready') this.error = undefined;
    if ('detail' in fact) this.dispatchEvent(eventOf(fact));
    this.requestUpdate();
  }

  /** Somebody pressed a Chat button: the page may refuse. */
  #requestToggle(active: boolean): void {
    if (!this.dispatchEvent(new events.PexipChatToggleRequestEvent({active}))) return;
    this.#toggle(active, 'toolbar');
    this.#meeting.setChatActive(active, true);
  }

  #toggle(active: boolean, by: events.ChatToggler): void {
    if (active === this.chat) return;
    this.#toggler = by;
    this.chat = active;
  }
}

/** The class makes them, by their names. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- see the class
export interface PexipChatRoomElement extends MeetingControls {}
