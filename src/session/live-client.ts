import {PexipChatError} from '../errors.js';
import type {Credentials} from '../protocol/credentials.js';
import type {SocketPace} from '../transport/ddp-socket.js';
import {
  forgetSession,
  sharedSession,
  type Held,
  type LoadRest,
  type SharedSession,
  type TokenGiver,
} from './live-hub.js';
import {socketUrl, type LiveSession} from './live-session.js';
import {BEFORE_LIVE, type LiveFact, type LiveState} from './live-state.js';
import type {TokenFact} from './token-keeper.js';
import {
  forgetTokens,
  pooledTokens,
  type Pooled,
  type QueueListener,
  type SignIn,
} from './token-pool.js';

/** What a pane hears of its user's live data and sign-in. */
export type ClientFact =
  | LiveFact
  | TokenFact
  /** The place in the broker's queue: null if it is not known, undefined once that is over. */
  | {readonly type: 'queued'; readonly position: number | null | undefined};

export interface LiveClientOptions {
  /** The workspace's address with a slash at its end. */
  readonly base: string;
  readonly signIn: SignIn;
  /** What shows the chat. Tokens that nobody holds any more are for whoever held them, and no other. */
  readonly owner: object;
  readonly tell: (fact: ClientFact) => void;
  readonly rest: LoadRest;
  /** The user is to be signed in in an embedded page, too. */
  readonly embed?: boolean;
  /** Ends tokens for good, over connections of their own. @throws {PexipChatError} `disconnected` */
  readonly endTokens: (url: string, tokens: readonly Credentials[]) => Promise<void>;
  readonly pace?: SocketPace | undefined;
}

/** One pane's part in its user's connection, which it shares with all panes of that user. */
export class LiveClient {
  readonly #options: LiveClientOptions;
  readonly #tokens: Held<Pooled>;
  readonly #life = new AbortController();
  #shared: Held<SharedSession> | undefined;
  #follows = new Map<string, () => void>();
  #leaving: Promise<void> | undefined;

  constructor(options: LiveClientOptions) {
    this.#options = options;
    this.#tokens = pooledTokens(options.signIn, options.owner);
    const {keeper, source, waiters} = this.#tokens.hold();
    const {signal} = this.#life;
    const {tell} = options;
    const queued: QueueListener = (position) => tell({type: 'queued', position});
    waiters.add(queued);
    const ends = [keeper.subscribe((fact) => this.#hear(fact)), () => waiters.delete(queued)];
    signal.addEventListener('abort', () => ends.forEach((end) => end()));
    // A broker gives both in one answer, which is asked for once.
    if (source.rest && options.embed) keeper.get('embed').catch(() => undefined);
    void this.signIn();
  }

  get state(): LiveState {
    return this.session?.getState() ?? BEFORE_LIVE;
  }

  /** Who gives the user's tokens, those of the embedded page included. */
  get giver(): TokenGiver {
    return this.#tokens.value;
  }

  /** Connects, or tries again after the user was signed out. */
  async signIn(): Promise<void> {
    const {tell, base, pace, rest} = this.#options;
    try {
      const credentials = await this.#tokens.value.keeper.get('live');
      const {userId} = credentials;
      if (this.#life.signal.aborted) return;
      if (!this.#shared) this.#join(sharedSession({base, userId}, rest, pace));
      this.session!.start();
      void this.session!.renew(credentials);
    } catch (error) {
      if (!this.#life.signal.aborted && error instanceof PexipChatError)
        tell({type: 'signed-out', error});
    }
  }

  /** Hears of every change in this room, in the place of others. */
  follow(...roomIds: readonly string[]): void {
    const before = this.#follows;
    const {session} = this;
    this.#follows = new Map(
      roomIds.map((id) => [id, before.get(id) ?? session?.follow(id) ?? (() => undefined)]),
    );
    for (const [id, end] of before) if (!this.#follows.has(id)) end();
  }

  /** Undefined until somebody is signed in. */
  get session(): LiveSession | undefined {
    return this.#shared?.value.session;
  }

  /** Where the workspace takes its WebSockets. */
  get url(): string {
    return socketUrl(this.#options.base);
  }

  /**
   * Ends the user's tokens and the connection, for all panes of this user.
   *
   * @throws {PexipChatError} `disconnected`, `broker-failed`, `sign-in-required`: a token may go on
   */
  logout(): Promise<void> {
    // What ends tells so, and is not to begin this once more.
    return (this.#leaving ??= Promise.resolve().then(() => this.#leave()));
  }

  /** The pane no longer shows this user's chat. */
  close(): void {
    if (this.#life.signal.aborted) return;
    this.#life.abort();
    this.follow();
    this.#shared?.letGo();
    this.#tokens.letGo();
  }

  async #leave(): Promise<void> {
    const {endTokens} = this.#options;
    const {keeper} = this.#tokens.value;
    const {known} = keeper;
    forgetTokens(this.#tokens);
    forgetSession(this.#shared);
    this.session?.signOut();
    const [byOwner, byServer] = await Promise.allSettled([
      keeper.end(),
      endTokens(this.url, known),
    ]);
    if (byServer.status === 'fulfilled') return;
    if (byOwner.status === 'rejected') throw byOwner.reason;
    // A broker has ended them itself.
    if (!this.#tokens.value.source.rest) throw byServer.reason;
  }

  #join(shared: Held<SharedSession>): void {
    const {tell} = this.#options;
    const {givers} = shared.value;
    // What the last pane was given is of no use to those who come after it.
    if (!shared.isHeld) givers.length = 0;
    const {session} = shared.hold();
    const giver = this.#tokens.value;
    this.#shared = shared;
    givers.unshift(giver);
    const end = session.subscribe((_, fact) => {
      tell(fact);
      // Of another pane: what this one was given ends, too.
      if (fact.type === 'logged-out') this.logout().catch(() => undefined);
    });
    this.#life.signal.addEventListener('abort', () => {
      end();
      // The last one stays, as a connection that lingers may still need a token.
      if (givers.length > 1) givers.splice(givers.indexOf(giver), 1);
    });
    const followed = [...this.#follows.keys()];
    this.#follows = new Map();
    this.follow(...followed);
    // Of what was there before this pane came.
    const {known, status} = session.getState();
    if (status !== 'connecting') tell({type: 'connection-changed', detail: {status}});
    if (known) tell({type: 'rooms'});
  }

  #hear(fact: TokenFact): void {
    if (fact.type === 'token-renewed' && fact.surface === 'live')
      void this.session?.renew(fact.credentials);
    this.#options.tell(fact);
  }
}
