import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';

import Fastify from 'fastify';

import {BrokerError} from '../../broker/dist/errors.js';
import {sessionRoutes} from '../../broker/dist/routes/session-routes.js';
import {Scene} from '../support/broker-sessions.mjs';

const PATH = '/v1/chat/session';

/** The routes behind a proof of sign-in that a header stands for. */
const serve = async (sessions) => {
  const app = Fastify();
  app.decorateRequest('identity', null);
  app.addHook('onRequest', async (request) => {
    request.identity = {sub: request.headers['x-sub'] ?? 'alice', by: 'jwt'};
  });
  app.setErrorHandler((error, _request, reply) => {
    const {status, code, message} = error;
    assert.ok(error instanceof BrokerError, message);
    return reply.code(status).send({error: {code, message}});
  });
  await app.register(sessionRoutes({sessions}));
  const ask = async (method, url, payload, headers = {}) => {
    const response = await app.inject({
      method,
      url,
      headers,
      ...(payload !== undefined && {payload}),
    });
    return {...response, status: response.statusCode, body: response.body && response.json()};
  };
  return {app, ask};
};

describe('The session route', () => {
  let scene;
  let app;
  let ask;

  beforeEach(async () => {
    scene = new Scene();
    ({app, ask} = await serve(scene.broker().sessions));
  });
  afterEach(async () => {
    await app.close();
    await scene.close();
  });

  it('answers with a session that no cache keeps', async () => {
    const {status, body, headers} = await ask('POST', PATH, {});
    assert.equal(status, 200);
    assert.equal(headers['cache-control'], 'no-store');
    assert.deepEqual(Object.keys(body).sort(), [
      'alias',
      'expiresAt',
      'lease',
      'leaseExpiresAt',
      'surfaces',
      'userId',
      'username',
    ]);
    assert.deepEqual(Object.keys(body.surfaces), ['live']);
  });

  it('takes a request without a body for one that asks for nothing special', async () => {
    assert.equal((await ask('POST', PATH)).status, 200);
  });

  it('renews the lease that it is given', async () => {
    const {body} = await ask('POST', PATH, {surfaces: ['live', 'embed', 'live']});
    assert.deepEqual(Object.keys(body.surfaces).sort(), ['embed', 'live']);
    assert.equal((await ask('POST', PATH, {lease: body.lease})).body.lease, body.lease);
  });

  it('looks at the tokens that were refused', async () => {
    const {body} = await ask('POST', PATH, {});
    scene.workspace.live.clear();
    const after = await ask('POST', PATH, {lease: body.lease, rejected: ['live']});
    assert.notDeepEqual(after.body.surfaces, body.surfaces);
  });

  it("gives the caller's session, whoever else the body and the address name", async () => {
    const foreign = {userId: 'id-bob', alias: 'bob', username: 'bob', sub: 'bob', identity: 'bob'};
    const {body} = await ask('POST', `${PATH}?alias=bob&sub=bob`, foreign);
    assert.equal(body.alias, 'alice');
    assert.deepEqual(
      scene.workspace.mints.map(({alias}) => alias),
      ['alice'],
    );
  });

  const wrong = [
    ['null', null],
    ['a list', ['live']],
    ['a text', '"live"'],
    ['a number', 7],
    ['no surface', {surfaces: []}],
    ['a surface that is no list', {surfaces: 'live'}],
    ['surfaces that are nothing', {surfaces: null}],
    ['an object for a list', {surfaces: {0: 'live', length: 1}}],
    ['an unknown surface', {surfaces: ['live', 'admin']}],
    ['a surface in another case', {surfaces: ['LIVE']}],
    ['a surface within a list', {surfaces: [['live']]}],
    ['an inherited name', {surfaces: ['constructor']}],
    ['a lease that is a number', {lease: 7}],
    ['an empty lease', {lease: ''}],
    ['a lease that is null', {lease: null}],
    ['a long lease', {lease: 'x'.repeat(513)}],
    ['rejected that is a text', {rejected: 'live'}],
    ['an unknown rejected surface', {rejected: ['none']}],
  ];
  for (const [name, payload] of wrong) {
    it(`refuses ${name}, and makes nothing`, async () => {
      const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
      const {status, body} = await ask('POST', PATH, text, {'content-type': 'application/json'});
      assert.equal(status, 400);
      assert.equal(body.error.code, 'invalid-argument');
      assert.match(body.error.message, /Send|Mend|Name|leave/);
      assert.equal(scene.workspace.mints.length, 0);
      assert.equal(scene.store.entries('leases:alice').size, 0);
    });
  }

  it('takes an odd lease for an unknown one', async () => {
    for (const lease of ['x'.repeat(512), '~', '../..', 'a b', '\u0000', '__proto__']) {
      const {status, body} = await ask('POST', PATH, {lease});
      assert.equal(status, 200);
      assert.match(body.lease, /^[\w-]{34}$/);
    }
  });

  it('lets a lease of the caller go, and no other', async () => {
    const {body} = await ask('POST', PATH, {});
    const held = () => scene.store.entries('leases:alice').has(body.lease);
    for (const lease of ['unknown', '%00', encodeURIComponent('~'), body.lease]) {
      const {status} = await ask('DELETE', `${PATH}/${lease}`, undefined, {'x-sub': 'bob'});
      assert.equal(status, 204);
      assert.ok(held());
    }
    assert.equal((await ask('DELETE', `${PATH}/${body.lease}`)).status, 204);
    assert.ok(!held());
    assert.equal(scene.workspace.of('alice').length, 1);
  });

  it('signs the caller out everywhere, and nobody else', async () => {
    await ask('POST', PATH, {});
    await ask('POST', PATH, {}, {'x-sub': 'bob'});
    assert.equal((await ask('DELETE', PATH)).status, 204);
    assert.deepEqual(scene.workspace.of('alice'), []);
    assert.equal(scene.workspace.of('bob').length, 1);
  });

  it('says where a sign-out could not be done', async () => {
    await ask('POST', PATH, {});
    scene.workspace.away = true;
    const {status, body} = await ask('DELETE', PATH);
    assert.equal(status, 502);
    assert.equal(body.error.code, 'workspace-unreachable');
  });

  it('keeps the memory flat over 100,000 requests of many users', {timeout: 120_000}, async () => {
    const {sessions} = scene.broker();
    const heap = () => (globalThis.gc?.(), process.memoryUsage().heapUsed);
    const round = async (count) => {
      for (let index = 0; index < count; index++) {
        const sub = `user-${index % 500}`;
        const {lease} = await sessions.open({sub, by: 'jwt'}, {});
        await sessions.release(sub, lease);
      }
    };
    const {setFlagsFromString} = await import('node:v8');
    setFlagsFromString('--expose-gc');
    globalThis.gc = (await import('node:vm')).runInNewContext('gc');
    await round(10_000);
    const before = heap();
    await round(100_000);
    const grown = heap() - before;
    assert.ok(grown < 4 * 2 ** 20, `${Math.round(grown / 1024)} KiB more`);
  });
});
