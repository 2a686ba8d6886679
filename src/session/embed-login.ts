import type {PexipChatError} from '../errors.js';
import type {Auth, Credentials} from '../protocol/credentials.js';
import {askAuth} from './auth-tokens.js';
import {inTime} from './embed-frame.js';
import type {EmbedPace} from './embed-pace.js';

/**
 * Signs the embedded page in, without ever hearing whether it worked: asks for credentials and sends
 * the token until it is told that there is evidence, or to stop.
 */
export class EmbedLogin {
  readonly #auth: Auth;
  readonly #send: (token: string) => void;
  readonly #pace: EmbedPace;
  readonly #done = new AbortController();

  /** Known once the page's `auth` has answered. Those put in their place are sent from then on. */
  credentials: Credentials | undefined;

  /** No more token will be sent. */
  over = false;

  /** Why there are no credentials. */
  error: PexipChatError | undefined;

  constructor(auth: Auth, send: (token: string) => void, pace: EmbedPace) {
    this.#auth = auth;
    this.#send = send;
    this.#pace = pace;
  }

  /**
   * Resolves when no more can be done: the token, and once a fresh one, were sent for long enough,
   * or {@link stop} was called.
   *
   * @throws {PexipChatError} `credentials-failed`: `auth` failed or gave no credentials
   */
  async run(): Promise<void> {
    try {
      await this.#try('initial');
      if (typeof this.#auth === 'function' && !this.#done.signal.aborted) {
        await this.#try('rejected');
      }
    } finally {
      this.over = true;
    }
  }

  /** Sends the token once more, as the page has just begun to listen. */
  repeat(): void {
    if (this.credentials && !this.over && !this.#done.signal.aborted) {
      this.#send(this.credentials.authToken);
    }
  }

  /** There is evidence that the user is signed in, or no more need. */
  stop(): void {
    this.#done.abort();
  }

  async #try(reason: 'initial' | 'rejected'): Promise<void> {
    const {signal} = this.#done;
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), {once: true});
    });
    const credentials = await Promise.race([
      askAuth(this.#auth, {surface: 'embed', reason, signal}),
      stopped,
    ]);
    if (!credentials || signal.aborted) return;
    this.credentials = credentials;
    const send = (): void => this.#send(this.credentials!.authToken);
    // Those that came in their place have their time, too. What was sent may have its effect at once.
    for (let sent; sent !== this.credentials.authToken && !signal.aborted;) {
      sent = this.credentials.authToken;
      send();
      const repeat = setInterval(send, this.#pace.repeat);
      await inTime(stopped, this.#pace.patience);
      clearInterval(repeat);
    }
  }
}
