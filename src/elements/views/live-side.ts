import {PexipChatError, type ErrorCode} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {Auth, Credentials, Surface} from '../../protocol/credentials.js';
import type {EmbedSight} from '../../session/embed-reasons.js';
import {inTime} from '../../session/embed-frame.js';
import type {ClientFact, LiveClient} from '../../session/live-client.js';
import type {LiveState} from '../../session/live-state.js';
import type {AccessToken} from '../../transport/broker-client.js';
import type {SocketStatus} from '../../transport/ddp-socket.js';
import {signInBy, type Identity} from './identity.js';

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

const NOBODY: SignInState = {signedOut: false, wasSignedIn: false, queued: undefined};

/**
 * The live connection of a pane: true counts, all messages, the user's rooms. Its code is loaded when
 * it is first known how the user signs in.
 */
export class LiveSide {
  readonly #tell: (fact: ClientFact) => void;
  readonly #failed: (error: PexipChatError) => void;
  readonly #embed: boolean;
  #base = '';
  #identity: Identity | undefined;
  #client: LiveClient | undefined;
  #loading: Promise<LiveClient | undefined> | undefined;
  #failure: PexipChatError | undefined;
  /** Why nobody could be signed in. */
  #refusal: PexipChatError | undefined;
  /** What is known is of somebody who is no longer signed in. */
  #expired = false;
  #life = new AbortController();
  #signIn = NOBODY;

  /**
   * @param failed called when the code did not load, without which an embedded page goes on
   * @param embed the user is to be signed in in an embedded page, too
   */
  constructor(
    tell: (fact: ClientFact) => void,
    failed: (error: PexipChatError) => void,
    embed = false,
  ) {
    this.#tell = tell;
    this.#failed = failed;
    this.#embed = embed;
  }

  get client(): LiveClient | undefined {
    return this.#client;
  }

  /** The client once it is there; undefined where nobody signs in by token. */
  get loading(): Promise<LiveClient | undefined> | undefined {
    return this.#loading;
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
    this.#client = this.#loading = this.#failure = this.#refusal = this.#identity = undefined;
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
    // At once where it can be, as whoever has given it may ask to be signed in with it next.
    if (this.#client) this.#client.giver.source.use(given);
    else void this.#loading?.then((client) => client?.giver.source.use(given));
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

  /** Why the user cannot read any of these rooms; undefined if one can be read, or nobody knows. */
  aboutRoom(paths: readonly string[]): Promise<PexipChatError | undefined> {
    return inTime(this.explain({paths, heard: true, signedIn: true, otherUser: false}));
  }

  /** Why something is not shown as it should be; undefined if that cannot be found out. */
  async explain(sight: EmbedSight): Promise<PexipChatError | undefined> {
    const {api} = this.#client?.session ?? {};
    if (!api) return this.#refusal;
    try {
      const {reasonOf} = await loadPart('reasons');
      return await reasonOf(api, sight, () => this.works(this.tokenOf('embed')));
    } catch {
      return;
    }
  }

  /** Why the code did not load. */
  protected get failure(): PexipChatError | undefined {
    return this.#failure;
  }

  /** What the page signs in by, if not by a broker. */
  protected get auth(): Auth | undefined {
    const identity = this.#identity;
    return identity && 'auth' in identity ? identity.auth : undefined;
  }

  /** Aborts when this user's sign-in ends. */
  protected get signal(): AbortSignal {
    return this.#life.signal;
  }

  protected tokenOf(surface: Surface): Credentials | undefined {
    return this.#client?.giver.keeper.of(surface);
  }

  /** A token was replaced, which may have been all that was missing. */
  protected mended(): void {
    if (!this.#expired && this.state?.user) this.#signIn = {...this.#signIn, signedOut: false};
  }

  protected async works(credentials: Credentials | undefined): Promise<boolean> {
    const {url} = this.#client ?? {};
    return !url || !credentials || (await loadPart('tokens')).tokenWorks(url, credentials);
  }

  protected hear(fact: ClientFact): void {
    const {wasSignedIn} = this.#signIn;
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
        break;
      case 'queued':
        this.#signIn = {...NOBODY, wasSignedIn, queued: fact.position};
    }
    this.#tell(fact);
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
      embed: this.#embed,
      rest: async (options) => (await loadPart('rest')).rest(options),
      endTokens: async (url, tokens) => (await loadPart('tokens')).endTokens(url, tokens),
      tell: (fact) => {
        if (!signal.aborted) this.hear(fact);
      },
    });
    return this.#client;
  }
}
