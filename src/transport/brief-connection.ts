import {ConnectionLost, DdpConnection, HEARTBEAT} from './ddp-connection.js';

/** Opens a connection for one thing, and ends it afterwards. @throws {ConnectionLost} */
export const overBriefConnection = <Result>(
  url: string,
  use: (connection: DdpConnection) => Promise<Result>,
): Promise<Result> =>
  new Promise((resolve, reject) => {
    const connection: DdpConnection = new DdpConnection({
      url,
      heartbeat: HEARTBEAT,
      opened: () =>
        void use(connection)
          .then(resolve, reject)
          .finally(() => connection.end()),
      changed: () => undefined,
      ended: () => reject(new ConnectionLost()),
    });
  });
