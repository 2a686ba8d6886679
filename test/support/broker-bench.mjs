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
 * Starts a broker and its workspace for each test of a block, which begins when the broker has looked
 * at the workspace. The options of the workspace are in `chat`; the other ones are the broker's.
 */
export const withBroker = ({chat: chatOptions, ...options} = {}) => {
  const bench = {};
  beforeEach(async () => {
    bench.chat = await startRocketChat({bypassRateLimit: true, ...chatOptions});
    bench.watched = await startWatched(bench.chat.origin);
    const workspace = {...bench.chat, origin: bench.watched.origin};
    const looked = once(bench.watched.answered, 'GET /api/v1/me');
    bench.broker = await startBroker({workspace, origins: [PAGE], ...options});
    await looked;
  });
  afterEach(async () => {
    await Promise.all([bench.broker?.close(), bench.watched?.close(), bench.chat?.close()]);
    for (const each of ['broker', 'watched', 'chat']) delete bench[each];
  });

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
  /** The headers of somebody's chat session, by which the broker passes on what he asks. */
  bench.login = async (as = 'alice') => {
    const {userId, surfaces} = (await bench.session({}, as)).body;
    return {'X-User-Id': userId, 'X-Auth-Token': surfaces.live.authToken};
  };
  /** Does something, and tells what the workspace was asked for meanwhile. */
  bench.heard = async (work) => {
    const before = bench.chat.requests().length;
    await work();
    return bench.chat
      .requests()
      .slice(before)
      .map(({line}) => line);
  };
  /** Whether the workspace takes a session's token for a surface. */
  bench.works = async ({userId, surfaces}, surface = 'live') => {
    const headers = {'X-User-Id': userId, 'X-Auth-Token': surfaces[surface].authToken};
    return (await fetch(`${bench.chat.origin}/api/v1/me`, {headers})).ok;
  };
  /** Resolves when the broker has ended one more token at the workspace. */
  bench.tokenEnded = () => once(bench.watched.answered, 'POST /api/v1/logout');
  return bench;
};
