/** Why there is no answer. */
export type FailureCode =
  | 'unknown-name'
  | 'refused'
  | 'unreachable'
  | 'broken-off'
  | 'timeout'
  | 'certificate'
  | 'tls'
  | 'not-http'
  | 'headers-too-large'
  | 'too-many-redirects'
  | 'too-many-requests'
  | 'skipped';

/** What came of a request that was not answered. */
export interface Failure {
  readonly kind: 'failure';
  readonly code: FailureCode;
  /** Node's or OpenSSL's own code, such as `CERT_HAS_EXPIRED`. */
  readonly detail: string;
}

/** An answer, of any status. */
export interface Answer {
  readonly kind: 'answer';
  /** Where it came from, after redirects. */
  readonly url: URL;
  readonly status: number;
  /** By lower-case name; of a header that stands more than once, the values with a comma between. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the body is all of it. */
  readonly whole: boolean;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** The origin that it wanted to send us to, which is not followed. */
  readonly elsewhere?: string;
}

/** What came of a request. */
export type Asked = Answer | Failure;

/** Makes a {@link Failure}. */
export const failure = (code: FailureCode, detail = ''): Failure => ({
  kind: 'failure',
  code,
  detail,
});

/** The JSON of an answer; `undefined` if it is none. */
export const jsonOf = ({body, whole}: Answer): unknown => {
  if (!whole) return;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return;
  }
};
