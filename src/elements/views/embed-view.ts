import {FrameController, type FrameHost} from '../../controllers/frame-controller.js';
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
import type {ClientFact} from '../../session/live-client.js';
import type {LiveSession} from '../../session/live-session.js';
import type {MessageDetail} from '../../session/live-state.js';
import {keyOfUnread} from '../../session/unread-tally.js';
import type {AccessToken} from '../../transport/broker-client.js';
import type {Language} from '../strings/strings.js';
import {workspaceAddress} from '../workspace-address.js';
import {AroundSide} from './around-side.js';
import {chatFacts, type ToldFact} from './chat-facts.js';
import type {
  ChatPlace,
  ChatSight,
  ChatView,
  ChatViewFactory,
  Conversation,
  SendOptions,
  ViewState,
} from './chat-view.js';
import {degradedNotice} from './degraded-notice.js';
import {EmbedSignIn} from './embed-sign-in.js';
import * as errors from './embed-view-errors.js';
import {EmbedLiveSide} from './embed-live-side.js';
import type {Identity} from './identity.js';

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
  readonly #host: FrameHost;
  readonly #tell: (fact: ToldFact) => void;
  readonly #live = new EmbedLiveSide(
    (fact) => this.#hearLive(fact),
    (error) => this.#tell({type: 'error', error}),
    true,
  );
  readonly #session: EmbedSession = new EmbedSession({
    send: (command) => this.#frame.send(command),
    navigate: (path) => this.#frame.start(this.#base + embeddedPath(path).slice(1)),
    explain: (sight) => this.#live.explain(sight),
    judge: () => this.#signIn.judge(),
  });
  readonly #signIn = new EmbedSignIn({
    session: this.#session,
    live: this.#live,
    tell: (fact) => this.#tell(fact),
    fail: (error) => this.#fail(error),
  });
  readonly #frame: FrameController<EmbedEvent>;
  readonly #around: AroundSide;
  #base = '';
  #key = '';
  #room = '';
  #broker: string | null = null;
  #opens = 0;
  #failed = new AbortController();
  #phase: 'loading' | 'failed' | undefined;
  /** Why the conversation does not work as it should. */
  #error: PexipChatError | undefined;
  #toldUnread = keyOfUnread(NOTHING_UNREAD);

  constructor(host: FrameHost, place: ChatPlace) {
    this.#host = host;
    this.#tell = chatFacts(host, place.report);
    this.#around = new AroundSide(place, {
      open: (path) => void this.open(path).catch(() => undefined), // told as a fact
      signIn: () => this.#signIn.again(),
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

  get sight(): ChatSight {
    return {...this.#frame.sight, live: this.#live.sight};
  }

  show(language: Language, withRooms: boolean): string {
    const {phase, room} = this.#session.getState();
    const degraded = phase === 'degraded';
    const {state} = this.#live;
    if (this.frame) this.frame.style.visibility = this.#session.foreign ? 'hidden' : '';
    this.#around.show({
      ...this.#live.signIn,
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
      if (key !== this.#key) return;
      this.#fail(error);
      // A page that is opened without a network is to work once it is back.
      const again = (): void => {
        if (key === this.#key) this.#key = '';
        this.#host.requestUpdate();
      };
      const {signal} = this.#failed;
      if (error.code === 'broker-failed') addEventListener('online', again, {once: true, signal});
    });
  }

  stop(): void {
    this.#failed.abort();
    this.#failed = new AbortController();
    this.#base = this.#key = '';
    this.#phase = undefined;
    this.#signIn.stop();
    this.#session.stop();
    this.#frame.stop();
    this.#around.stop();
    this.#tellUnread();
  }

  remove(): void {
    this.stop();
    this.#around.remove();
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
    return this.#signIn.login(checked);
  }

  useAuth(auth: Auth | undefined): void {
    if (this.#base) this.#signIn.useAuth(auth);
  }

  useAccessToken(accessToken: AccessToken | undefined): void {
    if (this.#base) this.#signIn.useAccessToken(accessToken);
  }

  async logout(): Promise<void> {
    const done = this.#signIn.logout();
    this.#tellUnread();
    return done;
  }

  async send(text: string, {threadId}: SendOptions = {}): Promise<MessageDetail> {
    if (typeof text !== 'string' || !text.trim()) throw errors.noText();
    const session = await this.#sessionFor('send');
    return session.send(this.#roomId(), text, threadId);
  }

  async compose(): Promise<never> {
    throw errors.unsupported('compose');
  }

  async markRead(): Promise<void> {
    const {api} = await this.#sessionFor('markRead');
    const roomId = this.#roomId();
    if (!api) throw errors.notRead();
    await api.read(roomId).catch((cause: unknown) => {
      throw errors.notRead(cause);
    });
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
    // Of a user who has signed out, another room does not make one of the broker's.
    const sameUser = !!auth || conversation.broker === this.#broker;
    if (base === this.#base && sameUser) {
      // Nobody is signed in again who has signed out.
      if (this.#live.tokens) this.#live.signInAgain();
      this.#session.open(paths).catch(() => undefined); // told as a fact
      return;
    }
    this.#base = base;
    this.#broker = conversation.broker;
    const byBroker: Identity | undefined = broker ? {broker, accessToken} : undefined;
    this.#signIn.start(base, auth ? {auth} : byBroker);
    this.#session.start(paths, this.#signIn.tokens);
  }

  /** @throws {PexipChatError} nobody is signed in by token */
  async #sessionFor(method: 'send' | 'markRead'): Promise<LiveSession> {
    this.#refuseUnlessShown(method);
    const client = await this.#live.loaded;
    if (!client) throw errors.unsupported(method);
    if (!client.session) throw errors.notSignedIn();
    return client.session;
  }

  #hearFrame(fact: ChatFact): void {
    if (fact.type === 'error') this.#error = fact.error;
    if (fact.type === 'ready') this.#error = undefined;
    if (fact.type === 'room-opened') this.#followRooms();
    if (fact.type === 'unread-changed') this.#tellUnread();
    else this.#tell(fact);
  }

  #hearLive(fact: ClientFact): void {
    // For a view that shows messages itself.
    if (fact.type === 'put' || fact.type === 'heard') return;
    if (fact.type === 'signed-out') this.#error = fact.error;
    if (fact.type === 'signed-in') this.#followRooms();
    this.#signIn.hear(fact);
    this.#tellUnread();
  }

  /** Every change is told of the room that was asked for, and of the one that the person has gone to. */
  #followRooms(): void {
    const rooms = [this.#session.asked, this.#session.getState().room];
    const ids = rooms.flatMap((room) => (room ? [room.roomId] : []));
    this.#live.client?.follow(...new Set(ids));
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
    const known = paths.filter((path) => this.#roomAt([path]));
    return known.length ? known : paths;
  }

  /** The id of the user's room at one of these encoded paths. */
  #roomAt(paths: readonly string[]): string | undefined {
    const directory = this.#live.client?.session?.directory;
    for (const path of paths) {
      const room = directory?.find(path);
      if (room) return room.roomId;
    }
    return;
  }

  /** Why a room cannot be read; a direct message may be made by going there. */
  async #aboutRoom(paths: readonly string[]): Promise<PexipChatError | undefined> {
    const known = this.#roomAt(paths) ?? /^direct/.test(paths[0]!);
    return known ? undefined : this.#live.aboutRoom(paths);
  }

  /**
   * The room that was asked for. One that the person has gone to by a link in the page is not written
   * to, as the page tells of each room just once, so that it is not known when they have come back.
   */
  #roomId(): string {
    const roomId = this.#session.asked?.roomId ?? this.#roomAt(roomPaths(this.#room));
    if (roomId) return roomId;
    throw errors.noRoomYet();
  }

  #refuseUnlessShown(method: string): void {
    if (!this.#base) throw errors.notShown(method);
  }
}

/** Makes the view of `view="embed"`. */
export const view: ChatViewFactory = (pane, place) => new EmbedView(pane, place);
