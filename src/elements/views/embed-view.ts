import {FrameController, type FrameHost} from '../../controllers/frame-controller.js';
import type {PexipChatError} from '../../errors.js';
import {roomPaths} from '../../protocol/chat-room-reference.js';
import {parseCredentials, type Auth, type Credentials} from '../../protocol/credentials.js';
import {
  embeddedPath,
  parseEmbedEvent,
  type EmbedEvent,
  type EmbedRoom,
} from '../../protocol/rocket-chat-embed.js';
import type {ChatFact} from '../../session/chat-state.js';
import {superseded} from '../../session/embed-errors.js';
import {EmbedSession} from '../../session/embed-session.js';
import type {ClientFact} from '../../session/live-client.js';
import type {Language} from '../strings/strings.js';
import type {ChatPlace, ChatSight, ChatView, ChatViewFactory, ViewState} from './chat-view.js';
import {ConversationView} from './conversation-view.js';
import {EmbedLiveSide} from './embed-live-side.js';
import {EmbedSignIn} from './embed-sign-in.js';
import * as errors from './embed-view-errors.js';
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
export class EmbedView extends ConversationView implements ChatView {
  protected readonly live = new EmbedLiveSide(
    (fact) => this.#hearLive(fact),
    (error) => this.tell({type: 'error', error}),
    true,
  );
  readonly #session: EmbedSession = new EmbedSession({
    send: (command) => this.#frame.send(command),
    navigate: (path) => this.#frame.start(this.base + embeddedPath(path).slice(1)),
    explain: (sight) => this.live.explain(sight),
    judge: () => this.signIn.judge(),
  });
  protected readonly signIn = new EmbedSignIn({
    session: this.#session,
    live: this.live,
    tell: this.tell,
    fail: (error) => this.fail(error),
  });
  readonly #frame: FrameController<EmbedEvent>;
  #room = '';
  #opens = 0;

  constructor(host: FrameHost, place: ChatPlace) {
    super(host, place);
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
    const live = this.live.state;
    return {
      ...shown,
      phase: this.phase ?? shown.phase,
      user: shown.user ?? live?.user ?? null,
      unread: live?.known ? live.unread : shown.unread,
      rooms: live?.rooms ?? [],
    };
  }

  get frame(): HTMLIFrameElement | undefined {
    return this.#frame.frame;
  }

  get sight(): ChatSight {
    return {...this.#frame.sight, live: this.live.sight};
  }

  show(language: Language, withRooms: boolean): string {
    const {phase, room} = this.#session.getState();
    const degraded = phase === 'degraded';
    if (this.frame) this.frame.style.visibility = this.#session.foreign ? 'hidden' : '';
    const link = degraded ? `${this.base}${this.paths(this.#room)[0]}` : undefined;
    return this.surround(language, withRooms, degraded, room?.roomId, link);
  }

  async open(room: string): Promise<EmbedRoom> {
    this.refuseUnlessShown('open');
    const paths = this.paths(room);
    if (!paths.length) throw errors.noRoom();
    // What is known to be shut is not gone to: the room that is shown stays.
    const open = ++this.#opens;
    const shut = await this.#aboutRoom(paths);
    if (open !== this.#opens || !this.base) throw superseded();
    if (shut) throw shut;
    this.#room = room;
    return this.#session.open(paths);
  }

  async login(credentials: Credentials): Promise<void> {
    this.refuseUnlessShown('login');
    const checked = parseCredentials(credentials);
    if (!checked) throw errors.noCredentials();
    return this.signIn.login(checked);
  }

  useAuth(auth: Auth | undefined): void {
    if (this.base) this.signIn.useAuth(auth);
  }

  async compose(): Promise<never> {
    throw errors.unsupported('compose');
  }

  /**
   * The room that was asked for. One that the person has gone to by a link in the page is not written
   * to, as the page tells of each room just once, so that it is not known when they have come back.
   */
  protected get roomId(): string | undefined {
    return this.#session.asked?.roomId ?? this.#roomAt(roomPaths(this.#room));
  }

  protected begin(
    base: string,
    paths: readonly string[],
    identity: Identity | undefined,
    sameUser: boolean,
    room: string,
  ): void {
    this.#room = room;
    if (sameUser) {
      // Nobody is signed in again who has signed out.
      if (this.live.tokens) this.live.signInAgain();
      this.#session.open(paths).catch(() => undefined); // told as a fact
      return;
    }
    this.base = base;
    this.signIn.start(base, identity);
    this.#session.start(paths, this.signIn.tokens);
  }

  protected end(): void {
    this.signIn.stop();
    this.#session.stop();
    this.#frame.stop();
  }

  protected paths(room: string): readonly string[] {
    const paths = roomPaths(room);
    const known = paths.filter((path) => this.#roomAt([path]));
    return known.length ? known : paths;
  }

  protected nobody(method: 'send' | 'markRead'): PexipChatError {
    return errors.unsupported(method);
  }

  #hearFrame(fact: ChatFact): void {
    if (fact.type === 'error') this.error = fact.error;
    if (fact.type === 'ready') this.error = undefined;
    if (fact.type === 'room-opened') this.#followRooms();
    if (fact.type === 'unread-changed') this.tellUnread();
    else this.tell(fact);
  }

  #hearLive(fact: ClientFact): void {
    // For a view that shows messages itself.
    if (fact.type === 'put' || fact.type === 'heard') return;
    if (fact.type === 'signed-out') this.error = fact.error;
    if (fact.type === 'signed-in') this.#followRooms();
    this.signIn.hear(fact);
    this.tellUnread();
  }

  /** Every change is told of the room that was asked for, and of the one that the person has gone to. */
  #followRooms(): void {
    const rooms = [this.#session.asked, this.#session.getState().room];
    const ids = rooms.flatMap((room) => (room ? [room.roomId] : []));
    this.live.client?.follow(...new Set(ids));
  }

  /** The id of the user's room at one of these encoded paths. */
  #roomAt(paths: readonly string[]): string | undefined {
    const directory = this.live.client?.session?.directory;
    for (const path of paths) {
      const room = directory?.find(path);
      if (room) return room.roomId;
    }
    return;
  }

  /** Why a room cannot be read; a direct message may be made by going there. */
  async #aboutRoom(paths: readonly string[]): Promise<PexipChatError | undefined> {
    const known = this.#roomAt(paths) ?? /^direct/.test(paths[0]!);
    return known ? undefined : this.live.aboutRoom(paths);
  }
}

/** Makes the view of `view="embed"`. */
export const view: ChatViewFactory = (pane, place) => new EmbedView(pane, place);
