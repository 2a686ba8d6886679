import type {FrameHost} from '../../controllers/frame-controller.js';
import type {PexipChatError} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {EmbedRoom} from '../../protocol/rocket-chat-embed.js';
import {NOTHING_UNREAD} from '../../session/chat-state.js';
import type {LiveSession} from '../../session/live-session.js';
import type {MessageDetail} from '../../session/live-state.js';
import {keyOfUnread} from '../../session/unread-tally.js';
import type {AccessToken} from '../../transport/broker-client.js';
import {attributeError} from '../attribute-errors.js';
import type {MeetingConversation, Who} from '../auto/meeting-conversation.js';
import type {Language} from '../strings/strings.js';
import {workspaceAddress} from '../workspace-address.js';
import {AroundSide} from './around-side.js';
import {chatFacts, type ToldFact} from './chat-facts.js';
import type {ChatPlace, Conversation, SendOptions, ViewState} from './chat-view.js';
import {degradedNotice} from './degraded-notice.js';
import * as errors from './embed-view-errors.js';
import type {Identity} from './identity.js';
import type {LiveSide} from './live-side.js';
import {OnceOnline} from './once-online.js';

/** How a view signs its user in. */
export interface ViewSignIn {
  /** A person wants to be signed in, for the first time or again. */
  again(): void;
  useAccessToken(accessToken: AccessToken | undefined): void;
  /** @throws {PexipChatError} a token may go on */
  logout(): Promise<void>;
}

/** What every way to show a conversation does alike: it follows the attributes, tells, writes, and fails. */
export abstract class ConversationView {
  abstract readonly state: ViewState;
  abstract open(room: string): Promise<EmbedRoom>;
  protected abstract readonly live: LiveSide;
  protected abstract readonly signIn: ViewSignIn;
  /** The room that is written to, by its id; undefined until it is known. */
  protected abstract readonly roomId: string | undefined;
  protected readonly host: FrameHost;
  protected readonly tell: (fact: ToldFact) => void;
  protected readonly online = new OnceOnline();
  /** The workspace's address with a slash at its end; empty while there is no conversation. */
  protected base = '';
  /** Names what is followed; kept by a conversation that has failed. */
  protected key = '';
  protected phase: 'idle' | 'loading' | 'degraded' | 'failed' | undefined;
  /** Why the conversation does not work as it should. */
  protected error: PexipChatError | undefined;
  /** Opens a room that a person has chosen. */
  protected readonly go = (path: string): void => void this.open(path).catch(() => undefined); // told as a fact
  readonly #place: ChatPlace;
  /** Shows no conversation: none yet, or none because of this error. */
  readonly #rest = (phase?: 'failed' | 'idle' | 'loading', error?: PexipChatError): void => {
    this.online.stop();
    this.base = '';
    this.phase = phase;
    this.end();
    this.#around.stop();
    this.tellUnread();
    if (error) this.tell({type: 'error', error});
  };
  readonly #around: AroundSide;
  /** Where the room is `auto`. */
  #auto: MeetingConversation | undefined;
  /** By which the user was signed in. */
  #broker: string | null = null;
  #toldUnread = keyOfUnread(NOTHING_UNREAD);

  constructor(host: FrameHost, place: ChatPlace) {
    this.host = host;
    this.#place = place;
    this.tell = chatFacts(host, place.report);
    this.#around = new AroundSide(place, {
      open: this.go,
      signIn: () => this.signIn.again(),
      loaded: () => host.requestUpdate(),
    });
  }

  follow(conversation: Conversation, again: boolean): void {
    const {server, room, broker} = conversation;
    const key = JSON.stringify([server, room, broker]);
    if (key === this.key && !again) return this.#auto?.follow(conversation);
    this.#auto = this.#auto?.stop();
    this.key = key;
    this.phase = this.error = undefined;
    this.#start(conversation, key).catch((error: PexipChatError) => {
      if (key !== this.key) return;
      this.fail(error);
      // A page that is opened without a network is to work once it is back.
      if (error.code === 'broker-failed')
        this.online.do(() => {
          if (key === this.key) this.key = '';
          this.host.requestUpdate();
        });
    });
  }

  stop(): void {
    this.#auto = this.#auto?.stop();
    this.key = '';
    this.#rest();
  }

  remove(): void {
    this.stop();
    this.#around.remove();
  }

  useAccessToken(accessToken: AccessToken | undefined): void {
    if (this.base) this.signIn.useAccessToken(accessToken);
  }

  async logout(): Promise<void> {
    this.online.stop();
    const done = this.signIn.logout();
    this.tellUnread();
    return done;
  }

  async send(text: string, {threadId}: SendOptions = {}): Promise<MessageDetail> {
    if (typeof text !== 'string' || !text.trim()) throw errors.noText();
    const session = await this.#session('send');
    return session.send(this.knownRoomId(), text, threadId);
  }

  async markRead(): Promise<void> {
    const {api} = await this.#session('markRead');
    const roomId = this.knownRoomId();
    if (!api) throw errors.notRead();
    await api.read(roomId).catch((cause: unknown) => {
      throw errors.notRead(cause);
    });
  }

  /**
   * Shows a room in the place of what was shown.
   *
   * @param base the workspace's address with a slash at its end
   * @param paths where the room may be; the first of them that there is counts
   * @param identity undefined where the page does not say who the user is
   * @param sameUser the workspace is the one before, and nothing says that the user is another
   * @param room what `paths` came of
   * @throws {PexipChatError} it cannot be shown
   */
  protected abstract begin(
    base: string,
    paths: readonly string[],
    identity: Identity | undefined,
    sameUser: boolean,
    room: string,
  ): void;
  /** Ends all that {@link begin} has begun. */
  protected abstract end(): void;
  /** Where a room may be, encoded; none if it is no room. */
  protected abstract paths(room: string): readonly string[];
  /** Why `method` cannot be called where nobody is to be signed in by token. */
  protected abstract nobody(method: 'send' | 'markRead'): PexipChatError;

  /**
   * Shows what stands around the conversation.
   *
   * @param link where it can be opened in a window of its own
   * @returns what is said above a conversation that does not work as it should
   */
  protected surround(
    language: Language,
    withRooms: boolean,
    degraded: boolean,
    roomId: string | undefined,
    link?: string | undefined,
  ): string {
    const {state, signIn} = this.live;
    this.#around.show({
      ...signIn,
      language,
      status: state?.status,
      link,
      rooms: withRooms && state?.known ? state.rooms : undefined,
      roomId,
    });
    this.#auto?.show(language);
    return degraded ? degradedNotice(this.error?.code, language) : '';
  }

  /** Ends a conversation that cannot be shown. The same attributes do not start it again; whoever sets one does. */
  protected fail(error: PexipChatError): void {
    this.#rest('failed', error);
  }

  /** Once for each change, whoever has noticed it. */
  protected tellUnread(): void {
    const {unread} = this.state;
    const key = keyOfUnread(unread);
    const changed = key !== this.#toldUnread;
    this.#toldUnread = key;
    this.tell(changed ? {type: 'unread-changed', detail: unread} : {type: 'phase'});
  }

  protected refuseUnlessShown(method: string): void {
    if (!this.base) throw errors.notShown(method);
  }

  protected knownRoomId(): string {
    const {roomId} = this;
    if (roomId) return roomId;
    throw errors.noRoomYet();
  }

  async #start(conversation: Conversation, key: string): Promise<void> {
    const {server, room} = conversation;
    const broker = conversation.broker && workspaceAddress(conversation.broker, 'broker');
    if (!server) this.phase = 'loading';
    const base = workspaceAddress(server ?? (await this.live.serverOf(broker!)));
    if (key !== this.key) return;
    const begin = (
      room: string,
      {auth, broker, accessToken}: Who,
      paths = this.paths(room),
    ): void => {
      this.phase = this.error = undefined;
      if (!paths.length) throw attributeError('room', 'unknown-value');
      const byBroker = broker ? {broker, accessToken} : undefined;
      const sameUser = base === this.base && (!!auth || broker === this.#broker);
      if (!sameUser) this.#broker = broker;
      this.begin(base, paths, auth ? {auth} : byBroker, sameUser, room);
    };
    if (room !== 'auto') return begin(room, {...conversation, broker});
    const {auto} = await loadPart('auto');
    if (key !== this.key) return;
    this.#auto = auto({
      place: this.#place,
      base,
      broker,
      begin,
      rest: this.#rest,
    });
    this.#auto.follow(conversation);
  }

  /** @throws {PexipChatError} nobody is signed in by token */
  async #session(method: 'send' | 'markRead'): Promise<LiveSession> {
    this.refuseUnlessShown(method);
    const client = await this.live.loading;
    if (!client) throw this.nobody(method);
    if (!client.session) throw errors.notSignedIn();
    return client.session;
  }
}
