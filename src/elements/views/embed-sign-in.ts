import {PexipChatError} from '../../errors.js';
import type {Auth} from '../../protocol/credentials.js';
import type {ChatFact} from '../../session/chat-state.js';
import type {Farewell} from '../../session/embed-frame.js';
import type {EmbedSession} from '../../session/embed-session.js';
import type {ClientFact} from '../../session/live-client.js';
import type {SeenFact} from '../../session/live-state.js';
import {isDefinite} from '../../session/refusal.js';
import type {AccessToken} from '../../transport/broker-client.js';
import type {ToldFact} from './chat-facts.js';
import type {ViewSignIn} from './conversation-view.js';
import type {EmbedLiveSide} from './embed-live-side.js';
import type {Identity} from './identity.js';
import {OnceOnline} from './once-online.js';

export interface EmbedSignInOptions {
  readonly session: EmbedSession;
  readonly live: EmbedLiveSide;
  readonly tell: (fact: ToldFact) => void;
  /** Nothing is to be shown any more. */
  readonly fail: (error: PexipChatError) => void;
}

/** Keeps the embedded page and the live connection beside it signed in as one user. */
export class EmbedSignIn implements ViewSignIn {
  readonly #session: EmbedSession;
  readonly #live: EmbedLiveSide;
  readonly #tell: (fact: ToldFact) => void;
  readonly #fail: (error: PexipChatError) => void;
  #base = '';
  #auth: Auth | undefined;
  readonly #online = new OnceOnline();

  constructor({session, live, tell, fail}: EmbedSignInOptions) {
    this.#session = session;
    this.#live = live;
    this.#tell = tell;
    this.#fail = fail;
  }

  /** How the embedded page gets its tokens; nothing where a person signs in there. */
  get tokens(): Auth | undefined {
    // Fixed credentials hold for both; those of a function are kept with those of the connection.
    return typeof this.#auth === 'object' ? this.#auth : this.#live.tokens;
  }

  /** Connects as this user; the embedded page is to be given the {@link tokens}. */
  start(base: string, identity: Identity | undefined): void {
    this.stop();
    this.#base = base;
    this.#auth = identity && 'auth' in identity ? identity.auth : undefined;
    if (identity) this.#live.start(base, identity);
  }

  stop(): void {
    this.#online.stop();
    this.#auth = undefined;
    this.#live.stop();
  }

  /** Signs in as another user, or for the first time. */
  login(auth: Auth): Promise<void> {
    this.start(this.#base, {auth});
    return this.#session.login(this.tokens, true);
  }

  useAuth(auth: Auth | undefined): void {
    const before = this.#auth;
    this.#auth = auth;
    if (!auth) return;
    let done: Promise<void>;
    if (typeof before === 'function' && typeof auth === 'function') {
      this.#live.use(auth);
      this.#live.signInAgain();
      done = this.#session.login(this.tokens);
    } else done = this.login(auth);
    done.catch(() => undefined); // told as a fact
  }

  useAccessToken(accessToken: AccessToken | undefined): void {
    if (this.#auth) return;
    this.#live.use(accessToken);
    if (this.#live.signIn.signedOut) this.again();
  }

  /** Tries again where nobody is signed in any more: in the page, in the connection, or in both. */
  again(): void {
    this.#live.signInAgain();
    const {phase, user} = this.#session.getState();
    // Whoever is in the page without our token is somebody else.
    if (phase === 'degraded' || !user?.userId)
      this.#session.login(this.tokens, phase === 'degraded' || !!user).catch(() => undefined); // told as a fact
    else void this.#live.embedToken().then((token) => token && this.#session.renew(token));
  }

  /** @throws {PexipChatError} a token may go on */
  async logout(): Promise<void> {
    const ended = this.#leave();
    this.#session.logout();
    if (await ended) this.#session.confirmLogout();
  }

  /** What a sign-out of the embedded page was; undefined where a person has signed in there. */
  judge(): Promise<Farewell> | undefined {
    const {client} = this.#live;
    return this.#live.judge()?.then((farewell) => {
      // Whoever signs out in the page has signed out, unless another user has come meanwhile.
      if (farewell === 'left' && client === this.#live.client) this.#leave().catch(() => undefined); // nobody has asked for it here
      return farewell;
    });
  }

  hear(fact: Exclude<ClientFact, SeenFact>): void {
    switch (fact.type) {
      case 'token-renewed':
        if (fact.surface === 'embed') this.#session.renew(fact.credentials);
        return;
      case 'signed-in':
        // The embedded page's token was refused together with that of the connection.
        if (fact.replaced)
          void this.#live.replaceEmbedToken().then((token) => token && this.#session.renew(token));
        return;
      case 'logged-out':
        return void this.logout().catch(() => undefined); // told to who asked
      case 'other-user':
        return this.#fail(fact.error);
      case 'signed-out':
        return this.#hearSignedOut(fact.error);
      case 'rooms':
      case 'queued':
        return;
      default:
        this.#tell(fact);
    }
  }

  #hearSignedOut(error: PexipChatError): void {
    // Nothing of one user is shown to another.
    if (error.code === 'other-user') return this.#fail(error);
    // Whoever could not be asked, as a page without a network cannot, is asked once it is back.
    if (!isDefinite(error)) this.#online.do(() => this.again());
    const {user, phase}: {user: unknown; phase: string} = this.#session.getState();
    // Of a page that is still signing in, the sign-in itself tells.
    const told: ChatFact = user && phase !== 'degraded' ? {type: 'error', error} : {type: 'phase'};
    this.#tell(told);
  }

  /** @returns whether there was a token to end */
  async #leave(): Promise<boolean> {
    const {client} = this.#live;
    this.#auth = undefined;
    this.#online.stop();
    this.#live.leave();
    await client?.logout();
    return !!client;
  }
}
