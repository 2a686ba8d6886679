/** The broker as its operator meets it: a command, its settings, its output, and how it ends. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
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
    const held = gate.hold(MADE);
    const answer = session(broker, 'carol.b');
    await held.reached;
    assert.equal((await ask(broker.origin, 'GET', '/health/ready')).status, 200);
    broker.child.kill('SIGTERM');
    await until(async () => {
      const {status, body} = await ask(broker.origin, 'GET', '/health/ready');
      return status === 503 && body.status === 'closing';
    });
    assert.equal((await ask(broker.origin, 'GET', '/health/live')).status, 200);
    const time = performance.now();
    held.open();
    assert.equal((await answer).status, 200);
    assert.deepEqual(await broker.ended, {status: 0, signal: null});
    assert.ok(performance.now() - time < 10_000, 'ends with the last answer, not by its limit');
  });

  it('ends at once by a second signal', async (t) => {
    const {ask, run, gate, session} = await scene(t);
    const broker = await run();
    const held = gate.hold(MADE);
    const answer = session(broker, 'dave.b').catch((error) => error);
    await held.reached;
    broker.child.kill('SIGTERM');
    await until(async () => (await ask(broker.origin, 'GET', '/health/ready')).status === 503);
    broker.child.kill('SIGTERM');
    assert.deepEqual(await broker.ended, {status: 1, signal: null});
    assert.ok((await answer) instanceof Error);
  });

  it('says in words that its port is taken, with status 1', async (t) => {
    const {run, atEnd} = await scene(t);
    const port = await free(atEnd);
    const broker = await run({settings: {listen: {port}}});
    assert.deepEqual(await broker.ended, {status: 1, signal: null});
    assert.match(broker.said.stderr, new RegExp(`EADDRINUSE.*${port}`));
    // Nothing else is wrong.
    assert.doesNotMatch(broker.said.stdout, /"level":"(warn|error)"/);
  });

  it('says that its Redis is not there, and shows no password', async (t) => {
    const {run} = await scene(t);
    const password = 'canary-Zq7wPx2m';
    // No port that another test may be given.
    const env = {BROKER_STORE_REDIS: `redis://:${password}@127.0.0.1:1`};
    const broker = await run({env});
    assert.equal((await broker.ended).status, 1);
    assert.match(broker.output(), /cannot use its Redis at/);
    assert.ok(!broker.output().includes(password), broker.output());
  });

  it('lends the same tokens after a kill, and ends what was to end', async (t) => {
    const {run, gate, ask, session, tokenFor} = await scene(t);
    // A lease that outlasts the start of a broker on a busy machine; for half of it nothing is ended.
    const settings = {sessions: {leaseTime: '30s', afterLast: '1s'}};
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
    const login = {userId: goes.userId, ...goes.surfaces.live};
    await until(async () => !(await gate.takes(login)), 60_000);
    assert.equal((await gate.living(userId)).length, 2);
  });
});

describe('what a broker writes', {concurrency: true}, () => {
  it('has a line for each request, and no secret at any level', async (t) => {
    const {ask, run, gate, secrets, tokenFor} = await scene(t);
    const broker = await run({settings: {log: {level: 'debug'}, sessions: {afterLast: 0}}});
    const {origin} = broker;
    const canaries = {...secrets};
    let requests = 0;
    const say = async (method, path, options) => {
      requests += 1;
      return ask(origin, method, path, options);
    };
    const token = (canaries.jwt = await tokenFor('eve.b'));
    const open = (more) =>
      say('POST', SESSION, {token, body: {surfaces: ['live', 'embed'], ...more}});
    const first = await open();
    assert.equal(first.status, 200);
    const {userId, lease, surfaces} = first.body;
    Object.assign(canaries, {
      lease,
      live: surfaces.live.authToken,
      embed: surfaces.embed.authToken,
    });
    const login = {'x-user-id': userId, 'x-auth-token': surfaces.live.authToken};
    assert.equal((await say('GET', '/v1/rc/me', {token, headers: login})).status, 200);
    const path = '/file-upload/Zq7wPx2mZq7wPx2mA/scan.pdf';
    const signed = await say('POST', '/v1/files/sign', {token, body: {path}});
    assert.equal(signed.status, 200, signed.text);
    const link = new URL(signed.body.url);
    canaries.ticket = decodeURIComponent(link.pathname.split('/')[3]);
    assert.equal((await say('GET', link.pathname)).status, 410);
    const issued = await say('POST', '/v1/credentials', {
      headers: {apikey: secrets.apiKey},
      body: {user_id: 'frank.b'},
    });
    canaries.issued = issued.body.access_token;
    assert.equal((await say('POST', SESSION, {token: canaries.issued, body: {}})).status, 200);
    // What fails is told most about.
    canaries.wrongKey = `x${secrets.jwtSecret}`;
    await say('POST', '/v1/credentials', {headers: {apikey: canaries.wrongKey}, body: {}});
    canaries.expired = await tokenFor('eve.b', {claims: {exp: 1}});
    assert.equal((await say('POST', SESSION, {token: canaries.expired, body: {}})).status, 401);
    await say('GET', `/v1/rc/me?x_auth_token=${surfaces.live.authToken}`, {token, headers: login});
    await say('POST', `/nowhere/${token}?token=${token}`, {token, body: {token, password: lease}});
    await say('POST', SESSION, {token, body: `{"token":"${surfaces.live.authToken}"`});
    await open({lease, rejected: ['live']});
    gate.reply('POST logout', {
      status: 500,
      body: JSON.stringify({error: surfaces.live.authToken}),
    });
    assert.equal((await say('DELETE', `${SESSION}/${lease}`, {token})).status, 204);
    assert.equal((await say('DELETE', SESSION, {token})).status, 502);
    gate.reply('POST logout');
    await gate.leave();
    assert.equal((await say('POST', SESSION, {token, body: {}})).status, 502);
    await gate.come();
    broker.child.kill('SIGTERM');
    assert.equal((await broker.ended).status, 0);
    for (const [index, {authToken}] of gate.made.entries()) canaries[`made ${index}`] = authToken;
    const output = broker.output();
    for (const [name, canary] of Object.entries(canaries)) {
      assert.ok(canary.length >= 16, name);
      assert.ok(!output.includes(canary), `${name} is in the output`);
      const body = canary.split('.')[1];
      if (body?.length > 20)
        assert.ok(!output.includes(body), `a part of ${name} is in the output`);
    }
    const lines = broker.lines().filter(({msg}) => msg === 'request');
    assert.equal(lines.length, requests);
    assert.ok(lines.every(({req, res, duration}) => req.path && res.status && duration >= 0));
    assert.equal(new Set(lines.map(({requestId}) => requestId)).size, requests);
    assert.equal(broker.said.stderr, '');
  });

  it('and keeps of ten thousand requests is next to nothing', async (t) => {
    const {ask, run, tokenFor} = await scene(t);
    const collect = `data:text/javascript,${encodeURIComponent(
      'process.on("message", () => { gc(); gc(); process.send(process.memoryUsage().heapUsed); });',
    )}`;
    const broker = await run({
      settings: {limits: {perUser: 1_000_000}},
      node: ['--expose-gc', '--import', collect],
    });
    const heap = async () => {
      const answer = once(broker.child, 'message');
      broker.child.send('collect');
      return (await answer)[0];
    };
    const tokens = await Promise.all(Array.from({length: 20}, (_, index) => tokenFor(`u${index}`)));
    const leases = new Map();
    const many = async (count) => {
      let left = count;
      const page = async (token) => {
        while (left-- > 0) {
          const body = {surfaces: ['live'], ...(leases.has(token) && {lease: leases.get(token)})};
          const answer = await ask(broker.origin, 'POST', SESSION, {token, body});
          assert.equal(answer.status, 200, answer.text);
          leases.set(token, answer.body.lease);
        }
      };
      await Promise.all(tokens.map(page));
    };
    await many(3_000);
    const before = await heap();
    await many(10_000);
    const growth = (await heap()) - before;
    t.diagnostic(`grown by ${Math.round(growth / 1024)} KiB`);
    assert.ok(growth < 3 * 1024 * 1024, `${growth} bytes`);
  });
});

describe("a broker in a server of one's own", () => {
  it('answers below its prefix, and leaves routes, errors and bodies of the server as they are', async (t) => {
    const {atEnd, ask, settings, secrets, gate, tokenFor} = await scene(t);
    const broker = await createBroker(
      readSettings({
        ...settings,
        publicUrl: 'http://127.0.0.1:8090/chat',
        secret: secrets.secret,
        rocketChat: {
          ...settings.rocketChat,
          authToken: secrets.authToken,
          createTokenSecret: secrets.createTokenSecret,
        },
        jwt: [{...settings.jwt[0], secret: secrets.jwtSecret}],
        log: {level: 'silent'},
      }),
    );
    const app = Fastify();
    app.addContentTypeParser('text/plain', {parseAs: 'string'}, (_request, body, done) =>
      done(null, body),
    );
    app.setErrorHandler((error, _request, reply) => reply.code(418).send({own: error.message}));
    app.setNotFoundHandler((_request, reply) => reply.code(404).send({own: 'not here'}));
    app.post('/echo', async ({body}) => ({body}));
    app.get('/fails', async () => {
      throw new Error('its own');
    });
    await app.register(broker.plugin, {prefix: '/chat'});
    const origin = await app.listen({host: '127.0.0.1', port: 0});
    atEnd(() => app.close());

    const page = {origin: 'https://elsewhere.example.com'};
    const text = {...page, 'content-type': 'text/plain'};
    const echo = await ask(origin, 'POST', '/echo', {headers: text, body: 'a text'});
    assert.deepEqual([echo.status, echo.body], [200, {body: 'a text'}]);
    const nested = {list: [], ['__proto__x']: 1};
    const deep = JSON.parse('['.repeat(100) + ']'.repeat(100));
    assert.deepEqual((await ask(origin, 'POST', '/echo', {body: nested})).body, {body: nested});
    assert.deepEqual((await ask(origin, 'POST', '/echo', {body: deep})).body, {body: deep});
    const fails = await ask(origin, 'GET', '/fails', {headers: page});
    assert.deepEqual([fails.status, fails.body], [418, {own: 'its own'}]);
    const nowhere = await ask(origin, 'GET', '/nowhere', {headers: page});
    assert.deepEqual([nowhere.status, nowhere.body], [404, {own: 'not here'}]);
    for (const {headers} of [echo, fails, nowhere]) {
      assert.equal(headers['access-control-allow-origin'], undefined);
      assert.equal(headers['content-security-policy'], undefined);
    }

    assert.equal((await ask(origin, 'GET', '/chat/health/ready')).body.status, 'ok');
    const lost = await ask(origin, 'GET', '/chat/v1/nowhere');
    assert.equal(lost.body.error.code, 'not-found');
    const token = await tokenFor('grace.b');
    const path = `/chat${SESSION}`;
    const refused = await ask(origin, 'POST', path, {token, headers: text, body: '{}'});
    assert.equal(refused.body.error.code, 'origin-not-allowed');
    const session = await ask(origin, 'POST', path, {token, body: {}, headers: {origin: PAGE}});
    assert.equal(session.status, 200, session.text);
    assert.equal(session.headers['access-control-allow-origin'], PAGE);
    const {userId, lease, surfaces} = session.body;
    assert.ok(await gate.takes({userId, ...surfaces.live}));
    const login = {'x-user-id': userId, 'x-auth-token': surfaces.live.authToken};
    assert.equal((await ask(origin, 'GET', '/chat/v1/rc/me', {token, headers: login})).status, 200);
    assert.equal((await ask(origin, 'DELETE', `${path}/${lease}`, {token})).status, 204);
    await app.close();
    await assert.rejects(broker.context.store.ping(), {code: 'store-unavailable'});
  });
});
