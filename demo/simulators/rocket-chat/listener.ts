import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import {setTimeout as wait} from 'node:timers/promises';

import {field} from '../../../src/protocol/guards.js';
import {type ListenOptions, send} from '../http.js';

/** How often a port is tried that was given up for a restart, and how long apart, ms. */
const TRIES = 50;
const BETWEEN_TRIES = 100;

/** What answers requests. */
export interface Answers {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Cuts what the server itself does not know any more: upgraded sockets. */
  cut(): void;
}

/** An http server that can be away for a while and come back at the same address. */
export interface Listener {
  /** Its origin without a slash at the end. */
  readonly origin: string;
  /** Cuts every connection, and listens again after that many ms. */
  restart(ms?: number): Promise<void>;
  /** Ends every connection, then resolves. Further calls do nothing. */
  close(): Promise<void>;
}

/** Starts a server. Rejects when the port is taken. */
export const startListener = async (
  answers: Answers,
  {host = '127.0.0.1', publicHost = host, port = 0}: ListenOptions,
): Promise<Listener> => {
  const server = createServer((request, response) => {
    answers.answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, 500, String(error));
    });
  });
  server.on('upgrade', (request, socket, head) => answers.upgrade(request, socket, head));
  const stopped = new AbortController();
  const open = async (at: number): Promise<void> => {
    const listening = once(server, 'listening');
    server.listen(at, host);
    await listening;
  };
  /** Somebody's outgoing connection may have been given the number while nobody listened. */
  const openAgain = async (at: number): Promise<void> => {
    for (let tries = 1; !stopped.signal.aborted; tries++) {
      try {
        return await open(at);
      } catch (error) {
        if (field(error, 'code') !== 'EADDRINUSE' || tries === TRIES) throw error;
        await wait(BETWEEN_TRIES, undefined, {signal: stopped.signal}).catch(() => {});
      }
    }
  };
  const shut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      answers.cut();
      server.closeAllConnections();
    });
  await open(port);
  const {port: actual} = server.address() as AddressInfo;
  let busy = Promise.resolve();
  let closed: Promise<void> | undefined;
  return {
    origin: `http://${publicHost}:${actual}`,
    restart: (ms = 0) => {
      if (closed) return closed;
      busy = busy.then(async () => {
        await shut();
        if (ms) await wait(ms, undefined, {signal: stopped.signal}).catch(() => {});
        await openAgain(actual);
      });
      return busy;
    },
    close: () => {
      stopped.abort();
      return (closed ??= busy.then(shut));
    },
  };
};
