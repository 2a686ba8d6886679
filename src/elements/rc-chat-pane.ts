import type {PropertyDeclarations, PropertyValues} from 'lit';

import {PanePairingController} from '../controllers/pane-pairing-controller.js';
import {PexipChatError} from '../errors.js';
import {RcActiveRequestEvent, RcErrorEvent} from '../events/chat-events.js';
import {loadPart} from '../parts/load-part.js';
import type {Auth, Credentials} from '../protocol/credentials.js';
import type {EmbedRoom} from '../protocol/rocket-chat-embed.js';
import {
  NOTHING_UNREAD,
  type ChatPhase,
  type ChatRoom,
  type ChatUser,
  type Unread,
} from '../session/chat-state.js';
import type {MessageDetail} from '../session/live-state.js';
import type {AccessToken} from '../transport/broker-client.js';
import {attributeError} from './attribute-errors.js';
import {diagnosis, type Diagnosing, type Diagnosis} from './diagnosis.js';
import {make} from './dom.js';
import {frameViewStyles} from './frame-view.styles.js';
import {FramedElement} from './framed-element.js';
import {paneStyles} from './rc-chat-pane.styles.js';
import type {ChatSight, ChatView, Conversation, SendOptions} from './views/chat-view.js';

/** What a room offers to a pane that has no broker of its own. */
interface Lender {
  readonly broker?: string | null;
  readonly accessToken?: AccessToken | null;
}

/** What {@link RcChatPaneElement.diagnose} tells; nothing in it is secret. */
export interface PaneDiagnosis extends Diagnosis, Partial<ChatSight> {
  readonly state: ChatPhase;
  readonly paired: boolean;
}

/**
 * The Rocket.Chat conversation of a meeting: Rocket.Chat's own embedded page, or with `view="native"` a
 * conversation of our own, without a frame.
 *
 * @summary Shows a Rocket.Chat room, signed in as the page says, and tells what is unread.
 * @tag rc-chat-pane
 *
 * @slot loading - Shown until the conversation has painted.
 * @slot notice - Shown above a conversation that did not answer.
 * @slot error - Shown instead of a conversation that cannot be shown.
 *
 * @fires {RcReadyEvent} rc-ready - The conversation is shown and answers.
 * @fires {RcLoggedInEvent} rc-logged-in - Somebody is signed in. Names are known only where `auth`
 * told them.
 * @fires {RcLoggedOutEvent} rc-logged-out - Nobody is signed in any more: by `logout()`, by the user in
 * the frame or elsewhere, or because the tokens were revoked and there are no others.
 * @fires {RcRoomOpenedEvent} rc-room-opened - A room is shown.
 * @fires {RcUnreadChangedEvent} rc-unread-changed - What is unread has changed. `alert` without a
 * count is normal: Rocket.Chat counts only mentions in channels by default.
 * @fires {RcMessageReceivedEvent} rc-message-received - Somebody else has written in one of the user's
 * rooms; once for each message, those of a time without connection included.
 * @fires {RcMessageSentEvent} rc-message-sent - A message of the user has arrived, wherever written.
 * @fires {RcMessageChangedEvent} rc-message-changed - A message was edited or deleted.
 * @fires {RcMessageReadEvent} rc-message-read - A message of the room that is shown was read: one of
 * others by the user, one of the user by the others where the workspace keeps read receipts. Native
 * view only.
 * @fires {RcTypingStartedEvent} rc-typing-started - Somebody else has begun to write in the room that is
 * shown; at most once in 5 seconds for each. Native view only.
 * @fires {RcPresenceChangedEvent} rc-presence-changed - How the other person of the direct message that
 * is shown can be reached: when it is first known, and when it changes. Native view only.
 * @fires {RcConnectionChangedEvent} rc-connection-changed - The live connection is `connecting`,
 * `live`, `recovering` or `offline`.
 * @fires {RcTokenExpiringEvent} rc-token-expiring - A token is about to end, and is being refreshed.
 * @fires {RcTokenExpiredEvent} rc-token-expired - A token has ended and could not be refreshed.
 * @fires {RcActiveRequestEvent} rc-active-request - Asks the room to open or close the chat; the
 * paired room follows.
 * @fires {RcOptionsRequestEvent} rc-options-request - A native view begins, and asks the page around it what it
 * knows better: what people are called and look like, and whether files may be sent. Native view only.
 * @fires {RcErrorEvent} rc-error - Something is wrong; `error.code` says what.
 * @fires {RcPaneConnectEvent} rc-pane-connect - The pane looks for its room.
 *
 * @csspart frame - The conversation's frame, in the embed view.
 * @csspart notice - The notice above the conversation.
 * @csspart error - The error in the place of the conversation.
 * @csspart status - How the live connection is, where that is worth a word. With `room="auto"` also why
 * there is no conversation yet.
 * @csspart link - Opens the conversation in a window of its own, where the pane cannot show it.
 * @csspart rooms - The list of rooms.
 * @csspart header - The bar with the name of the room, and that of a thread. Native view.
 * @csspart room-header - The bar with the name of the room alone. Native view.
 * @csspart header-button - A button or link in such a bar. Native view.
 * @csspart body - The place of the messages and of a thread. Native view.
 * @csspart messages - The list of messages. Native view.
 * @csspart message - A message. Native view.
 * @csspart message-sent - The bubble of one of the user's own. Native view.
 * @csspart message-received - The bubble of one of somebody else. Native view.
 * @csspart message-system - A remark of Rocket.Chat, such as that somebody has joined. Native view.
 * @csspart unread - The line above the first message that is new to the user. Native view.
 * @csspart newest - The button that goes to the newest message. Native view.
 * @csspart thread - The thread beside the room. Native view.
 * @csspart composer - Where a message is written. Native view.
 * @csspart composer-field - Its field. Native view.
 * @csspart composer-send - Its button that sends. Native view.
 *
 * @cssprop --rc-chat-pane-header-background - Background of the bar with the name of the room, in the native view.
 * @cssprop --rc-chat-pane-header-color - Colour of the text of the bar with the name of the room, in the native view.
 * @cssprop --rc-chat-pane-header-button-background - Background of the buttons in such bars, in the native view.
 * @cssprop --rc-chat-pane-header-button-color - Colour of the buttons in such bars, in the native view.
 * @cssprop --rc-chat-pane-body-background - Background of the place of the messages, in the native view.
 * @cssprop --rc-chat-pane-body-color - Colour of the text of the place of the messages, in the native view.
 * @cssprop --rc-chat-pane-message-sent-background - Background of the user's own messages, in the native view.
 * @cssprop --rc-chat-pane-message-sent-color - Colour of the text of the user's own messages, in the native view.
 * @cssprop --rc-chat-pane-message-received-background - Background of others' messages, in the native view.
 * @cssprop --rc-chat-pane-message-received-color - Colour of the text of others' messages, in the native view.
 * @cssprop [--rc-chat-pane-font-family=inherit] - Font of the native view.
 * @cssprop [--rc-chat-pane-unit=1rem] - Of which all sizes of the native view are multiples, for pages with small letters.
 *
 * @cssstate idle - `room`, or both `server` and `broker`, are missing; or `room` is `auto`, and the
 * meeting has not begun.
 * @cssstate loading - The page loads; without `auth` until it says that it is there. In the native view
 * until its files have come, and the broker has named the workspace.
 * @cssstate authenticating - The page has loaded; no room has opened yet. Also while somebody looks
 * at the sign-in form. In the native view until somebody is signed in and the first messages are there.
 * @cssstate ready - A room is shown.
 * @cssstate degraded - Something did not answer in time, or the room did not open. A notice says so, and
 * the frame stays.
 * @cssstate failed - An attribute is wrong, a URL is refused, or a script did not load. In the native
 * view also: nobody is signed in, and nobody can be, or the user has signed out.
 * @cssstate closed - Paired with a room whose chat is closed.
 */
export class RcChatPaneElement extends FramedElement {
  static override properties: PropertyDeclarations = {
    // Set again, even to what they are, they mend what has failed.
    server: {hasChanged: () => true},
    room: {hasChanged: () => true},
    view: {},
    for: {reflect: true},
    active: {type: Boolean, reflect: true},
    // Here, so that what a page sets before the element is defined is kept.
    auth: {attribute: false, noAccessor: true},
    broker: {hasChanged: () => true},
    accessToken: {attribute: false, noAccessor: true},
    roomList: {attribute: 'room-list', type: Boolean},
  };

  static override styles = [frameViewStyles, paneStyles];

  /** Address of the Rocket.Chat workspace, https (http on loopback); may have a path. */
  declare server: string | null;
  /**
   * `#name` is a channel, `@user` a direct message. Private groups and discussions need Rocket.Chat's
   * own path: `group/<name or id>`, `channel/…`, `direct/…`. A bare id is tried as channel, group and
   * direct in turn. `auto` is the conversation of the meeting in the pane's room, which the broker
   * names once the person has joined.
   */
  declare room: string | null;
  /**
   * How the conversation is shown: `embed` is Rocket.Chat's own page with `?layout=embedded`, `native`
   * a conversation of our own, which needs `auth` or `broker`.
   *
   * @default 'embed'
   */
  declare view: string | null;
  /**
   * Address of the broker, https (http on loopback); may have a path. It signs the user in where
   * `auth` does not, and names the workspace where `server` is left out.
   */
  declare broker: string | null;
  /** The list of the user's rooms is shown beside the conversation, or above it where that is narrow. */
  declare roomList: boolean;
  /** Id of the `<pexip-chat-room>` this pane belongs to, if it is not inside it. */
  declare for: string | null;
  /**
   * The pane is shown. Set on a paired pane, it asks the room to open or close the chat. A pane
   * without a room is always shown.
   */
  declare active: boolean;

  readonly #pairing = new PanePairingController(this, (room, signal) => {
    this.#follow(!!(room as HTMLElement & {readonly chat?: boolean}).chat);
    room.addEventListener('pexip-chat-toggled', ({detail}) => this.#follow(detail.active), {
      signal,
    });
    room.addEventListener('pexip-broker-changed', () => this.requestUpdate(), {signal});
    signal.addEventListener('abort', () => this.#follow(true));
  });
  readonly #body = make('div', {class: 'body'}, this.frameView.notice, this.frameView.stage);
  #auth: Auth | undefined;
  #accessToken: AccessToken | undefined;
  /** What was followed: the pane's own, or its room's. */
  #followed: Partial<Conversation> = {};
  #view: ChatView | undefined;
  /** There is something to show. */
  #shown = false;
  #activeByRoom = true;
  #wrong = false;

  constructor() {
    super();
    this.active = true;
    this.roomList = false;
  }

  /**
   * How to sign in to Rocket.Chat: credentials, or a function that resolves to them. Never told
   * again, so that it reads as undefined.
   */
  get auth(): Auth | undefined {
    return undefined;
  }

  set auth(auth: Auth | null | undefined) {
    this.#auth = auth ?? undefined;
    this.#view?.useAuth(this.#auth);
  }

  /**
   * The application's own token of its user for the broker, or a function that gives it. Never told
   * again, so that it reads as undefined. Without it the application's cookie tells who the user is.
   */
  get accessToken(): AccessToken | undefined {
    return undefined;
  }

  set accessToken(token: AccessToken | null | undefined) {
    this.#accessToken = token ?? undefined;
    this.#useToken();
  }

  /** Where the conversation is; also a CSS state. */
  get state(): ChatPhase {
    if (this.#wrong) return 'failed';
    return this.#view?.state.phase ?? (this.#shown ? 'loading' : 'idle');
  }

  /** What is unread; by what Rocket.Chat's page tells where nobody is signed in by token. */
  get unread(): Unread {
    return this.#view?.state.unread ?? NOTHING_UNREAD;
  }

  /** The user's rooms, the one with the latest message first; none without a live connection. */
  get rooms(): readonly ChatRoom[] {
    return this.#view?.state.rooms ?? [];
  }

  /** Who is signed in, as far as `auth` or the broker told; null if nobody is known to be. */
  get user(): ChatUser | null {
    return this.#view?.state.user ?? null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#shown = false;
    this.#view?.stop();
  }

  /** Moved by `moveBefore`, the pane may belong to another room; its frame stays as it is. */
  protected override connectedMoveCallback(): void {
    this.#pairing.announce();
  }

  /**
   * Shows another room, and asks the meeting's room to open the chat.
   *
   * @throws {PexipChatError} `invalid-argument`: this names no room; `room-forbidden`,
   * `room-not-found`: the user cannot read it; `room-unconfirmed`, and in the embed view
   * `embed-silent` and the other reasons why Rocket.Chat's page is silent: it did not open;
   * `disconnected`: another room was asked for first, or the pane is not shown
   */
  async open(room: string): Promise<EmbedRoom> {
    const view = await this.#ready();
    this.#requestActive(true);
    return view.open(room);
  }

  /**
   * Signs in as the user of `credentials`, whoever was signed in before.
   *
   * @throws {PexipChatError} `invalid-argument`: these are none; and those of {@link open}
   */
  async login(credentials: Credentials): Promise<void> {
    const view = await this.#ready();
    await view.login(credentials);
    this.#auth = credentials;
  }

  /**
   * Signs out of Rocket.Chat, in all panes of this user; the tokens it was given end. Resolves when
   * they have. Where Rocket.Chat's own form signed somebody in, its page does not say whether it has
   * signed out again: if it is silent for 5 seconds, the pane is `degraded` with `embed-silent`.
   *
   * @throws {PexipChatError} `disconnected`, `broker-failed`, `sign-in-required`: nobody is signed in
   * here any more, but a token may go on, and is to be ended on your server
   */
  async logout(): Promise<void> {
    this.#auth = undefined;
    await this.#view?.logout();
  }

  /**
   * Sends a message to the room that `room`, {@link open} or the list of rooms asked for: now, or as soon as there is a connection again, and
   * once, however often that breaks. Resolves when Rocket.Chat has it.
   *
   * @throws {PexipChatError} `unsupported`: nobody is signed in by token; `invalid-argument`: there is
   * no text; `message-refused`; `disconnected`: the pane was removed before
   */
  async send(text: string, options?: SendOptions): Promise<MessageDetail> {
    return (await this.#ready()).send(text, options);
  }

  /**
   * Puts a text where the person writes, at the caret, and the focus there; nothing is sent. In the
   * native view only.
   *
   * @throws {PexipChatError} `unsupported`: the embedded page takes no text from outside;
   * `disconnected`: no room is open yet
   */
  async compose(text: string): Promise<void> {
    return (await this.#ready()).compose(text);
  }

  /**
   * Marks the room as read that {@link send} would write to.
   *
   * @throws {PexipChatError} `unsupported`: nobody is signed in by token; `disconnected`
   */
  async markRead(): Promise<void> {
    return (await this.#ready()).markRead();
  }

  /**
   * What was seen and dropped, and why: an object, and with `String()` a text for a ticket. Awaited, it
   * also has the `findings` of the broker, each with its remedy.
   */
  diagnose(): Diagnosing<PaneDiagnosis> {
    const {state} = this;
    const {broker, accessToken} = this.#conversation;
    const paired = !!this.#pairing.room;
    return diagnosis({state, paired, ...this.#view?.sight}, broker, accessToken);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.append(this.#body);
    return root;
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    this.#pairing.forChanged();
    this.#followRoom(changed);
    if (this.active !== this.#activeByRoom) this.#requestActive(this.active);
    this.#show();
  }

  protected override fireError(error: PexipChatError): void {
    this.dispatchEvent(new RcErrorEvent({error}));
  }

  #followRoom(changed: PropertyValues<this>): void {
    const {server, room, broker, accessToken} = this.#conversation;
    if (!this.isConnected) return;
    if (changed.has('view')) {
      this.#view?.remove();
      this.#view = undefined;
    }
    const shown = !!room && !!(server || broker);
    // Once, as the view tells that it has stopped, and that is an update.
    if (this.#shown && !shown) this.#view?.stop();
    this.#shown = shown;
    if (!shown) return;
    // A new one comes with the conversation; a broker is not given the token that is for another.
    const moved = broker !== this.#followed.broker;
    if (!moved && accessToken !== this.#followed.accessToken) this.#useToken();
    this.#followed = {broker, accessToken};
    const set =
      moved ||
      changed.has('view') ||
      changed.has('server') ||
      changed.has('room') ||
      changed.has('broker');
    if (set) {
      this.error = undefined;
      this.#wrong = false;
    }
    if (this.#wrong) return;
    this.#loadView()
      .then((body) => {
        // Only what is still asked for once the file has come.
        const broken = this.state === 'degraded' || this.state === 'failed';
        if (this.#shown) body.follow(this.#conversation, set && broken);
      })
      .catch((error: PexipChatError) => {
        this.#view?.stop();
        this.#wrong = true;
        this.report(error);
      });
  }

  get #conversation(): Conversation {
    const {server, room, broker} = this;
    const {room: meeting} = this.#pairing;
    // A broker that is the pane's own gets no token of its room's.
    const lender = ((!broker && meeting) || {}) as Lender;
    return {
      server,
      room: room!,
      meeting,
      broker: broker || lender.broker || null,
      auth: this.#auth,
      accessToken: this.#accessToken ?? lender.accessToken ?? undefined,
    };
  }

  async #loadView(): Promise<ChatView> {
    const name = this.view || 'embed';
    if (name !== 'embed' && name !== 'native') throw attributeError('view', 'unknown-value');
    // Side by side; they run in this order.
    const [, part] = await Promise.all([name === 'native' && loadPart('lit'), loadPart(name)]);
    // Another one was asked for meanwhile.
    if (name !== (this.view || 'embed')) return this.#loadView();
    return (this.#view ??= part.view(this, {
      root: this.renderRoot as ShadowRoot,
      body: this.#body,
      report: (error) => this.report(error),
      requestOpen: () => this.#requestActive(true),
    }));
  }

  /** The view, after the attributes as they are now were taken over. */
  async #ready(): Promise<ChatView> {
    await this.updateComplete;
    return this.#loadView();
  }

  #useToken(): void {
    this.#view?.useAccessToken(this.#conversation.accessToken);
  }

  #follow(active: boolean): void {
    this.active = this.#activeByRoom = active;
  }

  #requestActive(active: boolean): void {
    if (!this.#pairing.room || active === this.#activeByRoom) return;
    this.#activeByRoom = active;
    this.dispatchEvent(new RcActiveRequestEvent({active}));
  }

  #show(): void {
    const {state} = this;
    const language = this.useLanguage();
    const {strings} = language;
    const closed = !!this.#pairing.room && !this.#activeByRoom;
    // A frame that the browser has refused may be blank, and is not told from one that signs in.
    const waits = state === 'loading' || (state === 'authenticating' && !!this.#auth);
    this.toggleState('closed', closed);
    this.#body.toggleAttribute('inert', closed);
    this.present(state, {
      frame: this.#view?.frame,
      frameTitle: strings.chatFrame,
      language,
      loading: state === 'idle' ? strings.chatIdle : waits ? strings.chatLoading : undefined,
      notice: this.#view?.show(language, this.roomList) ?? '',
      failure: state === 'failed' ? strings.chatFailed : '',
    });
  }
}
