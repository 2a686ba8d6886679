import {once} from 'node:events';
import {createServer} from 'node:https';

const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};

const handlerOf = (files) => async (request, response) => {
  const [pathname] = request.url.split('?', 1);
  const send = (status, type, body) =>
    response
      .writeHead(status, {
        'content-type': TYPES[type],
        // Each load of the meeting is to have the last build.
        'cache-control': 'no-store',
        // Nothing here is secret, and the plugin's frame has an opaque origin.
        'access-control-allow-origin': '*',
      })
      .end(body);
  const give = files[pathname];
  if (!give || !['GET', 'HEAD'].includes(request.method)) {
    return send(404, 'text', `Not here. There are: ${Object.keys(files).join(' ')}\n`);
  }
  try {
    const {type, body} = await give();
    return send(200, type, body);
  } catch (error) {
    return send(503, 'text', `${error.message}\n`);
  }
};

const start = async (handler, pair, options) => {
  const server = createServer(pair, handler);
  server.listen(options);
  await once(server, 'listening');
  return server;
};

/**
 * Serves files by https on this machine alone: at 127.0.0.1 and, where there is one, at ::1, as
 * browsers try both for `localhost`, and on one of them there could be somebody else.
 *
 * @param {object} options
 * @param {{key: string, cert: string}} options.certificate
 * @param {number} options.port 0 for a free one
 * @param {Record<string, () => Promise<{type: keyof TYPES, body: string}>>} options.files by path. An error is answered as 503, with its message
 * @returns {Promise<{port: number, close: () => Promise<void>}>}
 * @throws {Error} with the code EADDRINUSE when the port is taken
 */
export const serveFiles = async ({certificate: {key, cert}, port, files}) => {
  const handler = handlerOf(files);
  const servers = [await start(handler, {key, cert}, {host: '127.0.0.1', port})];
  const {port: taken} = servers[0].address();
  const close = async () => {
    await Promise.all(
      servers.map((server) => {
        server.close();
        server.closeAllConnections();
        return once(server, 'close');
      }),
    );
  };
  try {
    servers.push(await start(handler, {key, cert}, {host: '::1', port: taken}));
  } catch (error) {
    // A machine without IPv6 has no such address.
    if (error.code === 'EADDRINUSE') {
      await close();
      throw error;
    }
  }
  return {port: taken, close};
};
