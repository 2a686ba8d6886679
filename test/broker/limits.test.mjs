import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createCallers} from '../../broker/dist/callers/callers.js';
import {signIn} from '../../broker/dist/callers/fastify-identity.js';
import {limitUsers, tooMany} from '../../broker/dist/http/limits.js';
import {networkOf} from '../../broker/dist/http/network.js';
import {Refusals} from '../../broker/dist/http/refusals.js';
import {Windows} from '../../broker/dist/http/windows.js';
import {
  brokerApp,
  callerSettings,
  fakeClock,
  fakeSeal,
  fakeStore,
  noLog,
  readableLog,
} from '../support/broker-fakes.mjs';
import {AUDIENCE, bearer, ISSUER, SECRET, shared} from '../support/broker-tokens.mjs';

const JWT = [{issuer: ISSUER, audience: AUDIENCE, secret: SECRET, algorithms: ['HS256']}];

const limited = async (t, {perUser = 1_000, limit = 5, now = fakeClock(), store, log} = {}) => {
  const app = await brokerApp(t, {log});
  const callers = createCallers({
    settings: callerSettings({jwt: JWT}),
    seal: fakeSeal(),
    log: noLog,
  });
  const counting = store ?? fakeStore(now);
  const refusals = new Refusals({store: counting, log: app.log, kind: 'proof', limit, now});
  let served = 0;
  await app.register(signIn(callers, refusals));
  await app.register(limitUsers(perUser, now));
  app.get('/who', async () => ({served: ++served}));
  const ask = async (headers, remoteAddress = '192.0.2.1') => {
    const answer = await app.inject({url: '/who', headers, remoteAddress});
    const {error} = answer.json();
    return {
      status: answer.statusCode,
      code: error?.code,
      wait: answer.headers['retry-after'],
      error,
    };
  };
  return {ask, now, store: counting, served: () => served};
};

const anna = () => bearer(shared());
const nobody = bearer('x.y.z');

describe('one user', () => {
  it('may ask so often in a minute, and again after it', async (t) => {
    const {ask, now, served} = await limited(t, {perUser: 10});
    for (let at = 0; at < 10; at++) assert.equal((await ask(anna())).status, 200);
    now.forward(20_500);
    const {status, code, wait, error} = await ask(anna());
    assert.equal(`${status} ${code} ${wait}`, '429 rate-limited 40');
    assert.match(error.message, /more than 10 requests in a minute.*in 40 s/);
    assert.equal(served(), 10);
    now.forward(39_499);
    assert.equal((await ask(anna())).wait, '1');
    now.forward(1);
    assert.equal((await ask(anna())).status, 200);
  });

  it('does not use up what another may, at whatever address', async (t) => {
    const {ask} = await limited(t, {perUser: 3});
    for (let at = 0; at < 4; at++) await ask(anna(), `192.0.2.${at}`);
    assert.equal((await ask(anna(), '198.51.100.1')).status, 429);
    assert.equal((await ask(bearer(shared({sub: 'bo'})))).status, 200);
    for (const sub of ['__proto__', 'constructor', 'anna '.trim() + '2'])
      assert.equal((await ask(bearer(shared({sub})))).status, 200);
  });

  it('costs the store nothing', async (t) => {
    const {ask, store} = await limited(t);
    for (let at = 0; at < 20; at++) await ask(anna());
    assert.deepEqual(store.calls, []);
  });
});

describe('an address without a valid proof', () => {
  it('is refused some times, and then told to wait', async (t) => {
    const {ask, now, store, served} = await limited(t, {limit: 5});
    const answers = [];
    for (let at = 0; at < 1_000; at++) answers.push(await ask(nobody));
    assert.deepEqual(
      answers.map(({status}) => status),
      answers.map((_, at) => (at < 5 ? 401 : 429)),
    );
    assert.equal(`${answers[999].code} ${answers[999].wait}`, 'rate-limited 60');
    assert.equal(store.calls.length, 6);
    now.forward(60_001);
    assert.equal((await ask(nobody)).status, 401);
    assert.equal(served(), 0);
  });

  it('does not lock out who has one at the same address', async (t) => {
    const {ask} = await limited(t, {limit: 2});
    for (let at = 0; at < 10; at++) await ask(nobody);
    assert.equal((await ask(nobody)).status, 429);
    assert.equal((await ask(anna())).status, 200);
  });

  it('is counted by itself, all brokers together', async (t) => {
    const now = fakeClock();
    const store = fakeStore(now);
    const [first, second] = [
      await limited(t, {limit: 4, now, store}),
      await limited(t, {limit: 4, now, store}),
    ];
    for (let at = 0; at < 4; at++)
      assert.equal((await [first, second][at % 2].ask(nobody)).status, 401);
    assert.equal((await second.ask(nobody)).status, 429);
    assert.equal((await first.ask(nobody)).status, 429);
    assert.equal((await first.ask(nobody, '192.0.2.2')).status, 401);
  });

  it('stays refused while the store is away', async (t) => {
    const log = readableLog();
    const store = {count: () => Promise.reject(new Error('away'))};
    const {ask} = await limited(t, {store, log, limit: 1});
    for (let at = 0; at < 3; at++) assert.equal((await ask(nobody)).status, 401);
    assert.match(log.text(), /could not be counted/);
    assert.equal((await ask(anna())).status, 200);
  });

  it('is one line in the log when it begins to wait, and none for each that follows', async (t) => {
    const log = readableLog();
    const {ask} = await limited(t, {limit: 1, log});
    for (let at = 0; at < 50; at++) await ask({});
    assert.equal(log.lines.filter((line) => line.includes('Too many refusals')).length, 1);
    assert.equal(log.lines.length, 1);
  });
});

describe('the network of an address', () => {
  it('is an IPv4 address itself, and 64 bits of an IPv6 one', () => {
    for (const [address, network] of [
      ['192.0.2.1', '192.0.2.1'],
      ['::ffff:192.0.2.1', '192.0.2.1'],
      ['::FFFF:192.0.2.1', '192.0.2.1'],
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
      ['2001:0DB8:0001:2::', '2001:db8:1:2::/64'],
      ['2001:db8::1', '2001:db8:0:0::/64'],
      ['::1', '0:0:0:0::/64'],
      ['::', '0:0:0:0::/64'],
      ['fe80::1%eth0', 'fe80:0:0:0::/64'],
      ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
      ['no address', 'no address'],
      ['', ''],
    ])
      assert.equal(networkOf(address), network, address);
  });
});

describe('windows in memory', () => {
  it('begin with the first and end by themselves, and none is kept after its end', () => {
    const now = fakeClock();
    const windows = new Windows(1_000, now);
    assert.deepEqual(windows.count('a'), {count: 1, resetIn: 1_000});
    now.forward(400);
    assert.deepEqual(windows.count('a'), {count: 2, resetIn: 600});
    for (let at = 0; at < 100; at++) windows.count(`b${at}`);
    now.forward(600);
    assert.deepEqual(windows.count('a'), {count: 1, resetIn: 1_000});
    now.forward(1_000);
    windows.count('c');
    assert.equal(windows.size, 1);
  });

  it('are never more than 50,000', () => {
    const windows = new Windows(60_000, fakeClock());
    for (let at = 0; at < 60_000; at++) windows.count(String(at));
    assert.equal(windows.size, 50_000);
  });
});

describe('the answer to too many', () => {
  it('says in whole seconds, at least one, when to try again', () => {
    for (const [wait, seconds] of [
      [0, '1'],
      [1, '1'],
      [1_000, '1'],
      [1_001, '2'],
    ])
      assert.equal(tooMany(wait, 'Too many.').headers['retry-after'], seconds);
  });
});
