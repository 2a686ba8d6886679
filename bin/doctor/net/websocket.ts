import {createHash, randomBytes} from 'node:crypto';
import {request as requestHttp, type IncomingMessage} from 'node:http';
import {request as requestHttps} from 'node:https';
import type {Socket} from 'node:net';

import {failure, type Failure} from './answer.js';
import {failureOf} from './failures.js';
import {authorities} from './request.js';

/** What came of asking for a WebSocket: the status, and whether the handshake is that of RFC 6455. */
export type Upgrade =
  {readonly kind: 'upgrade'; readonly status: number; readonly accepted: boolean} | Failure;

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Asks for a WebSocket and hangs up at once. Never rejects. */
export const upgradeAt = async (
  url: URL,
  {origin, timeout, ca}: {origin?: string | undefined; timeout: number; ca?: string | undefined},
): Promise<Upgrade> => {
  const deadline = AbortSignal.timeout(timeout);
  const key = randomBytes(16).toString('base64');
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  const secure = url.protocol === 'https:';
  const send = secure ? requestHttps : requestHttp;
  try {
    return await new Promise<Upgrade>((resolve, reject) => {
      const request = send(url, {
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': key,
          ...(origin && {origin}),
        },
        agent: false,
        signal: deadline,
        ...(secure && authorities(ca)),
      });
      request.on('error', reject);
      request.on('upgrade', (response: IncomingMessage, socket: Socket) => {
        socket.on('error', () => {}).destroy();
        const accepted = response.headers['sec-websocket-accept'] === accept;
        resolve({kind: 'upgrade', status: response.statusCode ?? 0, accepted});
      });
      request.on('response', (response) => {
        response.destroy();
        resolve({kind: 'upgrade', status: response.statusCode ?? 0, accepted: false});
      });
      request.end();
    });
  } catch (error) {
    return deadline.aborted ? failure('timeout') : failureOf(error);
  }
};
