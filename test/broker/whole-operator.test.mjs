/** The broker as its operator meets it: a command, its settings, its output, and how it ends. */
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {describe, it} from 'node:test';

import Fastify from 'fastify';

import {createBroker, readSettings} from '../../broker/dist/index.js';
import {client, ending, PAGE, runBroker, startPlace, until} from '../support/whole-broker.mjs';

const SESSION = '/v1/chat/session';
const MADE = 'POST users.createToken';

const scene = async (t, options) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd, options);
  const ask = client(atEnd);
  return {
    ...place,
    atEnd,
    ask,
    run: (more) => runBroker(atEnd, place, more),
    session: async (broker, sub, body = {surfaces: ['live']}) =>
      ask(broker.origin, 'POST', SESSION, {token: await place.tokenFor(sub), body}),
  };
};

const free = (atEnd) =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server.address().port));
    atEnd(() => server.close());
  });

describe('the command that serves', {concurrency: true}, () => {
  it('starts from a file with its secrets in the environment, and answers', async (t) => {
    const {ask, run, gate, session} = await scene(t);
    const broker = await run({settings: {pexip: {node: 'https://meet.example.com'}}});
    assert.match(broker.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual((await ask(broker.origin, 'GET', '/health/live')).body, {status: 'ok'});
    assert.deepEqual((await ask(broker.origin, 'GET', '/health/ready')).body, {
      status: 'ok',
      store: 'ok',
      workspace: 'ok',
    });
    const config = await ask(broker.origin, 'GET', '/v1/config', {headers: {origin: PAGE}});
    assert.equal(config.status, 200);
    assert.equal(config.body.server, gate.origin);
    assert.equal(config.body.node, 'https://meet.example.com');
    const {status, body} = await session(broker, 'alice.b');
    assert.equal(status, 200);
    const {userId, username, surfaces} = body;
    assert.equal(username, 'alice.b');
    assert.ok(await gate.takes({userId, ...surfaces.live}));
    assert.equal(broker.said.stderr, '');
  });

  it('starts from the environment alone', async (t) => {
    const {run, settings, session} = await scene(t);
    const env = {
      BROKER_PUBLIC_URL: settings.publicUrl,
      BROKER_ORIGINS: PAGE,
      BROKER_LISTEN_PORT: '0',
      BROKER_STORE_SQLITE: settings.store.sqlite,
      BROKER_ROCKET_CHAT_SERVER: settings.rocketChat.server,
      BROKER_ROCKET_CHAT_USER_ID: settings.rocketChat.userId,
      BROKER_JWT_ISSUER: settings.jwt[0].issuer,
    };
    const broker = await run({env, noFile: true});
    assert.ok(broker.origin, broker.output());
    assert.equal((await session(broker, 'bob.b')).status, 200);
  });

  it('ends by SIGTERM when what is under way is answered, and says meanwhile that it closes', async (t) => {
    const {ask, run, gate, session} = await scene(t);
    const broker = await run();
    // Connections that are open already, as a balancer has them.
    await ask(broker.origin, 'GET', '/health/ready');
    const held = gate.hold(MADE);
    const answer = session(broker, 'carol.b');
    await held.reached;
    const asked = ask(broker.origin, 'GET', '/health/ready');
    await asked;
    broker.child.kill('SIGTERM');
    const readiness = [];
    // Who still gets through is told; whoever does not has been refused by a closed port.
    await until(async () => {
      const ready = await ask(broker.origin, 'GET', '/health/ready').catch(() => undefined);
      if (ready) readiness.push([ready.status, ready.body.status ?? ready.body.error?.code]);
      return !ready || ready.status === 503;
    });
    held.open();
    assert.equal((await answer).status, 200);
    assert.deepEqual(await broker.ended, {status: 0, signal: null});
    assert.deepEqual(readiness.at(-1), [503, 'closing']);
  });

  it('ends at once by a second signal', async (t) => {
    const {run, gate, session} = await scene(t);
    const broker = await run();
    const held = gate.hold(MADE);
    const answer = session(broker, 'dave.b').catch((error) => error);
    await held.reached;
    broker.child.kill('SIGTERM');
    // Nothing tells that the first has come: again until it ends.
    const again = setInterval(() => broker.child.kill('SIGTERM'), 100);
    const {status} = await broker.ended;
    clearInterval(again);
    assert.equal(status, 1);
    assert.ok((await answer) instanceof Error);
  });

  it('says in words that its port is taken, with status 1', async (t) => {
    const {run, atEnd} = await scene(t);
    const port = await free(atEnd);
    const broker = await run({settings: {listen: {port}}});
    assert.deepEqual(await broker.ended, {status: 1, signal: null});
    assert.match(broker.output(), new RegExp(`EADDRINUSE.*${port}`));
  });

  it('says that its Redis is not there, and shows no password', async (t) => {
    const {run, atEnd} = await scene(t);
    const port = await free(atEnd);
    const password = 'canary-Zq7wPx2m';
    const env = {BROKER_STORE_REDIS: `redis://:${password}@127.0.0.1:${port + 1}`};
    const broker = await run({env});
    assert.equal((await broker.ended).status, 1);
    assert.match(broker.output(), /cannot use its Redis at/);
    assert.ok(!broker.output().includes(password), broker.output());
  });

  it('lends the same tokens after a kill, and ends what was to end', async (t) => {
    const {run, gate, ask, session, tokenFor} = await scene(t);
    const settings = {sessions: {afterLast: '3s'}};
    const first = await run({settings});
    const stays = (await session(first, 'stays', {surfaces: ['embed', 'live']})).body;
    const goes = (await session(first, 'goes')).body;
    const token = await tokenFor('goes');
    assert.equal(
      (await ask(first.origin, 'DELETE', `${SESSION}/${goes.lease}`, {token})).status,
      204,
    );
    await first.kill('SIGKILL');
    const before = gate.count(MADE);
    const second = await run({settings});
    const {lease, userId} = stays;
    const again = (await session(second, 'stays', {surfaces: ['embed', 'live'], lease})).body;
    assert.deepEqual(again.surfaces, stays.surfaces);
    assert.equal(again.lease, lease);
    assert.equal(gate.count(MADE), before);
    await until(async () => !(await gate.takes({userId: goes.userId, ...goes.surfaces.live})));
    assert.equal((await gate.living(userId)).length, 2);
  });
});
