import {createHash, createHmac} from 'node:crypto';
import {createServer} from 'node:http';

import {Agent} from 'undici';

import {createWorkspace} from '../../broker/dist/workspace/rocket-chat-workspace.js';
import {startRocketChat} from '../../dist/testing/index.js';
import {MemoryStore} from './memory-store.mjs';

export const SECRET = 'the operator has told this to both of them';

/** Keys as a seal derives them; texts are not closed by a workspace. */
export const keysOf = (secret) => ({
  key: (use) => createHmac('sha256', secret).update(use).digest(),
  close: () => {
    throw new Error('Nothing is sealed here.');
  },
  open: () => undefined,
});

/** A logger that keeps its lines. */
export const keptLog = () => {
  const lines = [];
  const at = (level) => (fields, message) => lines.push({level, fields, message});
  const log = {lines, level: 'debug', child: () => log, silent() {}};
  for (const level of ['fatal', 'error', 'warn', 'info', 'debug', 'trace']) log[level] = at(level);
  return log;
};

/** Settings of a broker, as far as a workspace reads them. */
export const settingsFor = (internalUrl, rocketChat = {}, more = {}) => ({
  rocketChat: {
    server: 'http://chat.localhost',
    internalUrl,
    userId: 'service-user',
    authToken: 'service-token',
    mint: 'auto',
    calls: 10,
    window: 60_000,
    timeout: 5_000,
    ...rocketChat,
  },
  users: {
    link: 'none',
    create: true,
    ownEmail: false,
    emailDomain: 'chat.invalid',
    ...more.users,
  },
  limits: {mintsPerUser: 20, ...more.limits},
});

/** The scene is taken down in the order reverse to that in which it was set. */
export const ending = (t) => {
  const ends = [];
  t.after(async () => {
    for (const end of ends.reverse()) await end();
  });
  return (end) => ends.push(end);
};

/** A workspace of the broker before an address, on a store that others may share. */
export const workspaceFor = (
  atEnd,
  settings,
  {store = new MemoryStore(), secret = 'a secret'} = {},
) => {
  const log = keptLog();
  const events = [];
  const dispatcher = new Agent();
  const audit = {note: async (event) => void events.push(event), close: async () => {}};
  const options = {settings, store, seal: keysOf(secret), audit, dispatcher, log};
  const workspace = createWorkspace(options);
  atEnd(async () => {
    await workspace.close();
    await dispatcher.close();
  });
  return {workspace, store, log, events, settings};
};

const post = async (origin, route, headers, body) => {
  const response = await fetch(`${origin}/api/v1/${route}`, {
    method: 'POST',
    headers: {'content-type': 'application/json', ...headers},
    body: JSON.stringify(body),
  });
  return {status: response.status, body: await response.json()};
};

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** The administrator makes a personal access token, as an operator does in the page. */
export const personalToken = async (
  {origin, users},
  {username = 'admin', bypassTwoFactor = true} = {},
) => {
  const {password} = users.find((user) => user.username === username);
  const login = await post(origin, 'login', {}, {user: username, password});
  const {userId, authToken} = login.body.data;
  const made = await post(
    origin,
    'users.generatePersonalAccessToken',
    {
      'x-user-id': userId,
      'x-auth-token': authToken,
      'x-2fa-code': sha256(password),
      'x-2fa-method': 'password',
    },
    {tokenName: `broker-${bypassTwoFactor}`, bypassTwoFactor},
  );
  if (!made.body.token) throw new Error(JSON.stringify(made));
  return {userId, authToken: made.body.token};
};

/** A Rocket.Chat simulator with its service account, and a broker's workspace before it. */
export const scene = async (t, {chat = {}, rocketChat = {}, token = {}, ...more} = {}) => {
  const atEnd = ending(t);
  const simulator = await startRocketChat({
    createTokenSecret: SECRET,
    bypassRateLimit: true,
    ...chat,
  });
  atEnd(() => simulator.close());
  const service = await personalToken(simulator, token);
  const settings = settingsFor(
    simulator.origin,
    {createTokenSecret: SECRET, ...service, ...rocketChat},
    more,
  );
  const made = workspaceFor(atEnd, settings, more);
  const skip = simulator.requests().length;
  /** The calls of the broker, such as `POST users.create`; all if no route is named. */
  const calls = (route) =>
    simulator
      .requests()
      .slice(skip)
      .map(({line}) => line.replace(/^(\w+) \/api\/v1\/([\w.]+).*/, '$1 $2'))
      .filter((line) => route === undefined || line === route);
  const another = (changes = {}) =>
    workspaceFor(
      atEnd,
      {
        ...settings,
        ...changes.settings,
        rocketChat: {...settings.rocketChat, ...changes.rocketChat},
        users: {...settings.users, ...changes.users},
      },
      {store: made.store, ...more, ...changes},
    );
  return {...made, simulator, service, calls, another, atEnd};
};

/** A server that answers as a test says: `answer(request, body)` returns `{status, headers, body}`. */
export const scripted = async (t, answer) => {
  const atEnd = ending(t);
  const requests = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const sent = Buffer.concat(parts).toString();
    requests.push(`${request.method} ${request.url}`);
    const {status = 200, headers = {}, body = {}} = (await answer(request, sent, requests)) ?? {};
    if (status === 'cut') return response.destroy();
    if (status === 'hang') return;
    response.writeHead(status, {'content-type': 'application/json', ...headers});
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  atEnd(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return {origin, requests, atEnd};
};

/** Who asks, as a host application tells it. */
export const who = (sub, more = {}) => ({sub, by: 'jwt', ...more});

/** Asks again as often and as late as it is told, as a page does. */
export const patiently = async (workspace, identity, told = []) => {
  for (;;) {
    try {
      return await workspace.mint(identity);
    } catch (error) {
      if (error.code !== 'sign-in-queued') throw error;
      const seconds = Number(error.headers['retry-after']);
      told.push({position: error.position, seconds});
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }
};
