import {field} from '../../../src/protocol/guards.js';
import {authorization, type BrokerAccess} from './broker-access.js';

/** How long Infinity waits for a policy server, ms (docs.pexip.com/admin/external_policy_requests.htm). */
export const POLICY_TIMEOUT = 5_000;

/** What Infinity asks a policy server about. */
export type PolicyPath =
  | 'service/configuration'
  | 'participant/properties'
  | 'participant/location'
  | `participant/avatar/${string}`
  | 'registrations'
  | `registrations/${string}`;

/** A question and what came of it; what a ticket says stands in `query`. */
export interface PolicyQuestion {
  readonly path: PolicyPath;
  readonly query: Readonly<Record<string, string>>;
  /**
   * `used`: Infinity has done as the answer said. `continue`: it was told to go on by itself. `invalid`
   * and `away`: it has gone on by itself, and told nobody.
   */
  readonly outcome: 'away' | 'continue' | 'invalid' | 'redirect' | 'reject' | 'used';
  /** What is wrong with the answer, for `invalid` and `away`. */
  readonly why?: string;
}

/** What came of a question. */
export type Verdict<T> =
  | {readonly outcome: 'used'; readonly value: T}
  | {readonly outcome: 'redirect'; readonly alias: string}
  | {readonly outcome: 'continue' | 'reject'}
  | {readonly outcome: 'away' | 'invalid'; readonly why: string};

/** Takes a result, or says what Infinity does not take in it. */
export type Reader<T> = (result: unknown) => {readonly value: T} | {readonly why: string};

/** What {@link PolicyServer} works with. */
export interface PolicyServerOptions {
  readonly broker: BrokerAccess;
  /** Ms. */
  readonly timeout: number;
  /** Whether nothing gets through to it now. */
  isCut(): boolean;
}

const LONGEST_TEXT = 250;

const isTooLong = (value: unknown): boolean => {
  if (typeof value === 'string') return value.length > LONGEST_TEXT;
  return typeof value === 'object' && value !== null && Object.values(value).some(isTooLong);
};

/**
 * Asks an external policy server as Infinity does: one GET with Basic authentication, five seconds, no
 * redirects, JSON alone, no text longer than 250. Whatever else comes is as if nobody had answered.
 */
export class PolicyServer {
  readonly #options: PolicyServerOptions;
  readonly #questions: PolicyQuestion[] = [];

  constructor(options: PolicyServerOptions) {
    this.#options = options;
  }

  /** All that was asked, in the order of the answers. */
  get questions(): readonly PolicyQuestion[] {
    return this.#questions;
  }

  async ask<T>(
    path: PolicyPath,
    query: Readonly<Record<string, string>>,
    read: Reader<T>,
  ): Promise<Verdict<T>> {
    const verdict = await this.#answer(path, query, read);
    const {outcome} = verdict;
    const why = 'why' in verdict ? {why: verdict.why} : {};
    this.#questions.push({path, query, outcome, ...why});
    return verdict;
  }

  async #answer<T>(
    path: PolicyPath,
    query: Readonly<Record<string, string>>,
    read: Reader<T>,
  ): Promise<Verdict<T>> {
    const {broker, timeout, isCut} = this.#options;
    if (isCut()) return {outcome: 'away', why: 'No way to it.'};
    let body: string;
    try {
      const response = await fetch(
        `${broker.origin}/policy/v1/${path}?${new URLSearchParams(query)}`,
        {
          headers: {authorization: authorization(broker)},
          redirect: 'manual',
          signal: AbortSignal.timeout(timeout),
        },
      );
      // Before it is judged: what comes too late does not come, whatever its first line says.
      body = await response.text();
      if (response.status !== 200) return {outcome: 'away', why: `It answered ${response.status}.`};
      const [type] = (response.headers.get('content-type') ?? '').split(';');
      if (type?.trim().toLowerCase() !== 'application/json')
        return {outcome: 'invalid', why: `It answered with ${type || 'no type'}, not with JSON.`};
    } catch (error) {
      return {outcome: 'away', why: String(error)};
    }
    let data: unknown;
    try {
      data = JSON.parse(body);
    } catch {
      return {outcome: 'invalid', why: 'It answered with broken JSON.'};
    }
    return judge(data, read);
  }
}

/** The action counts only where there is no result that can be used. */
const judge = <T>(data: unknown, read: Reader<T>): Verdict<T> => {
  if (field(data, 'status') !== 'success') return {outcome: 'invalid', why: 'No success.'};
  const [action, result] = [field(data, 'action'), field(data, 'result')];
  if (action === 'reject' && !hasContent(result)) return {outcome: 'reject'};
  if (action === 'redirect') {
    const alias = field(result, 'new_alias');
    if (typeof alias === 'string' && alias && !isTooLong(alias))
      return {outcome: 'redirect', alias};
    return {outcome: 'invalid', why: 'A redirect without a new_alias.'};
  }
  if (!hasContent(result)) return {outcome: 'continue'};
  if (isTooLong(result)) return {outcome: 'invalid', why: 'A text of more than 250 characters.'};
  const taken = read(result);
  return 'why' in taken
    ? {outcome: 'invalid', why: taken.why}
    : {outcome: 'used', value: taken.value};
};

const hasContent = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && Object.keys(result).length > 0;
