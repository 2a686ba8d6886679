import type {FrameHost} from '../../controllers/frame-controller.js';
import type {PexipChatError} from '../../errors.js';
import * as activity from '../../events/activity-events.js';
import {RcOptionsRequestEvent} from '../../events/options-events.js';
import {roomPaths} from '../../protocol/chat-room-reference.js';
import {parseCredentials, type Auth, type Credentials} from '../../protocol/credentials.js';
import type {EmbedRoom} from '../../protocol/rocket-chat-embed.js';
import {NOTHING_UNREAD, type ChatPhase} from '../../session/chat-state.js';
import type {ClientFact} from '../../session/live-client.js';
import {isDefinite} from '../../session/refusal.js';
import type {SceneFact} from '../../session/room-scene.js';
import {factEvents} from '../fact-events.js';
import type {RcConversationElement} from '../native/conversation.js';
import {defineNative} from '../native/native-elements.js';
import {nativeLanguage} from '../native/native-language.js';
import {surroundings} from '../native/surroundings.js';
import type {Language} from '../strings/strings.js';
import type {
  ChatPlace,
  ChatSight,
  ChatView,
  ChatViewFactory,
  Conversation,
  ViewState,
} from './chat-view.js';
import {ConversationView} from './conversation-view.js';
import * as errors from './embed-view-errors.js';
import type {Identity} from './identity.js';
import {LiveSide} from './live-side.js';
import {NativeRoom} from './native-room.js';
import {NativeSignIn} from './native-sign-in.js';

const sceneEvent = factEvents<SceneFact>({
  'typing-started': activity.RcTypingStartedEvent,
  'presence-changed': activity.RcPresenceChangedEvent,
  'message-read': activity.RcMessageReadEvent,
});

/** A conversation of our own: no frame, no cookie, no storage. */
export class NativeView extends ConversationView implements ChatView {
  readonly frame = undefined;
  protected readonly live = new LiveSide(
    (fact) => this.#hear(fact),
    (error) => this.fail(error),
  );
  readonly #room = new NativeRoom({
    // What has expired may be connected all the same.
    client: () => this.live.state && this.live.client,
    explain: (paths) => this.live.aboutRoom(paths),
    tell: (fact) => this.#hearScene(fact),
    opened: (room) => {
      this.phase = this.error = undefined;
      this.tell({type: 'room-opened', detail: room});
    },
    failed: (error) => {
      // The room that is shown stays.
      if (!this.#room.found) this.phase = 'degraded';
      this.error = error;
      this.tell({type: 'error', error});
    },
  });
  protected readonly signIn = new NativeSignIn({
    live: this.live,
    room: this.#room,
    tell: this.tell,
    forget: (userId) => this.#element.forget(this.base, userId),
  });
  readonly #element: RcConversationElement;
  #wanted: Conversation | undefined;
  #around = surroundings();
  /** How often the page was asked. */
  #asked = 0;
  readonly #update = (): void => this.host.requestUpdate();

  constructor(host: FrameHost, place: ChatPlace) {
    super(host, place);
    defineNative();
    this.#element = document.createElement('rc-conversation');
    place.body.querySelector('.stage')!.append(this.#element);
  }

  get state(): ViewState {
    const {state} = this.live;
    const {found} = this.#room;
    return {
      phase: this.phase ?? this.#shownPhase,
      user: state?.user ?? null,
      room: found ? {roomId: found.roomId, name: found.name, type: found.type} : null,
      unread: state?.unread ?? NOTHING_UNREAD,
      rooms: state?.rooms ?? [],
    };
  }

  get sight(): ChatSight {
    return {live: this.live.sight};
  }

  show(language: Language, withRooms: boolean): string {
    const {phase} = this.state;
    const {found, path, scene, traits} = this.#room;
    const degraded = phase === 'degraded';
    const notice = this.surround(language, withRooms, degraded, found?.roomId);
    this.#element.hidden = phase === 'failed' || phase === 'idle';
    this.#element.show({
      language: nativeLanguage(language, this.#update),
      scene,
      traits,
      base: this.base,
      byBroker: this.signIn.byBroker,
      openRoom: (path) => this.open(path),
      around: this.#around,
      link: path && this.base + path,
    });
    return notice;
  }

  override follow(conversation: Conversation, again: boolean): void {
    this.#wanted = conversation;
    if (!this.key) this.#askAround();
    // Whoever was asked may have taken the pane away.
    if (this.host.isConnected) super.follow(conversation, again);
  }

  override remove(): void {
    super.remove();
    this.#element.remove();
  }

  async open(room: string): Promise<EmbedRoom> {
    this.refuseUnlessShown('open');
    const paths = this.paths(room);
    if (!paths.length) throw errors.noRoom();
    return this.#room.open(paths);
  }

  async login(credentials: Credentials): Promise<void> {
    if (!this.key) throw errors.notShown('login');
    const checked = parseCredentials(credentials);
    if (!checked) throw errors.noCredentials();
    if (!this.#startWith(checked)) this.#signInBy(checked);
  }

  useAuth(auth: Auth | undefined): void {
    if (!auth || this.#startWith(auth) || !this.base) return;
    if (!this.signIn.replaceAuth(auth)) this.#signInBy(auth);
  }

  async compose(text: string): Promise<void> {
    this.refuseUnlessShown('compose');
    this.knownRoomId();
    return this.#element.compose(text);
  }

  protected get roomId(): string | undefined {
    return this.#room.found?.roomId;
  }

  protected begin(
    base: string,
    paths: readonly string[],
    identity: Identity | undefined,
    sameUser: boolean,
  ): void {
    if (!sameUser) {
      if (!identity) throw errors.signInRequired();
      // Nobody sees the room of another user, or writes in it.
      this.end();
      this.base = base;
      this.signIn.start(base, identity);
    } else if (this.live.loading) this.signIn.again(); // but nobody who has signed out
    this.#room.open(paths).catch(() => undefined); // told as a fact
  }

  protected paths(room: string): readonly string[] {
    return roomPaths(room);
  }

  protected nobody(): PexipChatError {
    return errors.notSignedIn();
  }

  protected end(): void {
    this.#room.stop();
    this.signIn.stop();
  }

  /** Asks the page around the pane what it knows better; from another place it is asked again. */
  #askAround(): void {
    const asked = ++this.#asked;
    this.#around = surroundings();
    this.host.dispatchEvent(
      new RcOptionsRequestEvent({
        give: (options) => {
          if (asked !== this.#asked) return;
          this.#around = surroundings(options);
          this.host.requestUpdate();
        },
      }),
    );
  }

  get #shownPhase(): ChatPhase {
    if (!this.base) return 'idle';
    if (this.signIn.ready) return 'ready';
    // Whoever has signed out is not being signed in.
    return this.live.loading ? 'authenticating' : 'failed';
  }

  /** Starts what could not start, as nobody said how to sign in. @returns whether it did */
  #startWith(auth: Auth): boolean {
    if (this.base || !this.key || !this.#wanted) return false;
    this.follow({...this.#wanted, auth}, true);
    return true;
  }

  #signInBy(auth: Auth): void {
    this.phase = undefined;
    this.#room.leave();
    this.signIn.start(this.base, {auth});
  }

  #hear(fact: ClientFact): void {
    switch (fact.type) {
      case 'put':
      case 'heard':
        return;
      case 'signed-in':
        this.#welcome();
        break;
      case 'logged-out':
        this.signIn.leave();
        break;
      case 'other-user':
      case 'signed-out':
        if (fact.type === 'signed-out' && !isDefinite(fact.error)) this.#retryOnline();
        return this.#refuse(fact.error);
      case 'token-expired':
        this.tell(fact);
        if (fact.detail.surface === 'live') this.#shut();
        return this.tellUnread();
      case 'rooms':
        break;
      case 'token-renewed':
      case 'queued':
        return this.tell({type: 'phase'});
      default:
        this.tell(fact);
    }
    void this.#room.find();
    this.tellUnread();
  }

  #hearScene(fact: SceneFact): void {
    if (fact.type !== 'changed') this.host.dispatchEvent(sceneEvent(fact));
    if (this.#room.scene?.conversation.getState().opened) this.signIn.tellReady();
    this.host.requestUpdate();
  }

  #welcome(): void {
    const {user} = this.live.client?.state ?? {};
    if (!user?.userId) return;
    if (this.phase === 'failed') this.phase = this.error = undefined;
    this.signIn.tellIn(user);
  }

  /** Nobody is signed in: nothing of the user is shown any more. */
  #shut(): void {
    this.#room.leave();
    this.signIn.end();
    this.phase = 'failed';
  }

  #refuse(error: PexipChatError): void {
    this.#shut();
    this.error = error;
    this.tell({type: 'error', error});
    this.tellUnread();
  }

  #retryOnline(): void {
    this.online.do(() => this.signIn.again());
  }
}

/** Makes the view of `view="native"`. */
export const view: ChatViewFactory = (pane, place) => new NativeView(pane, place);
