import type {Credentials, CredentialsAsk, Surface} from '../protocol/credentials.js';
import type {RestClientOptions} from '../transport/rest-client.js';

/** Where tokens come from: the page's `auth`, or the broker. */
export interface TokenSource {
  /** @throws {PexipChatError} why there are none */
  ask(ask: CredentialsAsk): Promise<Credentials>;
  /** The tokens are to end everywhere, as far as the source can do that. */
  end(): Promise<void>;
  /** The tokens are no longer needed on this page. */
  release(): void;
  /** What the page gave to sign in by has been replaced by another of the same meaning. */
  use(given: unknown): void;
  /** Called with tokens that came unasked. */
  renewed?: (surface: Surface, credentials: Credentials) => void;
  /** Where REST is passed through, if the workspace is not to be asked straight. */
  readonly rest?: RestClientOptions;
}
