import {EventEmitter, once} from 'node:events';
import {createServer} from 'node:http';
import {afterEach, beforeEach} from 'node:test';

import {startBroker, startRocketChat} from '../../dist/testing/index.js';
import {forward} from './forward.mjs';

/** The one origin whose pages may ask. */
export const PAGE = 'https://app.example.com';

/** A server that hands everything on to `target` and emits `METHOD /path` when it has answered. */
const startWatched = async (target) => {
  const answered = new EventEmitter();
  const server = createServer((request, response) => {
    const what = `${request.method} ${request.url}`;
    response.on('finish', () => answered.emit(what));
    forward(request, response, target);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    answered,
    server,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

/**
 * Starts a stand-in broker and its workspace for each test of a block. The options of the workspace
 * are in `chat`; the other ones are the broker's.
 */
export const withBroker = ({chat: chatOptions, ...options} = {}) => {
  const bench = {};
  beforeEach(async () => {
    bench.chat = await startRocketChat({bypassRateLimit: true, ...chatOptions});
    bench.watched = await startWatched(bench.chat.origin);
    const workspace = {...bench.chat, origin: bench.watched.origin};
    bench.broker = await startBroker({workspace, origins: [PAGE], ...options});
  });
  afterEach(() => Promise.all([bench.broker.close(), bench.watched.close(), bench.chat.close()]));

  const answerOf = async (response) => {
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') && text;
    return {
      status: response.status,
      headers: response.headers,
      body: json ? JSON.parse(text) : text,
    };
  };
  /** Asks the broker; by default in the name of alice, by access token. */
  bench.ask = async (method, path, {as = 'alice', body, headers} = {}) => {
    const token = as && bench.broker.accessToken(as);
    const response = await fetch(bench.broker.origin + path, {
      method,
      headers: {
        ...(token && {authorization: `Bearer ${token}`}),
        ...(body && {'content-type': 'application/json'}),
        ...headers,
      },
      ...(body && {body: typeof body === 'string' ? body : JSON.stringify(body)}),
    });
    return answerOf(response);
  };
  bench.session = (body = {}, as = 'alice') => bench.ask('POST', '/v1/chat/session', {body, as});
  /** Whether the workspace takes a session's token for a surface. */
  bench.works = async ({userId, surfaces}, surface = 'live') => {
    const headers = {'X-User-Id': userId, 'X-Auth-Token': surfaces[surface].authToken};
    return (await fetch(`${bench.chat.origin}/api/v1/me`, {headers})).ok;
  };
  /** Resolves when the broker has ended one more token at the workspace. */
  bench.tokenEnded = () => once(bench.watched.answered, 'POST /api/v1/logout');
  return bench;
};
