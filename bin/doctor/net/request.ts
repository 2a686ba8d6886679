import {request as requestHttp, type IncomingMessage} from 'node:http';
import {request as requestHttps} from 'node:https';
import {rootCertificates} from 'node:tls';

import {failure, type Answer, type Asked} from './answer.js';
import {failureOf} from './failures.js';

/** The most that is read of a body, bytes: a plugin's script and a list of permissions are far below. */
const MOST_BYTES = 2 ** 20;

/** One request. */
export interface RequestOptions {
  readonly method?: 'GET' | 'OPTIONS';
  readonly headers?: Readonly<Record<string, string>>;
  /** Ms for all of it. */
  readonly timeout: number;
  /** PEM texts of authorities beside the usual ones. */
  readonly ca?: string | undefined;
}

/** The usual authorities, and these. */
export const authorities = (ca: string | undefined): {ca?: string[]} =>
  ca ? {ca: [...rootCertificates, ca]} : {};

const headersOf = ({headers}: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );

/** Reads to the end, or to the most that is read. Rejects when the connection breaks off. */
const readBody = async (
  response: IncomingMessage,
): Promise<{readonly body: string; readonly whole: boolean}> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > MOST_BYTES) break;
  }
  const body = Buffer.concat(parts).subarray(0, MOST_BYTES).toString('utf8');
  return {body, whole: size <= MOST_BYTES && response.complete};
};

/**
 * Asks once, follows nothing, and has an answer or a failure within the time limit. Certificates are
 * verified. Never rejects.
 */
export const requestOnce = async (
  url: URL,
  {method = 'GET', headers = {}, timeout, ca}: RequestOptions,
): Promise<Asked> => {
  const deadline = AbortSignal.timeout(timeout);
  const secure = url.protocol === 'https:';
  const send = secure ? requestHttps : requestHttp;
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      send(
        url,
        {
          method,
          headers: {accept: '*/*', 'user-agent': 'pexip-chat-room-doctor', ...headers},
          agent: false,
          signal: deadline,
          ...(secure && authorities(ca)),
        },
        resolve,
      )
        .on('error', reject)
        .end();
    });
    const receivedAt = Date.now();
    const read = await readBody(response);
    response.destroy();
    const answer: Answer = {
      kind: 'answer',
      url,
      status: response.statusCode ?? 0,
      headers: headersOf(response),
      receivedAt,
      ...read,
    };
    return answer;
  } catch (error) {
    return deadline.aborted ? failure('timeout') : failureOf(error);
  }
};
