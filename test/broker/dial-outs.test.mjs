import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import Fastify from 'fastify';

import {dialOutRoutes, readDialOut} from '../../broker/dist/routes/dial-out-routes.js';
import {answerError} from '../../broker/dist/http/errors.js';

const setup = async () => {
  const noted = [];
  const counts = new Map();
  const context = {
    audit: {note: async (event) => void noted.push(event)},
    store: {
      count: async (key) => {
        counts.set(key, (counts.get(key) ?? 0) + 1);
        return {count: counts.get(key), resetIn: 30_000};
      },
    },
  };
  const app = Fastify();
  app.setErrorHandler(answerError);
  app.decorateRequest('identity');
  app.addHook('onRequest', async (request) => {
    request.identity = {sub: request.headers['x-test-sub'] ?? 'alice', by: 'jwt'};
  });
  await app.register(dialOutRoutes(context));
  const tell = (payload, sub = 'alice') =>
    app.inject({method: 'POST', url: '/v1/dial-outs', payload, headers: {'x-test-sub': sub}});
  return {noted, tell};
};

const ASKED = {
  requestId: 'r1',
  outcome: 'asked',
  destination: 'bob@example.com',
  protocol: 'sip',
  role: 'GUEST',
  meeting: 'ward-7',
};

describe('what a page dials', () => {
  it('is in the audit log under the name of whoever is signed in', async () => {
    const {noted, tell} = await setup();
    assert.equal((await tell({...ASKED, alias: 'mallory', sub: 'mallory'})).statusCode, 204);
    assert.deepEqual(noted, [{what: 'dial-out', alias: 'alice', detail: ASKED}]);
  });

  it('is followed by how it ended', async () => {
    const {noted, tell} = await setup();
    await tell({requestId: 'r1', outcome: 'failed', code: 'dial-out-refused'});
    assert.deepEqual(noted[0].detail, {
      requestId: 'r1',
      outcome: 'failed',
      code: 'dial-out-refused',
    });
  });

  for (const destination of [
    'rtmp://stream.example.com/live?key=canary',
    'RTMPS://stream.example.com/live/canary',
    'sip:bob@example.com;pin=canary',
    '+431234567,,canary#',
  ]) {
    it(`is kept without its parameters: ${destination}`, () => {
      const {destination: kept} = readDialOut({...ASKED, destination});
      assert.ok(kept.length > 5 && destination.startsWith(kept));
      assert.doesNotMatch(kept, /canary/);
    });
  }

  for (const [field, value] of [
    ['requestId', undefined],
    ['requestId', 'x'.repeat(65)],
    ['requestId', {}],
    ['outcome', 'won'],
    ['outcome', undefined],
    ['outcome', '__proto__'],
    ['destination', 7],
    ['destination', ''],
    ['destination', 'x'.repeat(257)],
    ['protocol', 'x'.repeat(17)],
    ['role', ['GUEST']],
    ['meeting', null],
    ['code', {}],
  ]) {
    it(`is refused where ${field} is ${String(JSON.stringify(value)).slice(0, 20)}`, async () => {
      const {noted, tell} = await setup();
      const answer = await tell({...ASKED, [field]: value});
      assert.equal(answer.statusCode, 400);
      assert.match(answer.json().error.message, new RegExp(field));
      assert.deepEqual(noted, []);
    });
  }

  it('is kept so often in a minute, for each user', async () => {
    const {noted, tell} = await setup();
    for (let i = 0; i < 120; i += 1) await tell(ASKED);
    const refused = await tell(ASKED);
    assert.equal(refused.statusCode, 429);
    assert.equal(refused.headers['retry-after'], '30');
    assert.equal((await tell(ASKED, 'bob')).statusCode, 204);
    assert.equal(noted.length, 121);
  });
});
