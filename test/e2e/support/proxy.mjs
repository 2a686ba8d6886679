import {createServer, request as ask} from 'node:http';

/**
 * A reverse proxy at `http://<host>:<free port>`, which adds headers to every answer.
 *
 * @param {string} host a name below .localhost
 * @param {string} target the origin before which it stands
 * @param {Record<string, string>} headers
 */
export const startProxy = async (host, target, headers) => {
  const asked = [];
  const {port} = new URL(target);
  const server = createServer((request, response) => {
    const {method, url: path, headers: sent} = request;
    asked.push(path);
    // By number: names below .localhost are known to browsers, but not to every resolver.
    const options = {host: '127.0.0.1', port, method, path, headers: sent};
    const upstream = ask(options, (answer) => {
      for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
      // As nginx adds a header: what the other server says of the same name stays.
      for (const [name, value] of Object.entries(headers)) response.appendHeader(name, value);
      response.writeHead(answer.statusCode);
      answer.pipe(response);
    });
    const end = () => response.destroy();
    upstream.on('error', end);
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://${host}:${server.address().port}`,
    /** The paths that were asked for. */
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
};
