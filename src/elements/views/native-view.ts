import type {FrameHost} from '../../controllers/frame-controller.js';
import {PexipChatError} from '../../errors.js';
import {roomPaths} from '../../protocol/chat-room-reference.js';
import {parseCredentials, type Auth, type Credentials} from '../../protocol/credentials.js';
import type {EmbedRoom} from '../../protocol/rocket-chat-embed.js';
import {NOTHING_UNREAD, type ChatPhase} from '../../session/chat-state.js';
import type {ClientFact} from '../../session/live-client.js';
import type {LiveSession} from '../../session/live-session.js';
import type {MessageDetail} from '../../session/live-state.js';
import {isDefinite} from '../../session/refusal.js';
import {keyOfUnread} from '../../session/unread-tally.js';
import type {AccessToken} from '../../transport/broker-client.js';
import type {RcConversationElement} from '../native/conversation.js';
import {defineNative} from '../native/native-elements.js';
import {nativeLanguage} from '../native/native-language.js';
import * as activity from '../../events/activity-events.js';
import type {SceneFact} from '../../session/room-scene.js';
import {factEvents} from '../fact-events.js';
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
import * as errors from './embed-view-errors.js';
import {LiveSide} from './live-side.js';
import {NativeRoom} from './native-room.js';

/** Where Rocket.Chat has rooms of each kind; it takes their ids in the place of names. */
const PATHS = {c: 'channel', p: 'group', d: 'direct'} as const;

const sceneEvent = factEvents<SceneFact>({
  'typing-started': activity.RcTypingStartedEvent,
  'presence-changed': activity.RcPresenceChangedEvent,
  'message-read': activity.RcMessageReadEvent,
});

const signInRequired = (): PexipChatError =>
  new PexipChatError(
    'sign-in-required',
    'The native view has no sign-in form of its own. Set auth, or broker with accessToken or a cookie.',
  );

/** A conversation of our own: no frame, no cookie, no storage. */
export class NativeView implements ChatView {
  readonly frame = undefined;
  readonly #host: FrameHost;
  readonly #tell: (fact: ToldFact) => void;
  readonly #around: AroundSide;
  readonly #element: RcConversationElement;
  readonly #live = new LiveSide(
    (fact) => this.#hear(fact),
    (error) => this.#fail(error),
  );
  readonly #room: NativeRoom;
  #base = '';
  #wanted: Conversation | undefined;
  #key = '';
  #auth: Auth | undefined;
  #phase: 'loading' | 'degraded' | 'failed' | undefined;
  #error: PexipChatError | undefined;
  #ready = false;
  /** Who was told to be signed in. */
  #told: string | undefined;
  #toldUnread = keyOfUnread(NOTHING_UNREAD);
  #again = new AbortController();
  readonly #update = (): void => this.#host.requestUpdate();

  constructor(host: FrameHost, place: ChatPlace) {
    defineNative();
    this.#host = host;
    this.#tell = chatFacts(host, place.report);
    this.#element = document.createElement('rc-conversation');
    place.body.querySelector('.stage')!.append(this.#element);
    this.#around = new AroundSide(place, {
      open: (path) => void this.open(path).catch(() => undefined), // told as a fact
      signIn: () => this.#live.signInAgain(),
      loaded: () => host.requestUpdate(),
    });
    this.#room = new NativeRoom({
      client: () => this.#live.client,
      explain: (paths) => this.#live.aboutRoom(paths),
      tell: (fact) => this.#hearScene(fact),
      opened: (room) => {
        this.#phase = this.#error = undefined;
        this.#tell({type: 'room-opened', detail: room});
      },
      failed: (error) => {
        // The room that is shown stays.
        if (!this.#room.found) this.#phase = 'degraded';
        this.#error = error;
        this.#tell({type: 'error', error});
      },
    });
  }

  get state(): ViewState {
    const {state} = this.#live;
    const {found} = this.#room;
    return {
      phase: this.#phase ?? this.#shownPhase,
      user: state?.user ?? null,
      room: found ? {roomId: found.roomId, name: found.name, type: found.type} : null,
      unread: state?.unread ?? NOTHING_UNREAD,
      rooms: state?.rooms ?? [],
    };
  }

  get sight(): ChatSight {
    return {live: this.#live.sight};
  }

  show(language: Language, withRooms: boolean): string {
    const {state} = this.#live;
    const {phase, room} = this.state;
    this.#around.show({
      ...this.#live.signIn,
      language,
      status: state?.status,
      link: undefined,
      rooms: withRooms && state?.known ? state.rooms : undefined,
      roomId: room?.roomId,
    });
    const {found, scene, traits} = this.#room;
    this.#element.hidden = phase === 'failed' || phase === 'idle';
    this.#element.show({
      language: nativeLanguage(language, this.#update),
      scene,
      traits,
      base: this.#base,
      byBroker: !this.#auth,
      openRoom: (path) => void this.open(path).catch(() => undefined), // told as a fact
      link: found && `${this.#base}${PATHS[found.kind]}/${encodeURIComponent(found.roomId)}`,
    });
    return phase === 'degraded' ? degradedNotice(this.#error?.code, language) : '';
  }

  follow(conversation: Conversation, again: boolean): void {
    this.#wanted = conversation;
    const {server, room, broker} = conversation;
    const key = JSON.stringify([server, room, broker]);
    if (key === this.#key && !again) return;
    this.#key = key;
    this.#phase = this.#error = undefined;
    this.#start(conversation, key).catch((error: PexipChatError) => {
      if (key !== this.#key) return;
      this.#fail(error);
      if (error.code === 'broker-failed')
        this.#retryOnline(() => {
          if (key === this.#key) this.#key = '';
        });
    });
  }

  stop(): void {
    this.#again.abort();
    this.#base = this.#key = '';
    this.#phase = this.#told = this.#auth = undefined;
    this.#ready = false;
    this.#room.stop();
    this.#live.stop();
    this.#around.stop();
    this.#tellUnread();
  }

  remove(): void {
    this.stop();
    this.#around.remove();
    this.#element.remove();
  }

  async open(room: string): Promise<EmbedRoom> {
    this.#refuseUnlessShown('open');
    const paths = roomPaths(room);
    if (!paths.length) throw errors.noRoom();
    return this.#room.open(paths);
  }

  async login(credentials: Credentials): Promise<void> {
    if (!this.#key) throw errors.notShown('login');
    const checked = parseCredentials(credentials);
    if (!checked) throw errors.noCredentials();
    if (!this.#startWith(checked)) this.#signIn(checked);
  }

  useAuth(auth: Auth | undefined): void {
    if (!auth || this.#startWith(auth) || !this.#base) return;
    const same = typeof auth === 'function' && typeof this.#auth === 'function';
    if (!same) return this.#signIn(auth);
    this.#auth = auth;
    this.#live.use(auth);
    this.#live.signInAgain();
  }

  useAccessToken(accessToken: AccessToken | undefined): void {
    if (!this.#base || this.#auth) return;
    this.#live.use(accessToken);
    this.#live.signInAgain();
  }

  async logout(): Promise<void> {
    const {client} = this.#live;
    this.#auth = undefined;
    this.#again.abort();
    this.#room.leave();
    this.#live.leave();
    this.#tellOut();
    await client?.logout();
  }

  async send(text: string, {threadId}: SendOptions = {}): Promise<MessageDetail> {
    if (typeof text !== 'string' || !text.trim()) throw errors.noText();
    const session = await this.#session('send');
    return session.send(this.#roomId(), text, threadId);
  }

  async compose(text: string): Promise<void> {
    this.#refuseUnlessShown('compose');
    this.#roomId();
    return this.#element.compose(text);
  }

  async markRead(): Promise<void> {
    const {api} = await this.#session('markRead');
    const roomId = this.#roomId();
    if (!api) throw errors.notRead();
    await api.read(roomId).catch((cause: unknown) => {
      throw errors.notRead(cause);
    });
  }

  get #shownPhase(): ChatPhase {
    if (!this.#base) return 'idle';
    return this.#ready ? 'ready' : 'authenticating';
  }

  async #start(conversation: Conversation, key: string): Promise<void> {
    const {room, auth, accessToken} = conversation;
    const broker = conversation.broker && workspaceAddress(conversation.broker, 'broker');
    if (!conversation.server) this.#phase = 'loading';
    const base = workspaceAddress(conversation.server ?? (await this.#live.serverOf(broker!)));
    if (key !== this.#key) return;
    this.#phase = undefined;
    // A bare `auto` is left to the broker, which knows the meeting's discussion.
    const paths = room === 'auto' ? [] : roomPaths(room);
    if (!paths.length) throw errors.noSuchRoomAttribute();
    if (base === this.#base && this.#live.client) {
      this.#live.signInAgain();
      this.#room.open(paths).catch(() => undefined); // told as a fact
      return;
    }
    if (!auth && !broker) throw signInRequired();
    this.#base = base;
    this.#auth = auth;
    this.#room.open(paths).catch(() => undefined); // told as a fact
    this.#live.start(base, auth ? {auth} : {broker: broker!, accessToken});
    this.#tell({type: 'phase'});
  }

  /** Starts what could not start, as nobody said how to sign in. @returns whether it did */
  #startWith(auth: Auth): boolean {
    if (this.#base || !this.#key || !this.#wanted) return false;
    this.follow({...this.#wanted, auth}, true);
    return true;
  }

  #signIn(auth: Auth): void {
    this.#auth = auth;
    this.#phase = undefined;
    this.#room.leave();
    this.#live.start(this.#base, {auth});
  }

  #hear(fact: ClientFact): void {
    switch (fact.type) {
      case 'put':
      case 'heard':
        return;
      case 'signed-in':
        this.#tellIn();
        break;
      case 'logged-out':
        this.#room.leave();
        this.#live.leave();
        this.#tellOut();
        break;
      case 'other-user':
      case 'signed-out':
        if (fact.type === 'signed-out' && !isDefinite(fact.error))
          this.#retryOnline(() => this.#live.signInAgain());
        return this.#refuse(fact.error);
      case 'rooms':
        break;
      case 'token-renewed':
      case 'queued':
        return this.#tell({type: 'phase'});
      default:
        this.#tell(fact);
    }
    void this.#room.find();
    this.#tellUnread();
  }

  #hearScene(fact: SceneFact): void {
    if (fact.type !== 'changed') this.#host.dispatchEvent(sceneEvent(fact));
    const opened = this.#room.scene?.conversation.getState().opened;
    if (opened && !this.#ready) {
      this.#ready = true;
      this.#tell({type: 'ready', detail: null});
    }
    this.#host.requestUpdate();
  }

  #tellIn(): void {
    const {user} = this.#live.client?.state ?? {};
    if (!user?.userId) return;
    if (this.#phase === 'failed') this.#phase = this.#error = undefined;
    if (user.userId !== this.#told) this.#tell({type: 'logged-in', detail: user});
    this.#told = user.userId;
  }

  #tellOut(): void {
    this.#ready = false;
    if (this.#told !== undefined) {
      this.#element.forget(this.#base, this.#told);
      this.#tell({type: 'logged-out', detail: null});
    }
    this.#told = undefined;
    this.#tellUnread();
  }

  /** Nobody is signed in: nothing of the user is shown any more. */
  #refuse(error: PexipChatError): void {
    this.#room.leave();
    this.#ready = false;
    this.#phase = 'failed';
    this.#error = error;
    this.#told = undefined;
    this.#tell({type: 'error', error});
    this.#tellUnread();
  }

  #fail(error: PexipChatError): void {
    const key = this.#key;
    this.stop();
    // The same attributes do not start it again; whoever sets one of them does.
    this.#key = key;
    this.#phase = 'failed';
    this.#tell({type: 'error', error});
  }

  #retryOnline(again: () => void): void {
    this.#again.abort();
    this.#again = new AbortController();
    const {signal} = this.#again;
    const retry = (): void => {
      again();
      this.#host.requestUpdate();
    };
    addEventListener('online', retry, {once: true, signal});
  }

  #tellUnread(): void {
    const {unread} = this.state;
    const key = keyOfUnread(unread);
    const changed = key !== this.#toldUnread;
    this.#toldUnread = key;
    this.#tell(changed ? {type: 'unread-changed', detail: unread} : {type: 'phase'});
  }

  async #session(method: 'send' | 'markRead'): Promise<LiveSession> {
    this.#refuseUnlessShown(method);
    const client = await this.#live.loaded;
    if (!client?.session) throw errors.notSignedIn();
    return client.session;
  }

  #roomId(): string {
    const {found} = this.#room;
    if (found) return found.roomId;
    throw errors.noRoomYet();
  }

  #refuseUnlessShown(method: string): void {
    if (!this.#base) throw errors.notShown(method);
  }
}

/** Makes the view of `view="native"`. */
export const view: ChatViewFactory = (pane, place) => new NativeView(pane, place);
