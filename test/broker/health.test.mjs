import assert from 'node:assert/strict';
import {afterEach, describe, it} from 'node:test';

import {fastify} from 'fastify';
import {MockAgent} from 'undici';

import {healthRoutes} from '../../broker/dist/http/health.js';

const SERVER = 'http://chat.internal:3000';

describe('the health of the broker', () => {
  const apps = [];
  const agents = [];
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await Promise.all(agents.splice(0).map((agent) => agent.close()));
  });

  const broker = ({ping = async () => {}, workspace = 200, closing, path = ''} = {}) => {
    const dispatcher = new MockAgent();
    agents.push(dispatcher);
    dispatcher.disableNetConnect();
    let asked = 0;
    dispatcher
      .get(SERVER)
      .intercept({path: `${path}/api/info`})
      .reply(() => {
        asked += 1;
        if (workspace === 'away') throw new Error('away');
        return {statusCode: workspace, data: '{"version":"8.0.0"}'};
      })
      .persist();
    const app = fastify();
    apps.push(app);
    const settings = {rocketChat: {internalUrl: `${SERVER}${path}`}};
    app.register(healthRoutes({dispatcher, settings, store: {ping}}, closing));
    return {ask: (url) => app.inject(url), asked: () => asked};
  };

  it('lives as long as it answers, whatever else is away', async () => {
    const {ask} = broker({ping: () => Promise.reject(new Error('x')), closing: () => true});
    const answer = await ask('/health/live');
    assert.equal(answer.statusCode, 200);
    assert.deepEqual(answer.json(), {status: 'ok'});
    assert.equal(answer.headers['cache-control'], 'no-store');
  });

  it('is ready, and tells nothing of versions or places', async () => {
    const answer = await broker({path: '/chat'}).ask('/health/ready');
    assert.equal(answer.statusCode, 200);
    assert.deepEqual(answer.json(), {status: 'ok', store: 'ok', workspace: 'ok'});
  });

  it('is not ready while the store cannot be used', async () => {
    const {ask} = broker({ping: () => Promise.reject(new Error('ECONNREFUSED redis.internal'))});
    const answer = await ask('/health/ready');
    assert.equal(answer.statusCode, 503);
    const {status, store, ...rest} = answer.json();
    assert.deepEqual([status, store], ['unavailable', 'unavailable']);
    assert.deepEqual(Object.keys(rest), ['workspace']);
  });

  it('is not ready while the store does not answer', async () => {
    const answer = await broker({ping: () => new Promise(() => {})}).ask('/health/ready');
    assert.equal(answer.statusCode, 503);
    assert.equal(answer.json().store, 'unavailable');
  });

  it('is not ready once it closes', async () => {
    let closing = false;
    const {ask} = broker({closing: () => closing});
    assert.equal((await ask('/health/ready')).statusCode, 200);
    closing = true;
    const answer = await ask('/health/ready');
    assert.equal(answer.statusCode, 503);
    assert.equal(answer.json().status, 'closing');
  });

  for (const workspace of [500, 502, 'away'])
    it(`is ready while the workspace is away (${workspace}), and says so`, async () => {
      const answer = await broker({workspace}).ask('/health/ready');
      assert.equal(answer.statusCode, 200);
      assert.equal(answer.json().workspace, 'unreachable');
    });

  for (const workspace of [401, 404, 429])
    it(`takes ${workspace} of the workspace for a sign of life`, async () => {
      assert.equal((await broker({workspace}).ask('/health/ready')).json().workspace, 'ok');
    });

  it('asks the workspace once for many', async () => {
    const {ask, asked} = broker();
    await Promise.all(Array.from({length: 50}, () => ask('/health/ready')));
    await ask('/health/ready');
    assert.equal(asked(), 1);
  });
});
