import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {syncBuiltinESMExports} from 'node:module';
import {describe, it} from 'node:test';

import {apiKeyTest} from '../../broker/dist/callers/api-keys.js';
import {createCallers} from '../../broker/dist/callers/callers.js';
import {credentialsRoutes} from '../../broker/dist/callers/credentials-routes.js';
import {signIn} from '../../broker/dist/callers/fastify-identity.js';
import {cors} from '../../broker/dist/http/cors.js';
import {
  brokerApp,
  callerSettings,
  fakeAudit,
  fakeSeal,
  fakeStore,
  noLog,
  readableLog,
} from '../support/broker-fakes.mjs';
import {bearer, handMade, seconds} from '../support/broker-tokens.mjs';

const KEYS = ['first-key-of-the-application-0001', 'second-key-of-the-application-002'];
const PAGE = 'https://app.example.com';

/** A broker with the credentials route and one for signed-in callers. */
const issuing = async (
  t,
  {settings: own, seal = fakeSeal(), store = fakeStore(), ...options} = {},
) => {
  const app = await brokerApp(t, options);
  const settings = callerSettings({apiKeys: KEYS, ...own});
  const audit = fakeAudit();
  const callers = createCallers({settings, seal, log: noLog});
  await app.register(cors([PAGE]));
  await app.register(credentialsRoutes({settings, store, audit, log: app.log}, callers));
  await app.register(async (scope) => {
    await scope.register(signIn(callers));
    scope.get('/who', async ({identity}) => identity);
  });
  const ask = async (
    payload = {user_id: 'anna'},
    {headers, url = '/v1/credentials', from} = {},
  ) => {
    const answer = await app.inject({
      method: 'POST',
      url,
      payload,
      headers: {apikey: KEYS[0], ...headers},
      ...(from && {remoteAddress: from}),
    });
    return {status: answer.statusCode, body: answer.json(), headers: answer.headers};
  };
  const who = async (token) => (await app.inject({url: '/who', headers: bearer(token)})).json();
  return {app, audit, ask, store, who};
};

const refused = ({status, body}) => `${status} ${body.error?.code}`;

describe('POST /v1/credentials', () => {
  it('gives an access token of six minutes, by which the user is signed in', async (t) => {
    const {ask, who, audit} = await issuing(t);
    const before = seconds();
    const {status, body, headers} = await ask();
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['access_token', 'expires_at', 'user_id']);
    assert.equal(body.user_id, 'anna');
    assert.match(body.expires_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    const lives = Date.parse(body.expires_at) / 1000 - before;
    assert.ok(lives >= 360 && lives <= 420, `${lives} s`);
    assert.equal(headers['cache-control'], 'no-store');
    assert.deepEqual(await who(body.access_token), {sub: 'anna', by: 'credentials'});
    assert.deepEqual(audit.events, [
      {what: 'credentials-issued', alias: 'anna', detail: {expiresIn: 360}},
    ]);
  });

  it('is the same at the address of Bandyer, with any of the keys', async (t) => {
    const {ask, who} = await issuing(t);
    const url = '/rest/sdk/credentials';
    const {body} = await ask(
      {user_id: 'user_xxx', expires_in: 86_400},
      {url, headers: {apikey: KEYS[1]}},
    );
    assert.equal((await who(body.access_token)).sub, 'user_xxx');
  });

  it('vouches for name and address', async (t) => {
    const {ask, who} = await issuing(t);
    const {body} = await ask({user_id: 'anna', name: 'Anna', email: 'anna@example.com'});
    assert.deepEqual(await who(body.access_token), {
      sub: 'anna',
      name: 'Anna',
      email: 'anna@example.com',
      emailVerified: true,
      by: 'credentials',
    });
  });

  it('makes each token another one, which every broker with the same secret takes', async (t) => {
    const seal = fakeSeal();
    const [first, second] = [await issuing(t, {seal}), await issuing(t, {seal})];
    const {body} = await first.ask();
    assert.notEqual(body.access_token, (await first.ask()).body.access_token);
    assert.equal((await second.who(body.access_token)).sub, 'anna');
    const stranger = await issuing(t);
    assert.equal((await stranger.who(body.access_token)).error.code, 'access-token-invalid');
    const elsewhere = await issuing(t, {seal, settings: {publicUrl: 'https://b.example.com'}});
    assert.equal((await elsewhere.who(body.access_token)).error.code, 'access-token-invalid');
  });

  it('makes tokens that nobody else can make', async (t) => {
    const {who} = await issuing(t);
    const claims = {
      iss: 'https://broker.example.com',
      aud: 'pexip-chat-room',
      sub: 'anna',
      exp: seconds() + 300,
    };
    for (const key of ['', KEYS[0], 'access-token'])
      assert.equal(
        (await who(handMade({alg: 'HS256'}, claims, key))).error.code,
        'access-token-invalid',
      );
  });

  it('refuses lifetimes outside 360 to 86400 s', async (t) => {
    const {ask, audit} = await issuing(t);
    for (const expires_in of [359, 86_401, 0, -1, 360.5, 1e300, '360', true, [], [400], {}]) {
      const answer = await ask({user_id: 'anna', expires_in});
      assert.equal(refused(answer), '422 invalid_token_expirations', JSON.stringify(expires_in));
      assert.match(
        answer.body.error.message,
        /must be between 360 \(6 minutes\) and 86400 \(24 hours\)/,
      );
    }
    assert.deepEqual(audit.events, []);
    for (const expires_in of [360, 86_400, null])
      assert.equal((await ask({user_id: 'anna', expires_in})).status, 200);
  });

  it('refuses what names no user, and no name or address', async (t) => {
    const {ask} = await issuing(t);
    for (const user_id of [
      undefined,
      null,
      '',
      7,
      ['anna'],
      {$ne: null},
      'a\r\nb',
      'x'.repeat(129),
      ' a',
    ])
      assert.equal(refused(await ask({user_id})), '400 invalid-argument', JSON.stringify(user_id));
    for (const more of [{name: 7}, {name: '\n'}, {email: 'x'}, {email: {}}])
      assert.equal(refused(await ask({user_id: 'anna', ...more})), '400 invalid-argument');
    assert.equal(refused(await ask([{user_id: 'anna'}])), '400 invalid-argument');
  });
});

describe('the API key', () => {
  it('is one of the configured ones, whole and alone', async (t) => {
    const {ask} = await issuing(t);
    const [key] = KEYS;
    for (const apikey of [
      '',
      'x',
      key.slice(0, -1),
      `${key}x`,
      key.toUpperCase(),
      `${key}, ${key}`,
      KEYS.join(),
    ])
      assert.equal(
        refused(await ask(undefined, {headers: {apikey}})),
        '401 invalid_api_key',
        apikey,
      );
    assert.equal((await ask(undefined, {headers: {apikey: ` ${key} `.trim()}})).status, 200);
  });

  it('is looked at before the body', async (t) => {
    const {ask} = await issuing(t);
    const wrong = {headers: {apikey: 'x', 'content-type': 'application/json'}};
    assert.equal(refused(await ask('{', wrong)), '401 invalid_api_key');
  });

  it('never fits where there is none', async (t) => {
    const {ask} = await issuing(t, {settings: {apiKeys: []}});
    for (const apikey of ['', 'undefined', KEYS[0]])
      assert.equal(refused(await ask(undefined, {headers: {apikey}})), '401 invalid_api_key');
  });

  it('is compared with every key, in constant time, as digests of one length', (t) => {
    const [right] = KEYS;
    const isKey = apiKeyTest(KEYS);
    const {mock} = t.mock.method(crypto, 'timingSafeEqual');
    syncBuiltinESMExports();
    t.after(() => {
      mock.restore();
      syncBuiltinESMExports();
    });
    const given = ['', 'x', right, right.slice(0, -1), KEYS[1], 'x'.repeat(10_000)];
    const known = given.map((each) => {
      mock.resetCalls();
      const is = isKey(each);
      const lengths = mock.calls.flatMap(({arguments: both}) => both.map(({length}) => length));
      assert.deepEqual(lengths, [32, 32, 32, 32], each.slice(0, 40));
      return is;
    });
    assert.deepEqual(known, [false, false, true, false, true, false]);
  });

  it('has, as its source says, no other comparison', async () => {
    const file = new URL('../../broker/src/callers/api-keys.ts', import.meta.url);
    const source = await readFile(file, 'utf8');
    assert.match(source, /timingSafeEqual\(each, own\)/);
    assert.match(source, /createHash\('sha256'\)/);
    assert.doesNotMatch(source, /===|\.includes\(|\.some\(|\.find\(|\.has\(/);
  });

  it('stands in no answer and no log, right or wrong', async (t) => {
    const log = readableLog();
    const {ask} = await issuing(t, {log, settings: {limits: {refusedPerAddress: 3}}});
    const answers = [await ask(), await ask({user_id: 7})];
    const headers = {apikey: 'CANARY-of-a-wrong-key'};
    for (let at = 0; at < 6; at++) answers.push(await ask(undefined, {headers, from: '192.0.2.7'}));
    const all = JSON.stringify(answers) + log.text();
    for (const secret of [...KEYS, 'CANARY']) assert.ok(!all.includes(secret));
    assert.match(log.text(), /Too many refusals/);
  });
});

describe('a page', () => {
  it('gets no credentials, even of a listed origin and with a right key', async (t) => {
    const {ask, app, audit} = await issuing(t);
    for (const origin of [PAGE, 'https://evil.example.com', 'null', '']) {
      const answer = await ask(undefined, {headers: {origin}});
      assert.equal(refused(answer), '403 origin-not-allowed', origin);
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
    }
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: '/v1/credentials',
      headers: {origin: PAGE, 'access-control-request-method': 'POST'},
    });
    assert.notEqual(preflight.statusCode, 204);
    assert.equal(preflight.headers['access-control-allow-origin'], undefined);
    assert.deepEqual(audit.events, []);
  });
});

describe('whoever guesses keys', () => {
  const settings = {limits: {refusedPerAddress: 5}};
  const wrong = (from) => ({headers: {apikey: 'a guess'}, from});

  it('is soon not heard any more, not even with a right one', async (t) => {
    const {ask, store} = await issuing(t, {settings});
    const answers = [];
    for (let at = 0; at < 1_000; at++) answers.push(await ask(undefined, wrong('192.0.2.1')));
    assert.deepEqual(
      answers.map(({status}) => status),
      answers.map((_, at) => (at < 5 ? 401 : 429)),
    );
    const {status, headers, body} = await ask(undefined, {from: '192.0.2.1'});
    assert.equal(`${status} ${body.error.code}`, '429 rate-limited');
    const seconds = Number(headers['retry-after']);
    assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60);
    assert.equal(store.calls.length, 6);
  });

  it("locks out nobody elsewhere, nor the application's servers at the same address", async (t) => {
    const {ask} = await issuing(t, {settings});
    assert.equal((await ask(undefined, {from: '192.0.2.1'})).status, 200);
    for (let at = 0; at < 20; at++) await ask(undefined, wrong('192.0.2.1'));
    assert.equal((await ask(undefined, wrong('192.0.2.1'))).status, 429);
    assert.equal((await ask(undefined, {from: '192.0.2.1'})).status, 200);
    assert.equal((await ask(undefined, {from: '192.0.2.2'})).status, 200);
  });

  it('is counted by all brokers together, and by the address before a trusted proxy', async (t) => {
    const store = fakeStore();
    const options = {settings, store, trustProxy: ['192.0.2.0/24']};
    const brokers = [await issuing(t, options), await issuing(t, options)];
    const via = (address) => ({
      headers: {apikey: 'a guess', 'x-forwarded-for': address},
      from: '192.0.2.1',
    });
    for (let at = 0; at < 6; at++) await brokers[at % 2].ask(undefined, via('198.51.100.1'));
    for (const {ask} of brokers)
      assert.equal((await ask(undefined, via('198.51.100.1'))).status, 429);
    assert.equal((await brokers[0].ask(undefined, via('198.51.100.2'))).status, 401);
    const forged = {headers: {apikey: 'a guess', 'x-forwarded-for': '203.0.113.9'}};
    for (let at = 0; at < 6; at++)
      await brokers[0].ask(undefined, {...forged, from: '203.0.113.1'});
    const answer = await brokers[0].ask(undefined, {...forged, from: '203.0.113.1'});
    assert.equal(answer.status, 429);
    assert.ok(store.calls.at(-1).includes('203.0.113.1'));
  });

  it('is refused all the same when the store is away', async (t) => {
    const store = {count: async () => Promise.reject(new Error('away'))};
    const {ask} = await issuing(t, {store});
    assert.equal(refused(await ask(undefined, wrong())), '401 invalid_api_key');
    assert.equal((await ask()).status, 200);
  });
});
