/** Every code of a {@link BrokerError}; docs/errors.md explains each under a heading of its name. */
export type BrokerErrorCode =
  | 'access-token-expired'
  | 'access-token-invalid'
  | 'account-exists'
  | 'account-missing'
  | 'account-refused'
  | 'body-too-large'
  | 'body-too-deep'
  | 'broker-busy'
  | 'call-answered'
  | 'call-in-progress'
  | 'call-links-not-configured'
  | 'call-not-allowed'
  | 'call-of-others'
  | 'call-over'
  | 'content-type-refused'
  | 'cookie-guard-missing'
  | 'discussion-missing'
  | 'discussion-not-configured'
  | 'discussion-refused'
  | 'file-gone'
  | 'internal'
  | 'invalid-argument'
  | 'invalid-json'
  | 'invalid_api_key'
  | 'invalid_token_expirations'
  | 'link-expired'
  | 'link-invalid'
  | 'meeting-ended'
  | 'meeting-hosts-only'
  | 'meeting-not-found'
  | 'method-not-allowed'
  | 'not-found'
  | 'origin-not-allowed'
  | 'other-user'
  | 'pexip-login-invalid'
  | 'rate-limited'
  | 'recording-not-configured'
  | 'room-forbidden'
  | 'route-not-allowed'
  | 'session-missing'
  | 'sign-in-queued'
  | 'signed-out'
  | 'store-unavailable'
  | 'user-busy'
  | 'user-not-found'
  | 'user-offline'
  | 'workspace-refused'
  | 'workspace-unreachable';

/** What a {@link BrokerError} has beside its code and message. */
export interface BrokerErrorOptions extends ErrorOptions {
  /** Headers of the answer, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Place in the queue of those who wait for a token, from 1 (`sign-in-queued`). */
  readonly position?: number;
}

/**
 * The one error of the broker: ends the handling of a request with `status` and
 * `{error: {code, message}}`. The message goes to the caller: it says who did what and how to mend
 * it, and never holds a secret, or what an upstream server said. What only the operator may know is
 * the `cause`, which is logged.
 */
export class BrokerError extends Error {
  readonly status: number;
  readonly code: BrokerErrorCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly position: number | undefined;

  constructor(
    status: number,
    code: BrokerErrorCode,
    message: string,
    {headers = {}, position, ...options}: BrokerErrorOptions = {},
  ) {
    super(message, options);
    this.name = 'BrokerError';
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.position = position;
  }

  /** Ms after which the caller is told to ask again; `undefined` if nothing is told. */
  get wait(): number | undefined {
    const seconds = this.headers['retry-after'];
    return seconds === undefined ? undefined : Number(seconds) * 1000;
  }
}
