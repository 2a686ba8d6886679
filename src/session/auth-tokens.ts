import {PexipChatError} from '../errors.js';
import {
  parseCredentials,
  type Auth,
  type Credentials,
  type CredentialsAsk,
} from '../protocol/credentials.js';
import type {TokenSource} from './token-source.js';

const NOT_CREDENTIALS =
  "The page's auth gave no {userId, authToken} as Rocket.Chat's login answers them.";

/** Without a cause it is the page's last word: there is nobody to sign in. */
const failed = (message: string, cause?: unknown): PexipChatError =>
  new PexipChatError('credentials-failed', message, {cause});

const ended = (): PexipChatError =>
  new PexipChatError(
    'token-rejected',
    "The token of the page's auth has ended. Give it a new one, or a function that can be asked again.",
  );

/**
 * Asks the page's `auth`.
 *
 * @throws {PexipChatError} `credentials-failed`: it failed, or gave no credentials
 */
export const askAuth = async (auth: Auth, ask: CredentialsAsk): Promise<Credentials> => {
  let given: unknown;
  try {
    given = typeof auth === 'function' ? await auth(ask) : auth;
  } catch (error) {
    // Whoever keeps tokens has said what is wrong.
    if (error instanceof PexipChatError) throw error;
    throw failed("The page's auth function failed. Its error is the cause of this one.", error);
  }
  const credentials = parseCredentials(given);
  if (credentials) return credentials;
  // What is no answer at all may be the page of a server that is not well.
  throw failed(
    NOT_CREDENTIALS,
    (given ?? undefined) === undefined ? undefined : new TypeError('No credentials.'),
  );
};

/** Tokens of the page's `auth`. */
export class AuthTokens implements TokenSource {
  #auth: Auth;

  constructor(auth: Auth) {
    this.#auth = auth;
  }

  async ask(ask: CredentialsAsk): Promise<Credentials> {
    const credentials = await askAuth(this.#auth, ask);
    if (typeof this.#auth === 'function' || ask.reason === 'initial') return credentials;
    throw ended();
  }

  /** A framework hands over a new function at each rendering: it counts from the next ask on. */
  use(auth: Auth): void {
    this.#auth = auth;
  }

  async end(): Promise<void> {}

  release(): void {}
}
