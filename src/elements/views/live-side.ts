import {PexipChatError} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {Auth, Credentials} from '../../protocol/credentials.js';
import {AuthTokens} from '../../session/auth-tokens.js';
import type {EmbedSight} from '../../session/embed-reasons.js';
import type {ClientFact, LiveClient} from '../../session/live-client.js';
import type {LiveState} from '../../session/live-state.js';
import type {SignIn} from '../../session/token-pool.js';
import type {AccessToken} from '../../transport/broker-client.js';

/** What is known of the user's sign-in beside the connection. */
export interface SignInState {
  /** Nobody is signed in, or no longer, and it could not be mended. */
  readonly signedOut: boolean;
  /** Place in the broker's queue: null is one that is not known, undefined is none. */
  readonly queued: number | null | undefined;
}

/** Who the user of a pane is: the page's `auth`, or who the broker takes them for. */
export type Identity =
  {readonly auth: Auth} | {readonly broker: string; readonly accessToken: AccessToken | undefined};

type AuthFunction = Extract<Auth, (ask: never) => unknown>;

const NOBODY: SignInState = {signedOut: false, queued: undefined};

/**
 * The live connection beside an embedded page, which tells what that page does not: true counts, all
 * messages, the user's rooms. Its code is loaded when it is first known how the user signs in.
 */
export class LiveSide {
  readonly #tell: (fact: ClientFact) => void;
  readonly #failed: (error: PexipChatError) => void;
  #client: LiveClient | undefined;
  #loading: Promise<LiveClient | undefined> | undefined;
  #failure: PexipChatError | undefined;
  /** Why nobody could be signed in. */
  #refusal: PexipChatError | undefined;
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

  /** Undefined where nobody is signed in by token, so that there is no connection. */
  get state(): LiveState | undefined {
    return this.#client?.state;
  }

  get signIn(): SignInState {
    return this.#signIn;
  }

  /** Connects as this user, in the place of the one before. */
  start(base: string, identity: Identity): void {
    this.stop();
    const {signal} = this.#life;
    this.#loading = this.#load(base, identity, signal).catch((error: PexipChatError) => {
      if (signal.aborted) return undefined;
      this.#failure = error;
      this.#failed(error);
      return undefined;
    });
  }

  stop(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#client?.close();
    this.#client = this.#loading = this.#failure = this.#refusal = undefined;
    this.#signIn = NOBODY;
  }

  /** Gives the embedded page its tokens, as an `auth` function does; nothing if nobody signs in. */
  tokensFor(fallback: Auth | undefined): Auth | undefined {
    const {signal} = this.#life;
    if (!this.#loading) return;
    return async (ask) => {
      const client = await this.#loading;
      signal.throwIfAborted();
      if (client) return (client.embedAuth as AuthFunction)(ask);
      // Without the live connection the embedded page works all the same.
      if (typeof fallback === 'function') return fallback(ask);
      throw this.#failure!;
    };
  }

  /** The workspace that a broker names. @throws {PexipChatError} `broker-failed`, `part-failed` */
  async serverOf(broker: string): Promise<string> {
    return (await loadPart('broker')).workspaceOf(broker);
  }

  /** Tries again where nobody is signed in any more. */
  signInAgain(): void {
    if (!this.#signIn.signedOut) return;
    this.#signIn = NOBODY;
    void this.#client?.signIn();
  }

  /** Why the embedded page does not show what it should; undefined if that cannot be found out. */
  async explain(sight: EmbedSight): Promise<PexipChatError | undefined> {
    const {api} = this.#client ?? {};
    if (!api) return this.#refusal;
    try {
      const {reasonOf} = await loadPart('reasons');
      return await reasonOf(api, sight, () => this.#embedTokenWorks());
    } catch {
      return;
    }
  }

  /** Why the user cannot read any of these rooms; undefined if one can be read, or nobody knows. */
  aboutRoom(paths: readonly string[]): Promise<PexipChatError | undefined> {
    return this.explain({paths, heard: true, signedIn: true, otherUser: false});
  }

  /** The embedded page's token was refused together with that of the connection. */
  async replaceEmbedToken(): Promise<Credentials | undefined> {
    const auth = this.#client?.embedAuth as AuthFunction | undefined;
    const {signal} = this.#life;
    return auth?.({surface: 'embed', reason: 'rejected', signal}).catch(() => undefined);
  }

  async #embedTokenWorks(): Promise<boolean> {
    const {url, credentials} = this.#client?.embedToken ?? {};
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
    if (fact.type === 'signed-out' || fact.type === 'token-expired')
      this.#signIn = {...NOBODY, signedOut: true};
    if (fact.type === 'signed-in') this.#signIn = NOBODY;
    this.#refusal = fact.type === 'signed-out' ? fact.error : this.#refusal;
    if (fact.type === 'queued') this.#signIn = {...NOBODY, queued: fact.position};
    this.#tell(fact);
  }
}

const signInBy = async (identity: Identity): Promise<SignIn> => {
  if ('auth' in identity) {
    const {auth} = identity;
    return {given: [auth], source: () => new AuthTokens(auth)};
  }
  const {broker: base, accessToken} = identity;
  const {brokerTokens} = await loadPart('broker');
  return {
    given: [base, accessToken],
    source: (queued) => brokerTokens({base, accessToken}, queued),
  };
};
