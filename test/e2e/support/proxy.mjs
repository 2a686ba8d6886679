import {createServer} from 'node:http';

import {forward} from '../../support/forward.mjs';

/**
 * A reverse proxy at `http://<host>:<free port>`, which adds headers to every answer.
 *
 * @param {string} host a name below .localhost
 * @param {string} target the origin before which it stands
 * @param {Record<string, string>} headers
 */
export const startProxy = async (host, target, headers) => {
  const asked = [];
  let reach;
  const reached = new Promise((resolve) => (reach = resolve));
  const server = createServer((request, response) => {
    asked.push(request.url);
    reach();
    forward(request, response, target, headers);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://${host}:${server.address().port}`,
    /** The paths that were asked for. */
    asked,
    /** Resolves when anything was asked for. */
    reached,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
};
