import type {Credentials} from '../../src/protocol/credentials.js';
import {resume} from '../../src/session/live-login.js';
import {socketUrl} from '../../src/session/live-session.js';
import {DdpConnection} from '../../src/transport/ddp-connection.js';

/** Somebody else's own client. */
export interface OtherClient {
  call(method: string, ...params: readonly unknown[]): Promise<unknown>;
  end(): void;
}

/** Signs somebody in on a connection of its own. */
export const otherClient = (server: string, credentials: Credentials): Promise<OtherClient> =>
  new Promise((resolve, reject) => {
    const connection = new DdpConnection({
      url: socketUrl(`${server}/`),
      heartbeat: {interval: 15_000, timeout: 10_000, probe: 2_500},
      opened: () => {
        resume(connection, credentials).then(
          () =>
            resolve({
              call: (method, ...params) => connection.call(method, params),
              end: () => connection.end(),
            }),
          reject,
        );
      },
      changed: () => undefined,
      ended: () => undefined,
    });
  });
