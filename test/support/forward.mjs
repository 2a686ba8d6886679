import {request as ask} from 'node:http';

/**
 * Hands a request on to another server, and its answer back.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} target the other server's origin
 * @param {Record<string, string>} headers to be added to the answer
 */
export const forward = (request, response, target, headers = {}) => {
  const {port} = new URL(target);
  const {method, url: path, headers: sent} = request;
  // By number: names below .localhost are known to browsers, but not to every resolver.
  // Over a connection of its own, as one that is kept may end just when it is taken.
  const options = {host: '127.0.0.1', port, method, path, headers: sent, agent: false};
  const upstream = ask(options, (answer) => {
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    // As nginx adds a header: what the other server says of the same name stays.
    for (const [name, value] of Object.entries(headers)) response.appendHeader(name, value);
    response.writeHead(answer.statusCode);
    answer.pipe(response);
  });
  upstream.on('error', () => response.destroy());
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
};
