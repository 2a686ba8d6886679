/** How the broker fails: with a status, never, with a web page, or with half an answer. */
export type BrokerFault = number | 'hang' | 'html' | 'truncated';

/** Where and with what a fault shows. */
export interface FaultOptions {
  /** Only requests below this path; default all. */
  readonly below?: string;
  /** Such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the refusal says, as of a broker that repeats what it was sent. */
  readonly message?: string;
  /** The whole answer, in the place of a refusal: what a broker says that is of another version, or none. */
  readonly body?: unknown;
}
