import {type Dispatcher, request} from 'undici';

import {BrokerError} from '../errors.js';
import type {Answer} from './answer.js';
import {waitOf} from './answer.js';
import {
  answerOdd,
  serviceTokenRefused,
  WorkspaceLimited,
  workspaceRefused,
  workspaceUnreachable,
} from './faults.js';
import type {Login} from './workspace.js';

/** Bytes of an answer that are read; no answer that the broker asks for comes near it. */
const MOST = 1_048_576;
/** Ms before a reading call is made for the second and last time. */
const PAUSE = 100;

/** What a {@link Rest} needs to know. */
export interface RestOptions {
  /** The workspace's address, without a slash at its end. */
  readonly base: string;
  readonly service: Login;
  readonly dispatcher: Dispatcher;
  /** Ms that an answer may take, to its last byte. */
  readonly timeout: number;
  /** Ms that a 429 may ask for at most. */
  readonly longestWait: number;
  /** Hears every answer, to take notice of the workspace's limits. */
  readonly heard: (route: string, by: Caller, answer: Answer) => void;
}

/** In whose name a call is made: the service account's, a user's own, or nobody's. */
export type Caller = 'service' | 'nobody' | Login;

/** One call. */
export interface Call {
  readonly by?: Caller;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Ends the call. */
  readonly signal?: AbortSignal;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const textOf = async (body: AsyncIterable<Buffer>): Promise<string | undefined> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    // Leaving the loop destroys the stream: the rest is not read.
    if (size > MOST) return;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

const parsed = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return;
  }
};

/**
 * The workspace's REST API under `/api/v1/`. Resolves with every answer that can be read; no redirect
 * is followed, nothing is sent twice that makes something.
 */
export class Rest {
  readonly #options: RestOptions;

  constructor(options: RestOptions) {
    this.#options = options;
  }

  /**
   * Reads. Asked once more if no answer came.
   *
   * @throws {WorkspaceLimited} {@link BrokerError} `workspace-unreachable`, `workspace-refused`
   */
  async get(route: string, call: Call = {}): Promise<Answer> {
    try {
      return await this.#call('GET', route, call);
    } catch (error) {
      const isGone = error instanceof BrokerError && error.code === 'workspace-unreachable';
      if (!isGone || call.signal?.aborted) throw error;
    }
    await pause(PAUSE);
    return this.#call('GET', route, call);
  }

  /** Does something, once: where the answer is lost, it may have been done. Throws as `get`. */
  post(route: string, call: Call = {}): Promise<Answer> {
    return this.#call('POST', route, call);
  }

  async #call(method: 'GET' | 'POST', route: string, call: Call): Promise<Answer> {
    const {by = 'service'} = call;
    const answer = await this.#answer(method, route, call, by);
    this.#options.heard(route, by, answer);
    if (answer.status === 429) {
      throw new WorkspaceLimited(route, waitOf(answer, this.#options.longestWait));
    }
    if (answer.status === 401 && by === 'service') throw workspaceRefused(serviceTokenRefused());
    return answer;
  }

  async #answer(method: 'GET' | 'POST', route: string, call: Call, by: Caller): Promise<Answer> {
    const {base, dispatcher, timeout} = this.#options;
    const query = call.query ? `?${new URLSearchParams(call.query).toString()}` : '';
    const limits = [AbortSignal.timeout(timeout), ...(call.signal ? [call.signal] : [])];
    let status: number, headers: Answer['headers'], text: string | undefined;
    try {
      const response = await request(`${base}/api/v1/${route}${query}`, {
        method,
        dispatcher,
        headers: {
          accept: 'application/json',
          ...this.#headers(by),
          ...(method === 'POST' && {'content-type': 'application/json'}),
        },
        body: method === 'POST' ? JSON.stringify(call.body ?? {}) : null,
        signal: AbortSignal.any(limits),
      });
      ({statusCode: status, headers} = response);
      text = await textOf(response.body);
    } catch (error) {
      throw workspaceUnreachable(error);
    }
    // Of a proxy before it, or its own: in either case it is not there now.
    if (status >= 500) throw workspaceUnreachable(new Error(`${route} answers ${status}.`));
    if (status >= 300 && status < 400) {
      throw workspaceRefused(answerOdd(route, `is a redirect (${status})`));
    }
    const body = parsed(text);
    if (typeof body === 'object' && body !== null) return {status, headers, body};
    // A proxy may limit calls too, with a page of its own.
    if (status === 429) return {status, headers, body: {}};
    const what = text === undefined ? `has more than ${MOST} bytes` : 'is not JSON';
    throw workspaceRefused(answerOdd(route, `(${status}) ${what}`));
  }

  #headers(by: Caller): Record<string, string> {
    if (by === 'nobody') return {};
    const {userId, authToken} = by === 'service' ? this.#options.service : by;
    return {'x-user-id': userId, 'x-auth-token': authToken};
  }
}
