import {PexipChatError} from '../errors.js';
import {
  parseCredentials,
  type Auth,
  type Credentials,
  type CredentialsAsk,
  type Surface,
} from '../protocol/credentials.js';

/** Where tokens come from: the page's `auth`, or the broker. */
export interface TokenSource {
  /** @throws {PexipChatError} why there are none */
  ask(ask: CredentialsAsk): Promise<Credentials>;
  /** The tokens are to end everywhere, as far as the source can do that. */
  end(): Promise<void>;
  /** The tokens are no longer needed on this page. */
  release(): void;
  /** Called with tokens that came unasked. */
  renewed?: (surface: Surface, credentials: Credentials) => void;
}

const failed = (cause: unknown): PexipChatError =>
  new PexipChatError(
    'credentials-failed',
    cause
      ? "The page's auth function failed. Its error is the cause of this one."
      : "The page's auth gave no {userId, authToken} as Rocket.Chat's login answers them.",
    {cause},
  );

/** Tokens of the page's `auth`. */
export class AuthTokens implements TokenSource {
  /** A framework hands over a new function at each rendering: it counts from the next ask on. */
  auth: Auth;

  constructor(auth: Auth) {
    this.auth = auth;
  }

  async ask(ask: CredentialsAsk): Promise<Credentials> {
    const {auth} = this;
    let cause: unknown;
    try {
      const credentials = parseCredentials(typeof auth === 'function' ? await auth(ask) : auth);
      if (credentials && (typeof auth === 'function' || ask.reason === 'initial'))
        return credentials;
      if (credentials) cause = new TypeError('A fixed auth object cannot be refreshed.');
    } catch (error) {
      cause = error;
    }
    throw failed(cause);
  }

  async end(): Promise<void> {}

  release(): void {}
}
