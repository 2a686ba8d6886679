import {once} from 'node:events';
import {createServer} from 'node:http';

/**
 * Isolates the page from other windows of its process, which gives it the finest clock that a page
 * can have; whatever it frames must say that it agrees.
 */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'cross-origin',
};

const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
};

/** What a route of {@link serve} answers with. */
export const html = (body) => ({
  type: TYPES.html,
  body: `<!doctype html><html lang="en"><title>Bench</title>${body}</html>`,
});
export const script = (body) => ({type: TYPES.js, body});
export const json = (value) => ({type: TYPES.json, body: JSON.stringify(value)});
export const nothing = {status: 204};

/** A route that passes everything on to another server, whose answers lack the headers. */
export const passTo = (origin) => async (request) => {
  const answer = await fetch(new URL(request.url, origin), {redirect: 'manual'});
  const type = answer.headers.get('content-type');
  return {status: answer.status, type, body: Buffer.from(await answer.arrayBuffer())};
};

const textOf = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

/**
 * Serves routes on a site of its own.
 *
 * @param {string} host a name below .localhost, which makes it another site
 * @param {Record<string, (request: object, body: string) => any>} routes by path; `*` takes the rest
 * @param {{isolated?: boolean}} [options] `isolated`: the page has the finest clock
 */
export const serve = async (host, routes, {isolated = false} = {}) => {
  const common = {'cache-control': 'no-store', ...(isolated && ISOLATED)};
  const answer = async (request, response) => {
    const {pathname} = new URL(request.url, 'http://bench');
    const route = Object.hasOwn(routes, pathname) ? routes[pathname] : routes['*'];
    const {
      status = 200,
      type,
      body,
    } = (await route?.(request, await textOf(request))) ?? {
      status: 404,
    };
    response.writeHead(status, {...common, ...(type && {'content-type': type})}).end(body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    origin: `http://${host}:${server.address().port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
