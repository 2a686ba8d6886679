import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';

import {field} from '../../../src/protocol/guards.js';

const TRIES = 10;

const freePort = async (host: string): Promise<number> => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/**
 * Starts a server that has to know its port before it listens.
 *
 * @param port 0 for a free one; as somebody may take that meanwhile, `start` may be called again then
 */
export const startAt = async <T>(
  {host, port}: {readonly host: string; readonly port: number},
  start: (port: number) => Promise<T>,
): Promise<T> => {
  for (let tries = 1; ; tries++) {
    try {
      return await start(port || (await freePort(host)));
    } catch (error) {
      if (port || field(error, 'code') !== 'EADDRINUSE' || tries === TRIES) throw error;
    }
  }
};
