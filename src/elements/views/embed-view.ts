import {
  FrameController,
  type FrameHost,
  type FrameSight,
} from '../../controllers/frame-controller.js';
import {PexipChatError} from '../../errors.js';
import {roomPaths} from '../../protocol/chat-room-reference.js';
import {parseCredentials, type Auth, type Credentials} from '../../protocol/credentials.js';
import {
  embeddedPath,
  parseEmbedEvent,
  type EmbedEvent,
  type EmbedRoom,
} from '../../protocol/rocket-chat-embed.js';
import {NOTHING_UNREAD, type ChatFact} from '../../session/chat-state.js';
import {superseded} from '../../session/embed-errors.js';
import {EmbedSession} from '../../session/embed-session.js';
import type {ClientFact, LiveClient} from '../../session/live-client.js';
import type {MessageDetail} from '../../session/live-state.js';
import {keyOfUnread} from '../../session/unread-tally.js';
import type {AccessToken} from '../../transport/broker-client.js';
import type {Language} from '../strings/strings.js';
import {workspaceAddress} from '../workspace-address.js';
import {AroundSide} from './around-side.js';
import {chatFacts, type ToldFact} from './chat-facts.js';
import type {
  ChatPlace,
  ChatView,
  ChatViewFactory,
  Conversation,
  SendOptions,
  ViewState,
} from './chat-view.js';
import {degradedNotice} from './degraded-notice.js';
import * as errors from './embed-view-errors.js';
import {LiveSide} from './live-side.js';

const ALLOW = [
  'camera',
  'microphone',
  'display-capture',
  'autoplay',
  'fullscreen',
  'clipboard-write',
];

/** Rocket.Chat's own embedded page in a frame, with a live connection beside it. */
export class EmbedView implements ChatView {
  readonly #tell: (fact: ToldFact) => void;
  readonly #live = new LiveSide(
    (fact) => this.#hearLive(fact),
    (error) => this.#tell({type: 'error', error}),
  );
  readonly #session: EmbedSession = new EmbedSession({
    send: (command) => this.#frame.send(command),
    navigate: (path) => this.#frame.start(this.#base + embeddedPath(path).slice(1)),
    explain: (sight) => this.#live.explain(sight),
  });
  readonly #frame: FrameController<EmbedEvent>;
  readonly #around: AroundSide;
  #base = '';
  #key = '';
  #room = '';
  #auth: Auth | undefined;
  #opens = 0;
  #phase: 'loading' | 'failed' | undefined;
  #error: PexipChatError | undefined;
  #toldUnread = keyOfUnread(NOTHING_UNREAD);

  constructor(host: FrameHost, place: ChatPlace) {
    this.#tell = chatFacts(host, (error) => {
      this.#error = error;
      place.report(error);
    });
    this.#around = new AroundSide(place, {
      open: (path) => void this.open(path).catch(() => undefined), // told as a fact
      signIn: () => this.#signInAgain(),
      loaded: () => host.requestUpdate(),
    });
    this.#frame = new FrameController<EmbedEvent>(host, {
      id: 'rocket-chat',
      allow: ALLOW,
      parse: parseEmbedEvent,
      receive: (event) => this.#session.receive(event),
      loaded: () => this.#session.frameLoaded(),
    });
    this.#session.subscribe((_, fact) => this.#hearFrame(fact));
  }

  get state(): ViewState {
    const shown = this.#session.getState();
    const live = this.#live.state;
    return {
      ...shown,
      phase: this.#phase ?? shown.phase,
      user: shown.user ?? live?.user ?? null,
      unread: live?.known ? live.unread : shown.unread,
      rooms: live?.rooms ?? [],
    };
  }

  get frame(): HTMLIFrameElement | undefined {
    return this.#frame.frame;
  }

  get sight(): FrameSight {
    return this.#frame.sight;
  }

  show(language: Language, withRooms: boolean): string {
    const {phase, room} = this.#session.getState();
    const degraded = phase === 'degraded';
    const {state} = this.#live;
    this.#around.show({
      ...this.#live.signIn,
      wasSignedIn: true, // until the live side tells
      language,
      status: state?.status,
      link: degraded ? `${this.#base}${this.#paths(this.#room)[0]}` : undefined,
      rooms: withRooms && state?.known ? state.rooms : undefined,
      roomId: room?.roomId,
    });
    return degraded ? degradedNotice(this.#error?.code, language) : '';
  }

  follow(conversation: Conversation, again: boolean): void {
    const {server, room, broker} = conversation;
    const key = JSON.stringify([server, room, broker]);
    if (key === this.#key && !again) return;
    this.#key = key;
    this.#phase = this.#error = undefined;
    this.#start(conversation, key).catch((error: PexipChatError) => {
      if (key === this.#key) this.#fail(error);
    });
  }

  stop(): void {
    this.#base = this.#key = '';
    this.#phase = undefined;
    this.#live.stop();
    this.#session.stop();
    this.#frame.stop();
    this.#around.stop();
    this.#tellUnread();
  }

  async open(room: string): Promise<EmbedRoom> {
    this.#refuseUnlessShown('open');
    const paths = this.#paths(room);
    if (!paths.length) throw errors.noRoom();
    // What is known to be shut is not gone to: the room that is shown stays.
    const open = ++this.#opens;
    const shut = await this.#aboutRoom(paths);
    if (open !== this.#opens || !this.#base) throw superseded();
    if (shut) throw shut;
    this.#room = room;
    return this.#session.open(paths);
  }

  async login(credentials: Credentials): Promise<void> {
    this.#refuseUnlessShown('login');
    const checked = parseCredentials(credentials);
    if (!checked) throw errors.noCredentials();
    this.#auth = checked;
    this.#live.start(this.#base, {auth: checked});
    return this.#session.login(checked);
  }

  useAuth(auth: Auth | undefined): void {
    const before = this.#auth;
    this.#auth = auth;
    if (!this.#base || !auth) return;
    const {client} = this.#live;
    if (typeof before === 'function' && typeof auth === 'function' && client) {
      client.use(auth);
      this.#live.signInAgain();
    } else this.#live.start(this.#base, {auth});
    this.#session.login(this.#tokens()).catch(() => undefined); // told as a fact
  }

  useAccessToken(accessToken: AccessToken | undefined): void {
    if (!this.#auth) this.#live.client?.use(accessToken);
    this.#live.signInAgain();
  }

  async logout(): Promise<void> {
    const {client} = this.#live;
    this.#auth = undefined;
    this.#session.logout();
    if (!client) return;
    await client.logout();
    this.#session.confirmLogout();
  }

  async send(text: string, {threadId}: SendOptions = {}): Promise<MessageDetail> {
    if (typeof text !== 'string' || !text.trim()) throw errors.noText();
    const client = await this.#clientFor('send');
    return client.send(this.#roomId(), text, threadId);
  }

  async compose(): Promise<never> {
    throw errors.unsupported('compose');
  }

  async markRead(): Promise<void> {
    const client = await this.#clientFor('markRead');
    await client.markRead(this.#roomId());
  }

  async #start(conversation: Conversation, key: string): Promise<void> {
    const {room, auth, accessToken} = conversation;
    const broker = conversation.broker && workspaceAddress(conversation.broker, 'broker');
    if (!conversation.server) this.#phase = 'loading';
    const base = workspaceAddress(conversation.server ?? (await this.#live.serverOf(broker!)));
    if (key !== this.#key) return;
    this.#phase = undefined;
    // A bare `auto` is left to the broker, which knows the meeting's discussion.
    const paths = room === 'auto' ? [] : this.#paths(room);
    if (!paths.length) throw errors.noSuchRoomAttribute();
    this.#room = room;
    if (base === this.#base) {
      this.#live.signInAgain();
      this.#session.open(paths).catch(() => undefined); // told as a fact
      return;
    }
    this.#base = base;
    this.#auth = auth;
    if (auth) this.#live.start(base, {auth});
    else if (broker) this.#live.start(base, {broker, accessToken});
    this.#session.start(paths, this.#tokens());
  }

  async #clientFor(method: 'send' | 'markRead'): Promise<LiveClient> {
    this.#refuseUnlessShown(method);
    const client = await this.#live.loaded;
    if (client) return client;
    throw errors.unsupported(method);
  }

  /** How the embedded page gets its tokens; nothing where a person signs in there. */
  #tokens(): Auth | undefined {
    // Fixed credentials hold for both; those of a function are kept with those of the connection.
    return typeof this.#auth === 'object' ? this.#auth : this.#live.tokensFor(this.#auth);
  }

  #hearFrame(fact: ChatFact): void {
    const {client} = this.#live;
    if (fact.type === 'room-opened') client?.follow(fact.detail.roomId);
    // Whoever signs out in the page has signed out.
    if (fact.type === 'logged-out') client?.logout().catch(() => undefined); // told to who asked
    if (fact.type === 'unread-changed') this.#tellUnread();
    else this.#tell(fact);
  }

  #hearLive(fact: ClientFact): void {
    switch (fact.type) {
      case 'token-renewed':
        if (fact.surface === 'embed') this.#session.renew(fact.credentials);
        return;
      case 'signed-in':
        if (fact.replaced)
          void this.#live
            .replaceEmbedToken()
            .then((credentials) => credentials && this.#session.renew(credentials));
        break;
      case 'logged-out':
        this.#session.logout();
        this.#live.client?.logout().then(
          () => this.#session.confirmLogout(),
          () => undefined, // told to who asked
        );
        this.#live.stop();
        break;
      case 'other-user':
        return this.#fail(fact.error);
      case 'signed-out':
        this.#hearSignedOut(fact.error);
        break;
      case 'connection-changed':
      case 'message-received':
      case 'message-sent':
      case 'message-changed':
      case 'token-expiring':
      case 'token-expired':
        this.#tell(fact);
    }
    this.#tellUnread();
  }

  #hearSignedOut(error: PexipChatError): void {
    // Nothing of one user is shown to another.
    if (error.code === 'other-user') this.#fail(error);
    // Of a page that is still signing in, the sign-in itself tells.
    else if (this.#session.getState().user) this.#tell({type: 'error', error});
    else this.#tell({type: 'phase'});
  }

  #signInAgain(): void {
    this.#live.signInAgain();
    if (this.#session.getState().phase === 'degraded' || !this.#session.getState().user)
      this.#session.login(this.#tokens()).catch(() => undefined); // told as a fact
  }

  #fail(error: PexipChatError): void {
    const key = this.#key;
    this.stop();
    // The same attributes do not start it again; whoever sets one of them does.
    this.#key = key;
    this.#phase = 'failed';
    this.#tell({type: 'error', error});
  }

  /** Once for each change, whoever of the two has noticed it. */
  #tellUnread(): void {
    const {unread} = this.state;
    const key = keyOfUnread(unread);
    const changed = key !== this.#toldUnread;
    this.#toldUnread = key;
    this.#tell(changed ? {type: 'unread-changed', detail: unread} : {type: 'phase'});
  }

  #paths(room: string): readonly string[] {
    const paths = roomPaths(room);
    const known = this.#live.client?.pathsOf(paths);
    return known?.length ? known : paths;
  }

  /** Why a room cannot be read; a direct message may be made by going there. */
  async #aboutRoom(paths: readonly string[]): Promise<PexipChatError | undefined> {
    const known = this.#live.client?.roomAt(paths) ?? /^direct/.test(paths[0]!);
    return known ? undefined : this.#live.aboutRoom(paths);
  }

  #roomId(): string {
    const roomId =
      this.#session.getState().room?.roomId ?? this.#live.client?.roomAt(roomPaths(this.#room));
    if (roomId) return roomId;
    throw errors.noRoomYet();
  }

  #refuseUnlessShown(method: string): void {
    if (!this.#base) throw errors.notShown(method);
  }
}

/** Makes the view of `view="embed"`. */
export const view: ChatViewFactory = (pane, place) => new EmbedView(pane, place);
