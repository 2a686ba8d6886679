import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {after, before, describe, it} from 'node:test';

import {generate} from 'selfsigned';

import {readSettings} from '../../broker/dist/config/read-settings.js';
import {openStore} from '../../broker/dist/store/open-store.js';
import {readRedisAddress} from '../../broker/dist/store/redis-address.js';
import {eventually} from '../support/eventually.mjs';
import {freePort} from '../support/machine.mjs';
import {startRedis} from '../support/redis.mjs';
import {leastSettings} from './support/settings.mjs';

const PASSWORD = 'p@ss: wörd/1';
const unavailable = {code: 'store-unavailable', status: 503};

/** Everything that an error or a log line could show, its causes and own properties included. */
const shown = (value) =>
  value instanceof Error
    ? [
        value.message,
        value.stack,
        ...Object.getOwnPropertyNames(value).map((name) => shown(value[name])),
      ].join(' ')
    : (JSON.stringify(value) ?? '');

const assertNoPassword = (value) => {
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), 'wörd', 'w%C3%B6rd']) {
    assert.ok(!shown(value).includes(secret), shown(value));
  }
};

const logOf = () => {
  const lines = [];
  const note = (level) => (line) => void lines.push(`${level}: ${line}`);
  return {lines, warn: note('warn'), info: note('info')};
};

describe('a Redis that goes away', () => {
  let redis;
  let store;
  let log;
  before(async () => {
    redis = await startRedis({password: PASSWORD});
    log = logOf();
    store = await openStore({sqlite: 'unused', redis: redis.url}, log);
  });
  after(async () => {
    await store?.close();
    await redis?.stop();
  });

  it('makes calls be rejected soon, and serves again after its restart, with its data', async () => {
    await store.set('pair', 'kept');
    await store.enqueue('list', 'item', 1);
    await redis.down('SIGKILL');
    await assert.rejects(store.get('pair'), unavailable);
    const refused = await store.ping().catch((error) => error);
    assert.match(refused.cause.message, /it is away \(connect ECONNREFUSED/);
    assertNoPassword(refused);
    await redis.up();
    await eventually(async () => assert.equal(await store.get('pair'), 'kept'));
    // Its scripts are gone with its memory.
    assert.equal(await store.enqueue('list', 'next', 1), 1);
    assert.deepEqual(await store.due('list', 1, 9), ['item', 'next']);
  });

  it('is told in the log, once when it goes and once when it is back, without its password', async () => {
    await eventually(() => assert.equal(log.lines.length, 3, log.lines.join('\n')));
    const where = 'redis://127\\.0\\.0\\.1:\\d+';
    const [found, lost, back] = log.lines;
    for (const line of [found, back]) {
      assert.match(line, new RegExp(`^info: The broker uses its Redis at ${where}\\.$`));
    }
    assert.match(lost, new RegExp(`^warn: The broker has lost its Redis at ${where} \\(.*goes on`));
    assertNoPassword(log.lines);
  });

  it('leaves no call without an answer that is under way, and has what had resolved', async () => {
    const done = [];
    const outcomes = [];
    let stop = false;
    const caller = async (number) => {
      for (let turn = 0; !stop; turn += 1) {
        const key = `caller ${number} ${turn}`;
        const outcome = await store.setIfAbsent(key, key).catch((error) => error);
        outcomes.push(outcome);
        if (outcome === true) done.push(key);
        else if (outcome.code !== 'store-unavailable') return;
      }
    };
    const callers = Array.from({length: 50}, (_, number) => caller(number));
    try {
      await eventually(() => assert.ok(done.length > 500));
      await redis.down('SIGKILL');
      await redis.up();
      const sofar = done.length;
      await eventually(() => assert.ok(done.length > sofar + 500));
    } finally {
      stop = true;
      await Promise.all(callers);
    }
    // Nobody was told that somebody else has what he alone asked for.
    assert.deepEqual([...new Set(outcomes.map((one) => one.code ?? one))].sort(), [
      'store-unavailable',
      true,
    ]);
    const values = await Promise.all(done.map((key) => store.get(key)));
    assert.deepEqual(values, done);
  });

  it('is given up where it answers nothing, and serves again when it does', async () => {
    redis.freeze();
    const asked = [store.get('pair'), store.count('key', 60_000), store.put('g', 'f', 'v', 1_000)];
    // All at once: one that is rejected before it is waited for would end the test.
    await Promise.all(asked.map((call) => assert.rejects(call, unavailable)));
    redis.thaw();
    await eventually(async () => assert.equal(await store.get('pair'), 'kept'));
  });

  it('has answered everything that was asked for before close(), and nothing after', async () => {
    const short = await openStore({sqlite: 'unused', redis: redis.url}, log);
    const asked = Array.from({length: 500}, (_, index) => short.set(`short ${index}`, 'x'));
    await short.close();
    await short.close();
    await Promise.all(asked);
    assert.equal(await store.get('short 499'), 'x');
    await assert.rejects(short.get('short 1'), unavailable);
  });

  it('shows a wrong password to nobody', async () => {
    const url = redis.url.replace(encodeURIComponent(PASSWORD), encodeURIComponent(`${PASSWORD}?`));
    const error = await openStore({sqlite: 'unused', redis: url}, log).catch((reason) => reason);
    assert.match(error.message, /cannot use its Redis at redis:\/\/127\.0\.0\.1:\d+: WRONGPASS/);
    assert.match(error.message, /`store\.redis`/);
    assertNoPassword(error);
  });
});

describe('what brokers with one Redis tell each other', () => {
  let redis;
  let store;
  before(async () => {
    redis = await startRedis({password: PASSWORD});
    store = await openStore({sqlite: 'unused', redis: redis.url}, logOf());
  });
  after(async () => {
    await store?.close();
    await redis?.stop();
  });

  it('brings what one broker tells to the others, and says so to those who may have missed something', async () => {
    const other = await openStore({sqlite: 'unused', redis: redis.url}, logOf());
    const heard = [];
    const listener = {
      heard: (message) => heard.push(message),
      again: () => heard.push('again'),
    };
    const end = other.listen('news', listener);
    await eventually(() => assert.deepEqual(heard, ['again']));
    await store.publish('news', 'first');
    await store.publish('elsewhere', 'not for it');
    await eventually(() => assert.deepEqual(heard, ['again', 'first']));
    await redis.down('SIGKILL');
    await redis.up();
    await eventually(() => assert.deepEqual(heard, ['again', 'first', 'again']));
    await eventually(() => store.publish('news', 'second'));
    await eventually(() => assert.ok(heard.includes('second'), heard.join()));
    end();
    await other.close();
  });

  it('is not harmed by what others write into its channel', async () => {
    const heard = [];
    const end = store.listen('news', {heard: (message) => heard.push(message)});
    const {Redis} = await import('ioredis');
    const stranger = new Redis(redis.url);
    await eventually(async () => {
      for (const odd of ['', '{', 'null', '[1,2]', '["news"]', '{"0":"news","1":"x"}'])
        await stranger.publish('pcr:news', odd);
      await store.publish('news', 'x');
      assert.ok(heard.length > 1);
    });
    assert.deepEqual([...new Set(heard)], ['x']);
    end();
    stranger.disconnect();
  });
});

describe('an address of Redis that is wrong', () => {
  const word = encodeURIComponent(PASSWORD);
  const refusal = (redis) =>
    openStore({sqlite: 'unused', redis}, logOf()).then(assert.fail, (error) => error);

  for (const address of [
    '',
    PASSWORD,
    `http://:${word}@127.0.0.1`,
    `redis://:${PASSWORD}@127.0.0.1:x`,
    `redis://:${word}@`,
    `redis://:${word}@127.0.0.1/name`,
    `127.0.0.1:6379:${word}`,
  ]) {
    it(`is told with its form, and without itself: ${address.replaceAll(word, '…')}`, async () => {
      const error = await refusal(address);
      assert.match(error.message, /cannot be read.*`store\.redis`.*redis:\/\/user:password@/);
      assertNoPassword(error);
    });
  }

  it('is told: nobody is there', async () => {
    const error = await refusal(`redis://:${word}@127.0.0.1:${await freePort()}`);
    assert.match(error.message, /at redis:\/\/127\.0\.0\.1:\d+: connect ECONNREFUSED.*Start it/);
    assertNoPassword(error);
  });

  for (const [what, repeated] of [
    ['the password', `unknown command ${PASSWORD}`],
    ['the password as it is in the address', `unknown command ${word}`],
    ['what he was told', "unknown command 'AUTH', with args beginning with: 'anything'"],
  ]) {
    it(`is told: somebody else is there, who repeats ${what}, which is not shown`, async () => {
      const parrot = createServer((socket) =>
        socket.on('data', () => socket.write(`-ERR ${repeated}\r\n`)).on('error', () => undefined),
      ).listen(0, '127.0.0.1');
      await once(parrot, 'listening');
      const error = await refusal(`redis://:${word}@127.0.0.1:${parrot.address().port}`);
      parrot.close();
      assert.match(error.message, /ERR unknown command/);
      assert.ok(!error.message.includes('anything'), error.message);
      assertNoPassword(error);
    });
  }

  it('is read in all its parts', () => {
    const {options, shown: told} = readRedisAddress(`redis://ann:${word}@[::1]:7000/3`);
    assert.deepEqual(options, {
      host: '::1',
      port: 7000,
      db: 3,
      username: 'ann',
      password: PASSWORD,
    });
    assert.equal(told, 'redis://[::1]:7000');
    assert.deepEqual(readRedisAddress('rediss://redis.example.com').options, {
      host: 'redis.example.com',
      port: 6379,
      db: 0,
      tls: {},
    });
  });
});

describe('a Redis at a Unix socket', () => {
  let redis;
  before(async () => (redis = await startRedis()));
  after(() => redis?.stop());

  it('is used by its path, with a database of its own by its query', async () => {
    const settings = (more) => readSettings({...leastSettings(), store: {redis: more}}).store;
    const stores = [];
    for (const address of [redis.socket, `unix://${redis.socket}`, `unix:${redis.socket}?db=3`])
      stores.push(await openStore(settings(address), logOf()));
    const [one, same, other] = stores;
    await one.set('pair', 'kept');
    assert.equal(await same.get('pair'), 'kept');
    assert.equal(await other.get('pair'), undefined);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('is told by its path where nobody is there, without its password', async () => {
    const gone = `unix://${redis.socket}x?password=${encodeURIComponent(PASSWORD)}`;
    const error = await openStore({sqlite: 'unused', redis: gone}, logOf()).catch((why) => why);
    assert.match(error.message, /cannot use its Redis at \/.*redis\.sockx: connect ENOENT/);
    assertNoPassword(error);
  });

  it('may want a user and a password', () => {
    const query = `username=ann&password=${encodeURIComponent(PASSWORD)}`;
    const {options, secrets, shown: told} = readRedisAddress(`unix:///run/r.sock?${query}`);
    assert.deepEqual(options, {path: '/run/r.sock', db: 0, username: 'ann', password: PASSWORD});
    assert.ok(secrets.includes(PASSWORD));
    assert.equal(told, '/run/r.sock');
  });
});

describe('a Redis behind TLS', () => {
  let redis;
  let pems;
  before(async () => {
    pems = await generate([{name: 'commonName', value: '127.0.0.1'}], {
      keyType: 'ec',
      extensions: [
        {name: 'basicConstraints', cA: true, critical: true},
        {name: 'subjectAltName', altNames: [{type: 7, ip: '127.0.0.1'}]},
      ],
    });
    redis = await startRedis({password: PASSWORD, tls: pems});
  });
  after(() => redis?.stop());

  it('serves a broker that has its authority', async () => {
    const settings = {sqlite: 'unused', redis: redis.url};
    const store = await openStore(settings, logOf(), {ca: pems.cert});
    await store.set('pair', 'value');
    assert.equal(await store.get('pair'), 'value');
    await store.close();
  });

  it('is told, and not used, where nobody knows its authority', async () => {
    const settings = {sqlite: 'unused', redis: redis.url};
    const error = await openStore(settings, logOf()).then(assert.fail, (reason) => reason);
    assert.match(error.message, /at rediss:\/\/127\.0\.0\.1:\d+: self-signed certificate/);
    assertNoPassword(error);
  });
});
