import {PexipChatError, type ErrorCode} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {Auth, Credentials, Surface} from '../../protocol/credentials.js';
import type {EmbedSight} from '../../session/embed-reasons.js';
import {embedToken} from '../../session/embed-token.js';
import {inTime, type Farewell} from '../../session/embed-frame.js';
import {remaining} from '../../session/expiry.js';
import type {ClientFact, LiveClient} from '../../session/live-client.js';
import type {LiveState} from '../../session/live-state.js';
import type {AccessToken} from '../../transport/broker-client.js';
import type {SocketStatus} from '../../transport/ddp-socket.js';
import {signInBy, type Identity} from './identity.js';

export type {Identity} from './identity.js';

/** What is known of the user's sign-in beside the connection. */
export interface SignInState {
  /** Nobody is signed in, or no longer, and it could not be mended. */
  readonly signedOut: boolean;
  /** Somebody was. */
  readonly wasSignedIn: boolean;
  /** Place in the broker's queue: null is one that is not known, undefined is none. */
  readonly queued: number | null | undefined;
}

/** What a diagnosis tells of the live connection. */
export interface LiveSight {
  /** `none`: nobody is signed in by token. */
  readonly status: SocketStatus | 'none';
  /** How many rooms of the user are known; undefined until they are. */
  readonly rooms: number | undefined;
  /** The code of the error for which nobody is signed in. */
  readonly why: ErrorCode | undefined;
}

/** By the clock of the device, which goes on while it sleeps. */
const hasEnded = (credentials: Credentials | undefined): boolean =>
  !!credentials?.expiresAt && remaining(credentials.expiresAt) === undefined;

const NOBODY: SignInState = {signedOut: false, wasSignedIn: false, queued: undefined};

/**
 * The live connection beside an embedded page, which tells what that page does not: true counts, all
 * messages, the user's rooms. Its code is loaded when it is first known how the user signs in.
 */
export class LiveSide {
  readonly #tell: (fact: ClientFact) => void;
  readonly #failed: (error: PexipChatError) => void;
  #base = '';
  #identity: Identity | undefined;
  #client: LiveClient | undefined;
  #loading: Promise<LiveClient | undefined> | undefined;
  #failure: PexipChatError | undefined;
  /** Why nobody could be signed in. */
  #refusal: PexipChatError | undefined;
  /** The token that the server has taken the last time. */
  #proven: Credentials | undefined;
  /** The one with whose end that of the embedded page was replaced already. */
  #replacedFor: Credentials | undefined;
  /** Runs while there is to be another token for the embedded page. */
  #replacing: Promise<Credentials | undefined> | undefined;
  /** What is known is of somebody who is no longer signed in. */
  #expired = false;
  #life = new AbortController();
  #signIn = NOBODY;

  /** @param failed called when the code did not load, without which the conversation goes on */
  constructor(tell: (fact: ClientFact) => void, failed: (error: PexipChatError) => void) {
    this.#tell = tell;
    this.#failed = failed;
  }

  get client(): LiveClient | undefined {
    return this.#client;
  }

  /** The client once it is there; undefined where nobody is signed in by token. */
  get loaded(): Promise<LiveClient | undefined> {
    return Promise.resolve(this.#loading);
  }

  /** Undefined where nobody is signed in by token, or no longer. */
  get state(): LiveState | undefined {
    return this.#expired ? undefined : this.#client?.state;
  }

  get sight(): LiveSight {
    const {status = 'none', known = false, rooms = []} = this.state ?? {};
    const refusal = this.#refusal ?? this.#failure;
    const why = this.#signIn.signedOut || this.#failure ? refusal?.code : undefined;
    return {status, rooms: known ? rooms.length : undefined, why};
  }

  get signIn(): SignInState {
    return this.#signIn;
  }

  /** Connects as this user, in the place of the one before. */
  start(base: string, identity: Identity): void {
    this.stop();
    this.#base = base;
    this.#identity = identity;
    const {signal} = this.#life;
    this.#loading = this.#load(base, identity, signal).catch((error: PexipChatError) => {
      if (signal.aborted) return undefined;
      this.#failure = error;
      // What did not load is tried again when there may be a network.
      addEventListener('online', () => this.signInAgain(), {once: true, signal});
      this.#failed(error);
      return undefined;
    });
  }

  stop(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#client?.close();
    this.#client = this.#loading = this.#failure = this.#refusal = undefined;
    this.#proven = this.#replacedFor = this.#replacing = this.#identity = undefined;
    this.#signIn = NOBODY;
    this.#expired = false;
  }

  /** Disconnects a user who has signed out. One whom a broker knows can sign in again here. */
  leave(): void {
    const identity = this.#identity;
    this.stop();
    if (!identity || 'auth' in identity) return;
    this.#identity = identity;
    this.#signIn = {...NOBODY, signedOut: true, wasSignedIn: true};
  }

  /** The page has given something else of the same meaning to sign in by. */
  use(given: Auth | AccessToken | undefined): void {
    const identity = this.#identity;
    if (!identity) return;
    this.#identity =
      'auth' in identity
        ? {auth: given as Auth}
        : {...identity, accessToken: given as AccessToken | undefined};
    void this.#loading?.then((client) => client?.giver.source.use(given));
  }

  /** Gives the embedded page its tokens, as an `auth` function does; nothing if nobody signs in. */
  get tokens(): Auth | undefined {
    if (!this.#loading) return;
    return async (ask) => {
      const client = await this.#loading;
      if (client) return embedToken(client.giver, ask.reason);
      // Without the live connection the embedded page works all the same.
      const auth = this.#auth;
      if (typeof auth === 'function') return auth(ask);
      throw this.#failure!;
    };
  }

  /** The workspace that a broker names. @throws {PexipChatError} `broker-failed`, `part-failed` */
  async serverOf(broker: string): Promise<string> {
    return (await loadPart('broker')).workspaceOf(broker);
  }

  /** Tries again where nobody is signed in any more, or the code did not load. */
  signInAgain(): void {
    if (!this.#signIn.signedOut && !this.#failure) return;
    this.#signIn = {...NOBODY, wasSignedIn: this.#signIn.wasSignedIn};
    if (this.#client) void this.#client.signIn();
    else if (this.#identity) this.start(this.#base, this.#identity);
  }

  /** Why the embedded page does not show what it should; undefined if that cannot be found out. */
  async explain(sight: EmbedSight): Promise<PexipChatError | undefined> {
    const {api} = this.#client?.session ?? {};
    if (!api) return this.#refusal;
    try {
      const {reasonOf} = await loadPart('reasons');
      return await reasonOf(api, sight, () => this.#works(this.#tokenOf('embed')));
    } catch {
      return;
    }
  }

  /** Why the user cannot read any of these rooms; undefined if one can be read, or nobody knows. */
  aboutRoom(paths: readonly string[]): Promise<PexipChatError | undefined> {
    return inTime(this.explain({paths, heard: true, signedIn: true, otherUser: false}));
  }

  /** The token of the embedded page, asked for anew if it has none. */
  embedToken(): Promise<Credentials | undefined> {
    return this.#askForEmbed('initial');
  }

  /** Another token for the embedded page. */
  replaceEmbedToken(): Promise<Credentials | undefined> {
    this.#replacing ??= this.#askForEmbed('rejected').finally(() => (this.#replacing = undefined));
    return this.#replacing;
  }

  /** What a sign-out of the embedded page was; undefined where nobody is signed in by token. */
  judge(): Promise<Farewell> | undefined {
    return this.#client && this.#judge(this.#client, this.#proven);
  }

  /**
   * A person's sign-out ends the page's token alone and before its time. `proven` is of the time of
   * the sign-out: where all tokens have ended, the connection may have a new one already.
   */
  async #judge(client: LiveClient, proven: Credentials | undefined): Promise<Farewell> {
    const {keeper} = client.giver;
    const before = keeper.of('embed');
    try {
      if (await this.#replacing) return 'again';
      const embed = before ?? proven;
      // The page has lost one that was replaced before.
      if (embed && (await this.#works(embed))) return 'again';
      if (proven && !hasEnded(before) && (await this.#works(proven))) return 'left';
    } catch {
      // Where there never was a connection, there is nothing to tell a token's end by but its time.
      return proven || hasEnded(before) ? 'again' : 'left';
    }
    // Those that are fixed are what has ended.
    if (typeof this.#auth === 'object') return 'gone';
    const replaced = await this.#replacing;
    if (replaced || keeper.of('embed') !== before) return 'again';
    this.#replacedFor = proven;
    return (await this.replaceEmbedToken()) ? 'again' : 'gone';
  }

  async #askForEmbed(reason: 'initial' | 'rejected'): Promise<Credentials | undefined> {
    const {giver} = this.#client ?? {};
    const {signal} = this.#life;
    try {
      const credentials = giver && (await embedToken(giver, reason));
      // Whoever is signed in meanwhile is another user.
      if (signal.aborted) return;
      this.#mended();
      return credentials;
    } catch (error) {
      if (!signal.aborted && error instanceof PexipChatError)
        this.#hear({type: 'signed-out', error});
      return;
    }
  }

  /** What the page signs in by, if not by a broker. */
  get #auth(): Auth | undefined {
    const identity = this.#identity;
    return identity && 'auth' in identity ? identity.auth : undefined;
  }

  #tokenOf(surface: Surface): Credentials | undefined {
    return this.#client?.giver.keeper.of(surface);
  }

  /** The embedded page has a token again, which may have been all that was missing. */
  #mended(): void {
    if (!this.#expired && this.state?.user) this.#signIn = {...this.#signIn, signedOut: false};
  }

  async #works(credentials: Credentials | undefined): Promise<boolean> {
    const {url} = this.#client ?? {};
    return !url || !credentials || (await loadPart('tokens')).tokenWorks(url, credentials);
  }

  async #load(
    base: string,
    identity: Identity,
    signal: AbortSignal,
  ): Promise<LiveClient | undefined> {
    const [{live}, signIn] = await Promise.all([loadPart('live'), signInBy(identity)]);
    if (signal.aborted) return;
    this.#client = live({
      base,
      signIn,
      owner: this,
      rest: async (options) => (await loadPart('rest')).rest(options),
      endTokens: async (url, tokens) => (await loadPart('tokens')).endTokens(url, tokens),
      tell: (fact) => {
        if (!signal.aborted) this.#hear(fact);
      },
    });
    return this.#client;
  }

  #hear(fact: ClientFact): void {
    const {wasSignedIn} = this.#signIn;
    const replaced = !!this.#proven && this.#proven === this.#replacedFor;
    switch (fact.type) {
      case 'signed-out':
        this.#refusal = fact.error;
        this.#signIn = {...NOBODY, wasSignedIn, signedOut: true};
        break;
      case 'token-expired':
        this.#signIn = {...NOBODY, wasSignedIn, signedOut: true};
        this.#expired ||= fact.detail.surface === 'live';
        break;
      case 'signed-in':
        this.#signIn = {...NOBODY, wasSignedIn: true};
        this.#expired = false;
        this.#proven = this.#tokenOf('live');
        break;
      case 'token-renewed':
        if (fact.surface === 'live') this.#proven = fact.credentials;
        else this.#mended();
        break;
      case 'queued':
        this.#signIn = {...NOBODY, wasSignedIn, queued: fact.position};
    }
    // The embedded page has its new token already.
    this.#tell(fact.type === 'signed-in' && replaced ? {...fact, replaced: false} : fact);
  }
}
