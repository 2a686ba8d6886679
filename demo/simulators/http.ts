import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';

/** Answers one request. A rejection or exception becomes a 500. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Where a simulator listens. */
export interface ListenOptions {
  /** The address to bind, default 127.0.0.1. */
  host?: string | undefined;
  /** The host name in the origin, default `host`; a name below `.localhost` makes another site. */
  publicHost?: string | undefined;
  /** Default 0: a free port. */
  port?: number | undefined;
}

/** A listening server. */
export interface Listening {
  /** Its origin without a slash at the end. */
  readonly origin: string;
  /** Ends every connection, then resolves. Further calls do nothing. */
  close(): Promise<void>;
}

/** Answers with a text; `no-store`, because what a simulator serves changes between tests. */
export const send = (
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void => {
  response
    .writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    })
    .end(body);
};

/** Starts an http server. Rejects when the port is taken. */
export const listen = async (
  handler: Handler,
  {host = '127.0.0.1', publicHost = host, port = 0}: ListenOptions = {},
): Promise<Listening> => {
  const answer = async (...args: Parameters<Handler>): Promise<void> => handler(...args);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, 500, String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const {port: actual} = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  return {
    origin: `http://${publicHost}:${actual}`,
    close: () =>
      (closed ??= new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      })),
  };
};
