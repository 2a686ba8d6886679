import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {extname} from 'node:path';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

const PAGES = {'/': 'index.html', '/chat': 'chat.html', '/widget': 'widget.html'};
const FILES =
  /^\/(?:demo|dial-box|event-log|participants|instant-meeting|meeting-api|settings|view-choice|chat|widget|style|icon)\.(?:js|css|svg)$/;
const SCRIPTS = /^\/dist\/pexip-chat-room[\w.-]*\.js$/;

/**
 * Serves the demo's pages and the built scripts on a free port, under two names of this machine:
 * `localhost` for Alice, `127.0.0.1` for Bob, so that one browser holds a session for each.
 */
export const startPage = async ({rocketChat, room, dist, factorySettings}) => {
  const here = new URL('./', import.meta.url);
  const chat = new URL(rocketChat.origin);
  const {_id: roomId} = rocketChat.room(room);
  let node = '';
  let brokers;

  const settings = (host) => {
    const isBob = host.startsWith('127.');
    chat.hostname = isBob ? 'localhost' : '127.0.0.1';
    const bob = `http://127.0.0.1:${server.address().port}/chat`;
    const username = isBob ? 'bob' : 'alice';
    return {
      node,
      broker: brokers?.origins[0] ?? '',
      server: chat.origin,
      room,
      roomId,
      username,
      bob,
      factorySettings,
    };
  };

  const policy = (host) => {
    const {server, broker} = settings(host);
    return [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      `img-src 'self' blob: ${server}`,
      // The live connection with Rocket.Chat, files, and the broker.
      `connect-src 'self' ${server} ${server.replace('http', 'ws')} ${broker}`,
      `frame-src ${node} ${server}`,
      "require-trusted-types-for 'script'",
      // lit-html is what the native view renders with.
      'trusted-types pexip-chat-room lit-html',
    ].join('; ');
  };

  const fileOf = (path) => {
    if (PAGES[path]) return new URL(PAGES[path], here);
    if (FILES.test(path)) return new URL(`.${path}`, here);
    return SCRIPTS.test(path) ? new URL(path.slice('/dist/'.length), dist) : undefined;
  };

  const answer = async (request, response) => {
    const {host = ''} = request.headers;
    const {pathname} = new URL(request.url, 'http://localhost');
    const send = (status, type, body) => {
      const headers = {'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store'};
      if (type === 'text/html') headers['content-security-policy'] = policy(host);
      response.writeHead(status, headers).end(body);
    };
    if (pathname === '/settings.json') {
      return send(200, 'application/json', JSON.stringify(settings(host)));
    }
    // What every application does for itself. There, the user comes from the application's own session,
    // never from the request; the demo has no session and lets the window's address say who it is.
    if (pathname === '/access-token' && request.method === 'POST') {
      return send(200, 'text/plain', brokers.tokenFor(settings(host).username));
    }
    const file = fileOf(pathname);
    if (!file) return send(404, 'text/plain', 'Not found');
    return send(200, TYPES[extname(file.pathname)], await readFile(file));
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${server.address().port}`,
    setNode: (origin) => (node = origin),
    setBroker: (started) => (brokers = started),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
};
