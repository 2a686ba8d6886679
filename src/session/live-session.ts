import type {PexipChatError} from '../errors.js';
import type {ChatMessage} from '../protocol/chat-message.js';
import type {Credentials} from '../protocol/credentials.js';
import {field} from '../protocol/guards.js';
import type {DdpChange, DdpConnection} from '../transport/ddp-connection.js';
import {
  DdpSocket,
  SOCKET_PACE,
  type SocketPace,
  type SocketStatus,
} from '../transport/ddp-socket.js';
import type {RestClient} from '../transport/rest-client.js';
import {ChatApi} from './chat-api.js';
import {FollowedRooms} from './followed-rooms.js';
import {resume, signIn, type LiveTokens} from './live-login.js';
import {LiveRooms, MESSAGES, MINE, OF_USER} from './live-rooms.js';
import {BEFORE_LIVE, type LiveFact, type LiveState, type MessageDetail} from './live-state.js';
import {messageDetail, messageFact} from './message-facts.js';
import {Observable} from './observable.js';
import {Outbox} from './outbox.js';
import {gone, isDefinite} from './refusal.js';
import {randomId} from './random-id.js';
import {PresenceWatch} from './presence-watch.js';
import type {MessageNews} from './room-log.js';

export interface LiveSessionOptions {
  /** The workspace's address with a slash at its end. */
  readonly base: string;
  /** Brings the client for REST, when it is first needed. */
  readonly rest: () => Promise<RestClient>;
  readonly tokens: LiveTokens;
  readonly pace?: SocketPace | undefined;
}

/** Where a workspace takes its WebSockets. */
export const socketUrl = (base: string): string => `${base.replace(/^http/, 'ws')}websocket`;

/**
 * One user's live connection with one workspace. A connection that comes back signs in, subscribes,
 * and only then asks what was missed, so that nothing falls in between.
 */
export class LiveSession extends Observable<LiveState, LiveFact> {
  /** Whom the server tells of, by their presence. */
  readonly presence = new PresenceWatch(() => this.#socket.live);
  readonly #tokens: LiveTokens;
  readonly #rest: () => Promise<RestClient>;
  readonly #socket: DdpSocket;
  readonly #rooms: LiveRooms;
  readonly #followed = new FollowedRooms((connection, roomId) =>
    this.#rooms.fillRoom(this.#apiOver(connection), roomId),
  );
  readonly #outbox = new Outbox();
  #token = '';
  #userId = '';
  #refreshing = false;
  #out = false;
  /** Nobody is signed in any more. */
  #ended = false;

  constructor({base, rest, tokens, pace = SOCKET_PACE}: LiveSessionOptions) {
    super(BEFORE_LIVE);
    this.#tokens = tokens;
    this.#rest = rest;
    this.#rooms = new LiveRooms({
      message: (roomId, news) => this.#tellMessage(roomId, news),
      rooms: () => this.#refreshRooms(),
    });
    this.#socket = new DdpSocket({
      url: socketUrl(base),
      pace,
      recover: (connection) => this.#recover(connection),
      changed: (change) => this.#receive(change),
      status: (status) => this.#tellStatus(status),
      lost: () => {
        this.#followed.lose();
        this.#rooms.openGap();
        this.presence.renew();
      },
    });
  }

  /** Something waits to be sent. */
  get busy(): boolean {
    return this.#outbox.size > 0;
  }

  /** The user's rooms. */
  get directory(): LiveRooms['directory'] {
    return this.#rooms.directory;
  }

  /** What to ask the server by, while there is a connection. */
  get api(): ChatApi | undefined {
    const {live} = this.#socket;
    return live && this.#apiOver(live);
  }

  start(): void {
    this.#out = this.#ended = false;
    this.#socket.start();
  }

  /** Ends the connection, not the sign-in. What is not sent yet never will be. */
  stop(): void {
    this.#socket.stop();
    this.#outbox.end(gone());
  }

  /** The user has signed out. */
  signOut(): void {
    if (this.#out) return;
    this.#out = true;
    this.#end({type: 'logged-out'});
  }

  /** Signs the present connection in with a new token of the same user, without a break. */
  async renew(credentials: Credentials): Promise<void> {
    const {live} = this.#socket;
    const {authToken} = credentials;
    if (!live) return;
    if (authToken !== this.#token) {
      this.#token = authToken;
      // The server begins all subscriptions anew, and tells nothing in between.
      this.#rooms.openGap();
      try {
        await resume(live, credentials);
        this.presence.renew();
        await this.#rooms.fill(this.#apiOver(live), this.#followed.ids);
      } catch {
        // A token that does not work is found out by the next connection, which can replace it.
        if (authToken === this.#token) live.end();
        return;
      }
    }
    // To panes that have come since, and to those that took it for over.
    this.change({type: 'signed-in', replaced: false}, {user: this.#userOf(credentials)});
  }

  /** Hears of every change in a room until the function that it returns is called. */
  follow(roomId: string): () => void {
    return this.#followed.follow(roomId);
  }

  /**
   * Sends a message now, or as soon as there is a connection; once, however often that breaks.
   *
   * @param _id of the message, for whoever shows it before the server has it
   * @throws {PexipChatError} `message-refused`, `disconnected`
   */
  async send(
    roomId: string,
    text: string,
    threadId?: string,
    _id = randomId(),
  ): Promise<MessageDetail> {
    // Whoever was signed out is not waited for.
    if (this.#ended) throw gone();
    const sent = this.#outbox.add({
      _id,
      rid: roomId,
      msg: text,
      ...(threadId && {tmid: threadId}),
    });
    this.#flush();
    const message = (await sent) ?? (await this.#find(roomId, _id));
    if (message) this.#rooms.take(message);
    const {username = ''} = this.getState().user ?? {};
    // Until the room is told anew, only the server knows when it came.
    const known = message ?? {text, time: Date.now(), sender: {username}};
    return messageDetail(_id, roomId, known, this.directory.participants(roomId));
  }

  /** Not everybody who signs the user in says the name; who has said it before is believed. */
  #userOf({userId, username = this.getState().user?.username}: Credentials): LiveState['user'] {
    return Object.freeze({userId, ...(username && {username})});
  }

  #apiOver(connection: DdpConnection): ChatApi {
    return new ChatApi(connection, this.#rest);
  }

  /** A message that the server has already, and does not answer again. */
  async #find(roomId: string, id: string): Promise<ChatMessage | undefined> {
    const {api} = this;
    if (!this.#rooms.message(roomId, id) && api)
      await this.#rooms.fillRoom(api, roomId).catch(() => undefined);
    return this.#rooms.message(roomId, id);
  }

  async #recover(connection: DdpConnection): Promise<void> {
    try {
      const {credentials, replaced} = await signIn(connection, this.#tokens, (userId) =>
        this.#subscribe(connection, userId),
      );
      const {authToken, userId} = credentials;
      this.#token = authToken;
      this.#userId = userId;
      this.change({type: 'signed-in', replaced}, {user: this.#userOf(credentials)});
      await this.#rooms.fill(this.#apiOver(connection), this.#followed.ids);
      this.#followed.begin();
    } catch (error) {
      // Any other failure is over with one of the next connections, as is what waits to be sent.
      if (isDefinite(error)) this.#end({type: 'signed-out', error: error as PexipChatError});
      throw error;
    }
  }

  /** Nobody is signed in: nothing of the user is shown any more. */
  #end(fact: LiveFact): void {
    this.#ended = true;
    this.stop();
    this.#tellStatus('offline');
    this.change(fact, {...BEFORE_LIVE, status: 'offline'});
  }

  async #subscribe(connection: DdpConnection, userId: string): Promise<void> {
    const optional = [
      connection.subscribe(OF_USER, `${userId}/rooms-changed`),
      connection.subscribe(OF_USER, `${userId}/force_logout`),
      this.#followed.subscribe(connection),
    ];
    const needed = [
      connection.subscribe(MESSAGES, MINE),
      connection.subscribe(OF_USER, `${userId}/subscriptions-changed`),
    ];
    await Promise.all([Promise.allSettled(optional), ...needed]);
  }

  #receive(change: DdpChange): void {
    const {event, args} = change;
    const [, what] = event.split('/');
    // The server is about to end the connection; the next one is told why.
    if (what === 'force_logout') return this.#socket.reconnect();
    this.change({type: 'heard', change});
    this.#rooms.receive(change);
    const [action, data] = args;
    const roomId = field(data, 'rid');
    if (what !== 'subscriptions-changed' || !this.#followed.has(roomId)) return;
    // What is said while the user is out is not told, and the first message that is says nothing of it.
    if (action !== 'updated') this.#rooms.owe(roomId);
    if (action === 'inserted') this.#followed.renew(roomId);
  }

  #tellStatus(status: SocketStatus): void {
    this.change({type: 'connection-changed', detail: {status}}, {status});
    if (status === 'live') this.#flush();
  }

  #flush(): void {
    const {api} = this;
    if (api) void this.#outbox.flush(this.#socket.live!, api);
  }

  #tellMessage(roomId: string, news: MessageNews): void {
    const participants = this.directory.participants(roomId);
    const fact = messageFact(news, roomId, this.#userId, participants);
    if (fact) this.change(fact);
  }

  /** Once for all that comes in one go: a message changes counts, rooms and the order of the list. */
  #refreshRooms(): void {
    if (this.#refreshing) return;
    this.#refreshing = true;
    queueMicrotask(() => {
      this.#refreshing = false;
      if (!this.getState().user) return;
      const {rooms, unread} = this.directory;
      this.change({type: 'rooms'}, {known: true, rooms, unread});
    });
  }
}
