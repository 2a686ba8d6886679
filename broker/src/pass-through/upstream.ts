import {PassThrough, type Readable} from 'node:stream';

import type {Dispatcher} from 'undici';

import type {BrokerContext} from '../context.js';
import {BrokerError} from '../errors.js';

/** What is asked of the workspace. */
export interface Question {
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** Below the workspace's address; encoded, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Readable | undefined;
  /** How long the head of the answer may take after the last byte of the body, in ms; default `rocketChat.timeout`. */
  readonly patience?: number;
  /** Ends the question. */
  readonly signal: AbortSignal;
}

const LATE: readonly unknown[] = [
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
];
const WAY = 'Ask again later; if it stays so, the operator should run the diagnosis.';

const failureOf = (cause: unknown): BrokerError => {
  if (cause instanceof BrokerError) return cause;
  const isLate = LATE.includes((Object(cause) as {code?: unknown}).code);
  return isLate
    ? new BrokerError(504, 'workspace-unreachable', `Rocket.Chat did not answer in time. ${WAY}`, {
        cause,
      })
    : new BrokerError(502, 'workspace-unreachable', `Rocket.Chat cannot be reached. ${WAY}`, {
        cause,
      });
};

/** Reads no more of an answer. */
export const discard = (body: Readable): void => {
  body.on('error', () => {}).destroy();
};

/**
 * Asks the configured workspace, and no other server: an answer that leads elsewhere is refused.
 * While a body is sent, time counts only where the workspace does not take it.
 *
 * @throws {BrokerError} `workspace-unreachable` (502, or 504 if it was too slow), `workspace-refused`;
 *   that of the body
 */
export const askWorkspace = async (
  {dispatcher, settings}: Pick<BrokerContext, 'dispatcher' | 'settings'>,
  {method, path, headers, body, patience, signal}: Question,
): Promise<Dispatcher.ResponseData> => {
  const {internalUrl, timeout} = settings.rocketChat;
  const {origin, pathname} = new URL(internalUrl);
  const answer = await dispatcher
    .request({
      origin,
      path: pathname.replace(/\/$/, '') + path,
      method,
      headers,
      body: body ?? null,
      signal,
      headersTimeout: patience ?? timeout,
      bodyTimeout: timeout,
    })
    .catch((cause: unknown) => {
      throw failureOf(cause);
    });
  if (answer.statusCode >= 300 && answer.statusCode < 400) {
    discard(answer.body);
    throw new BrokerError(
      502,
      'workspace-refused',
      'Rocket.Chat answered with a redirect, which the broker does not follow. The operator should check the address of the workspace, and that its file storage serves files by itself ("Proxy Uploads").',
    );
  }
  return answer;
};

/**
 * The body of an answer to be handed on. If it breaks off, so does what is handed on; what is no longer
 * wanted is ended by the question's signal.
 */
export const answerBody = (body: Readable): Readable => {
  const handed = new PassThrough();
  body.on('error', (cause) => handed.destroy(failureOf(cause)));
  return body.pipe(handed);
};
