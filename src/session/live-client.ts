import {PexipChatError} from '../errors.js';
import {roomPaths} from '../protocol/chat-room-reference.js';
import type {Auth} from '../protocol/credentials.js';
import {overBriefConnection} from '../transport/brief-connection.js';
import {SOCKET_PACE, type SocketPace} from '../transport/ddp-socket.js';
import type {RestClient, RestClientOptions} from '../transport/rest-client.js';
import type {ChatApi} from './chat-api.js';
import {forgetSession, sharedSession, type Held, type SharedSession} from './live-hub.js';
import {endToken, resume} from './live-login.js';
import {socketUrl} from './live-session.js';
import {BEFORE_LIVE, type LiveFact, type LiveState, type MessageDetail} from './live-state.js';
import type {TokenFact} from './token-keeper.js';
import {AuthTokens} from './token-source.js';
import {forgetTokens, pooledTokens, type Pooled, type SignIn} from './token-pool.js';

/** What a pane hears of its user's live data and sign-in. */
export type ClientFact =
  | LiveFact
  | TokenFact
  /** The place in the broker's queue; undefined once it is over. */
  | {readonly type: 'queued'; readonly position: number | undefined};

export interface LiveClientOptions {
  /** The workspace's address with a slash at its end. */
  readonly base: string;
  readonly signIn: SignIn;
  readonly tell: (fact: ClientFact) => void;
  /** Brings the client for REST, whose code is loaded only where a workspace needs it. */
  readonly rest: (options: RestClientOptions) => Promise<RestClient>;
  readonly pace?: SocketPace | undefined;
}

const notSignedIn = (): PexipChatError =>
  new PexipChatError(
    'disconnected',
    'Nobody is signed in to Rocket.Chat. Wait for rc-logged-in, or call login().',
  );

/** One pane's part in its user's connection, which it shares with all panes of that user. */
export class LiveClient {
  readonly #options: LiveClientOptions;
  readonly #tokens: Held<Pooled>;
  readonly #life = new AbortController();
  #shared: Held<SharedSession> | undefined;
  #follows = new Map<string, () => void>();
  #userId = '';
  #leaving: Promise<void> | undefined;

  constructor(options: LiveClientOptions) {
    this.#options = options;
    this.#tokens = pooledTokens(options.signIn);
    const {keeper, waiters} = this.#tokens.hold();
    const {signal} = this.#life;
    const {tell} = options;
    const queued = (position: number | undefined): void => tell({type: 'queued', position});
    waiters.add(queued);
    const ends = [keeper.subscribe((fact) => this.#hear(fact)), () => waiters.delete(queued)];
    signal.addEventListener('abort', () => ends.forEach((end) => end()));
    // A broker gives both in one answer, which is asked for once.
    if ('broker' in options.signIn) keeper.get('embed').catch(() => undefined);
    void this.signIn();
  }

  get state(): LiveState {
    return this.#shared?.value.session.getState() ?? BEFORE_LIVE;
  }

  /** Gives the tokens of the embedded page, in the form of an `auth` function. */
  readonly embedAuth: Auth = async ({reason}) => {
    const {keeper} = this.#tokens.value;
    const known = keeper.of('embed');
    return known && reason === 'rejected'
      ? keeper.replace('embed', known.authToken)
      : keeper.get('embed');
  };

  /** The page's `auth` is another function with the same meaning. */
  useAuth(auth: Auth): void {
    const {source} = this.#tokens.value;
    if (source instanceof AuthTokens) source.auth = auth;
  }

  /** Connects, or tries again after the user was signed out. */
  async signIn(): Promise<void> {
    const {tell, base, pace, rest} = this.#options;
    try {
      const {userId} = await this.#tokens.value.keeper.get('live');
      if (this.#life.signal.aborted) return;
      if (!this.#shared)
        this.#join(
          sharedSession({base, userId}, () => rest(this.#rest(userId)), pace),
          userId,
        );
      this.#shared!.value.session.start();
    } catch (error) {
      if (!this.#life.signal.aborted && error instanceof PexipChatError)
        tell({type: 'signed-out', error});
    }
  }

  /** Hears of every change in this room, in the place of others. */
  follow(...roomIds: readonly string[]): void {
    const before = this.#follows;
    const session = this.#shared?.value.session;
    this.#follows = new Map(
      roomIds.map((id) => [id, before.get(id) ?? session?.follow(id) ?? (() => undefined)]),
    );
    for (const [id, end] of before) if (!this.#follows.has(id)) end();
  }

  /** The paths of the user's rooms among those that a reference may mean; all if none is known. */
  pathsOf(room: string): readonly string[] {
    const paths = roomPaths(room);
    const known = paths.filter((path) => this.#shared?.value.session.directory.find(path));
    return known.length ? known : paths;
  }

  /** The id of the user's room that a reference may mean. */
  roomAt(room: string): string | undefined {
    const directory = this.#shared?.value.session.directory;
    return roomPaths(room)
      .map((path) => directory?.find(path)?.roomId)
      .find(Boolean);
  }

  /** @throws {PexipChatError} `message-refused`, `disconnected` */
  send(roomId: string, text: string, threadId?: string): Promise<MessageDetail> {
    const session = this.#shared?.value.session;
    return session ? session.send(roomId, text, threadId) : Promise.reject(notSignedIn());
  }

  /** Marks a room as read. @throws {PexipChatError} `disconnected` */
  async markRead(roomId: string): Promise<void> {
    const {api} = this;
    if (!api) throw notSignedIn();
    await api.read(roomId);
  }

  /** What to ask the workspace by, while there is a connection. */
  get api(): ChatApi | undefined {
    return this.#shared?.value.session.api;
  }

  /** Whether the workspace still takes the token of the embedded page. @throws {ConnectionLost} */
  async embedTokenWorks(): Promise<boolean> {
    const credentials = this.#tokens.value.keeper.of('embed');
    if (!credentials) return true;
    return overBriefConnection(socketUrl(this.#options.base), this.#pace.heartbeat, (connection) =>
      resume(connection, credentials).then(
        () => true,
        () => false,
      ),
    );
  }

  /** Ends the user's tokens and the connection, for all panes of this user. */
  logout(): Promise<void> {
    return (this.#leaving ??= this.#leave());
  }

  /** The pane no longer shows this user's chat. */
  close(): void {
    if (this.#life.signal.aborted) return;
    this.#life.abort();
    this.follow();
    this.#shared?.letGo();
    this.#tokens.letGo();
  }

  get #pace(): SocketPace {
    return this.#options.pace ?? SOCKET_PACE;
  }

  async #leave(): Promise<void> {
    const {base} = this.#options;
    const {keeper} = this.#tokens.value;
    const known = keeper.known;
    forgetTokens(this.#tokens);
    forgetSession({base, userId: this.#userId});
    this.#shared?.value.session.signOut();
    const ended = known.map((credentials) =>
      overBriefConnection(socketUrl(base), this.#pace.heartbeat, (connection) =>
        endToken(connection, credentials),
      ),
    );
    // A token that the server does not know any more has ended, too.
    await Promise.allSettled([keeper.end(), ...ended]);
  }

  #join(shared: Held<SharedSession>, userId: string): void {
    const {tell} = this.#options;
    const {session, keepers} = shared.hold();
    const {keeper} = this.#tokens.value;
    this.#shared = shared;
    this.#userId = userId;
    keepers.push(keeper);
    const end = session.subscribe((_, fact) => tell(fact));
    this.#life.signal.addEventListener('abort', () => {
      end();
      // The last one stays, as a connection that lingers may still need a token.
      if (keepers.length > 1) keepers.splice(keepers.indexOf(keeper), 1);
    });
    this.follow(...this.#follows.keys());
    // Of what was there before this pane came.
    const {known, status} = session.getState();
    if (status !== 'connecting') tell({type: 'connection-changed', detail: {status}});
    if (known) tell({type: 'rooms'});
  }

  #hear(fact: TokenFact): void {
    if (fact.type === 'token-renewed' && fact.surface === 'live')
      void this.#shared?.value.session.renew(fact.credentials);
    this.#options.tell(fact);
  }

  #rest(userId: string): RestClientOptions {
    const {keeper, broker} = this.#tokens.value;
    const own = async (): Promise<Record<string, string>> => ({
      'X-User-Id': userId,
      'X-Auth-Token': (await keeper.get('live')).authToken,
    });
    if (!broker) return {base: `${this.#options.base}api/v1/`, headers: own};
    return {
      base: broker.passThrough,
      headers: async () => ({...(await broker.headers()), ...(await own())}),
      credentials: broker.credentials,
    };
  }
}
