import {once} from 'node:events';
import {createServer} from 'node:http';
import {connect, createServer as createTcpServer} from 'node:net';
import {afterEach, beforeEach} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';

import Fastify from 'fastify';
import {Agent} from 'undici';

import {fileRoutes, openFileRoutes} from '../../broker/dist/routes/file-routes.js';
import {passThroughRoutes} from '../../broker/dist/routes/pass-through-routes.js';
import {userRoutes} from '../../broker/dist/routes/user-routes.js';
import {startRocketChat} from '../../dist/testing/index.js';
import {fakeSeal} from './fake-seal.mjs';
import {forward} from './forward.mjs';

/** What stands in every secret of the broker's: it must not be seen anywhere. */
export const CANARY = 'canary-7f3a';
export const SERVER = 'https://chat.example.com';
export const PUBLIC = 'https://broker.example.com/chat';

/** Resolves when `check` says something true; rejects after half a minute. */
export const until = async (check, what) => {
  const end = Date.now() + 30_000;
  for (;;) {
    const said = await check();
    if (said) return said;
    if (Date.now() > end) throw new Error(`Never came: ${what}`);
    await sleep(5);
  }
};

const listening = async (server) => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}`;
};

/** An HTTP server of a test's own. */
export const startServer = async (answer) => {
  const server = createServer(answer);
  const origin = await listening(server);
  return {
    origin,
    server,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

/** A server that speaks bytes: what a real one would never send. */
export const startTcp = async (handle) => {
  const sockets = new Set();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    handle(socket);
    // Unread, it would never hear of its end.
    socket.resume();
  });
  const origin = await listening(server);
  return {
    origin,
    sockets,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};

/** Sends bytes as they are, and resolves with all that comes back until the other side is done. */
export const sendBytes = async (origin, bytes) => {
  const {port, hostname} = new URL(origin);
  const socket = connect(Number(port), hostname);
  const chunks = [];
  // Not once(), which is rejected by an error: a side that is done early may reset the connection.
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {});
  socket.write(bytes);
  await closed;
  return Buffer.concat(chunks).toString();
};

const fakeStore = () => {
  const values = new Map();
  const counts = new Map();
  return {
    values,
    counts,
    get: async (key) => values.get(key)?.value,
    set: async (key, value, ttl) => void values.set(key, {value, ttl}),
    count: async (key, window) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return {count: counts.get(key), resetIn: window - 500};
    },
  };
};

const settingsFor = (internalUrl, {limits, rocketChat, ...more}) => ({
  publicUrl: PUBLIC,
  secret: `${CANARY}-secret-of-the-broker-itself`,
  apiKeys: [`${CANARY}-api-key-of-thirty-two-characters`],
  rocketChat: {
    server: SERVER,
    internalUrl,
    userId: `${CANARY}-service`,
    authToken: `${CANARY}-token`,
    createTokenSecret: `${CANARY}-create`,
    // Longer than any test waits: what ends sooner was ended by something else.
    timeout: 120_000,
    ...rocketChat,
  },
  chats: {delete: false},
  limits: {body: 16 * 1024, upload: 1024 * 1024, lookUpsPerUser: 30, ...limits},
  ...more,
});

/**
 * Starts the routes alone, with everything else of a broker played: `Authorization: Bearer alice` is
 * Alice, and her login is what stands in `logins`.
 *
 * `failures` are errors that are the broker's own, or were told to nobody.
 *
 * @param internalUrl where the workspace is
 */
export const startRoutes = async (internalUrl, {prefix = '', storing, ...options} = {}) => {
  const dispatcher = new Agent({connections: 8});
  const logins = new Map();
  const accounts = new Map();
  const failures = [];
  const app = Fastify({forceCloseConnections: true});
  const context = {
    settings: settingsFor(internalUrl, options),
    store: fakeStore(),
    seal: fakeSeal(),
    workspace: {
      find: async (alias) => accounts.get(alias),
      findByUsername: async (username) =>
        [...accounts.values()].find((each) => each.username === username),
    },
    sessions: {login: async (alias) => logins.get(alias)},
    dispatcher,
    log: app.log,
  };
  app.setErrorHandler((error, _request, reply) => {
    const {status = error.statusCode ?? 500, code, message, headers = {}} = error;
    if (status === 500 || reply.raw.destroyed) failures.push(error);
    return reply.code(status).headers(headers).send({error: {code, message}});
  });
  app.register(
    async (scope) => {
      await scope.register(openFileRoutes(context));
      await scope.register(async (own) => {
        own.decorateRequest('identity', null);
        own.addHook('onRequest', async (request) => {
          const [, sub] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
          if (sub) request.identity = {sub, by: 'jwt'};
        });
        await own.register(passThroughRoutes(context, storing));
        for (const routes of [fileRoutes, userRoutes]) {
          await own.register(routes(context));
        }
      });
    },
    {prefix},
  );
  const origin = await app.listen({port: 0, host: '127.0.0.1'});
  const ask = async (method, path, {as = 'alice', headers, body, ...init} = {}) => {
    const isPlain = body !== undefined && Object.getPrototypeOf(body) === Object.prototype;
    const response = await fetch(origin + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(as && {authorization: `Bearer ${as}`}),
        ...(isPlain && {'content-type': 'application/json'}),
        ...headers,
      },
      ...(body !== undefined && {body: isPlain ? JSON.stringify(body) : body}),
      ...init,
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') && text;
    const {status} = response;
    return {status, headers: response.headers, body: isJson ? JSON.parse(text) : text};
  };
  return {
    app,
    origin,
    context,
    logins,
    accounts,
    failures,
    ask,
    close: async () => {
      await app.close();
      await dispatcher.destroy();
    },
  };
};

/** The headers of a login. */
export const headersOf = ({userId, authToken}) => ({
  'X-User-Id': userId,
  'X-Auth-Token': authToken,
});

/**
 * The routes before a Rocket.Chat, for each test of a block; `bench.seen` are the requests that the
 * workspace gets, as text, and `bench.login` is Alice's.
 */
export const withRoutes = ({chat: chatOptions, ...options} = {}) => {
  const bench = {};
  beforeEach(async () => {
    bench.chat = await startRocketChat({bypassRateLimit: true, ...chatOptions});
    bench.seen = [];
    bench.watched = await startServer((request, response) => {
      const {method, url, rawHeaders} = request;
      bench.seen.push({method, url, rawHeaders, headers: request.headers});
      forward(request, response, bench.chat.origin);
    });
    const routes = await startRoutes(bench.watched.origin, options);
    Object.assign(bench, routes);
    bench.login = bench.chat.issueToken('alice');
    bench.own = headersOf(bench.login);
    routes.logins.set('alice', bench.login);
  });
  afterEach(async () => {
    await bench.close();
    bench.watched.close();
    await bench.chat.close();
  });
  return bench;
};

/** The routes before a server of a test's own; closed with the test. */
export const routesBefore = async (t, origin, options) => {
  const routes = await startRoutes(origin, options);
  t.after(() => routes.close());
  const login = {userId: 'alice-id', authToken: 'alice-token'};
  routes.logins.set('alice', login);
  return {...routes, login, own: headersOf(login)};
};
