import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

import {eventually} from '../support/eventually.mjs';
import {startRedis} from '../support/redis.mjs';
import {client, ending, runBroker, startPlace} from '../support/whole-broker.mjs';

const NODE = 'https://node.example.com';
const KEY = 'canary-stream-key';

/** A workspace, and a way to run brokers before it: `redis` for several that share one. */
const start = async (t, {redis = false} = {}) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd);
  const settings = {
    pexip: {node: NODE, path: 'clinic', username: 'pexip'},
    meetings: {admins: ['alice']},
    recording: {destination: `rtmps://rec.example.com/live/${KEY}`},
  };
  const env = {BROKER_PEXIP_PASSWORD: randomBytes(24).toString('base64url')};
  if (redis) {
    const server = await startRedis();
    atEnd(() => server.stop());
    env.BROKER_STORE_REDIS = server.url;
  }
  const send = client(atEnd);
  const tokens = {alice: await place.tokenFor('alice'), bob: await place.tokenFor('bob')};
  const run = async () => {
    const broker = await runBroker(atEnd, place, {settings, env});
    assert.ok(broker.origin, broker.output());
    const ask = (method, path, {as = 'alice', body} = {}) =>
      send(broker.origin, method, path, {token: tokens[as], body});
    return {...broker, ask};
  };
  return {place, run};
};

describe('meetings of a broker as an operator runs it', () => {
  it('are in no log and in no file by what lets one in', async (t) => {
    const {place, run} = await start(t);
    const broker = await run();
    const {ask} = broker;
    const secrets = [KEY];
    for (const numeric of [false, true]) {
      const made = await ask('POST', '/v1/meetings', {
        body: {numeric, record: 'manual', people: ['bob']},
      });
      assert.equal(made.status, 201, made.text);
      const {alias, hostPin, guestPin, hostJoinUrl} = made.body;
      assert.ok(hostJoinUrl.startsWith(`${NODE}/clinic/m/${alias}?callTag=`));
      // Six digits stand by chance in times and ids; they are looked for as text of their own.
      const pins = [hostPin, guestPin].filter(Boolean).map((pin) => `"${pin}"`);
      secrets.push(alias, new URL(hostJoinUrl).searchParams.get('callTag'), ...pins);
      for (const [method, rest, as, status] of [
        ['GET', '?x=1', 'bob', 200],
        ['POST', '/recording', 'alice', 200],
        ['POST', '/end', 'bob', 403],
        ['POST', '/end', 'alice', 200],
        ['DELETE', '', 'alice', 405],
      ]) {
        const answer = await ask(method, `/v1/meetings/${alias}${rest}`, {as});
        assert.equal(answer.status, status, `${method} ${rest}`);
      }
    }
    await eventually(() => assert.equal(broker.output().match(/"DELETE"/g)?.length, 2));
    await broker.kill('SIGTERM');
    const written = await Promise.all(
      ['', '-wal'].map((end) => readFile(place.sqlite + end, 'latin1').catch(() => '')),
    );
    for (const text of [broker.output(), ...written])
      for (const secret of secrets) assert.ok(!text.includes(secret), secret);
    assert.ok(written.join('').includes('meeting:'));
    assert.match(broker.output(), /"path":"\/v1\/meetings\/…\/end"/);
    assert.match(broker.output(), /"what":"meeting-ended"/);
  });

  it('are there again after the broker was killed', async (t) => {
    const {run} = await start(t);
    const killed = await run();
    const {body: made} = await killed.ask('POST', '/v1/meetings');
    await killed.kill('SIGKILL');
    const {ask} = await run();
    const found = await ask('GET', `/v1/meetings/${made.alias}`);
    assert.deepEqual([found.status, found.body.hostPin], [200, made.hostPin]);
    assert.equal((await ask('POST', `/v1/meetings/${made.alias}/end`)).body.status, 'ended');
    assert.equal((await ask('GET', '/v1/meetings?status=ended')).body.meetings.length, 1);
  });
});

describe('meetings of two brokers on one Redis', () => {
  it('are the same at both, end once, and stay where one of them is killed', async (t) => {
    const {run} = await start(t, {redis: true});
    const [one, other] = [await run(), await run()];
    const made = await Promise.all(
      Array.from({length: 20}, async (_, at) => {
        const asked = {body: {numeric: at % 2 === 0, people: ['bob']}};
        return (await [one, other][at % 2].ask('POST', '/v1/meetings', asked)).body;
      }),
    );
    assert.equal(new Set(made.map(({alias}) => alias)).size, made.length);
    const [first] = made;
    const ends = await Promise.all(
      Array.from({length: 10}, (_, at) =>
        [one, other][at % 2].ask('POST', `/v1/meetings/${first.alias}/end`),
      ),
    );
    for (const {status, body} of ends) assert.deepEqual([status, body], [200, ends[0].body]);
    const noted = () =>
      [one, other].flatMap(({output}) => output().match(/"meeting-ended"/g) ?? []);
    await eventually(() => assert.ok(noted().length > 0));
    assert.equal(noted().length, 1);

    const rest = made.slice(1);
    const halves = rest.map(({alias}) => one.ask('POST', `/v1/meetings/${alias}/end`));
    halves.forEach((half) => half.catch(() => {}));
    await Promise.race(halves);
    await one.kill('SIGKILL');
    for (const {alias} of rest) {
      const {status, body} = await other.ask('POST', `/v1/meetings/${alias}/end`);
      assert.deepEqual([status, body.status, body.endedBy], [200, 'ended', 'ended']);
    }
    const {body} = await other.ask('GET', '/v1/meetings?status=ended', {as: 'bob'});
    assert.equal(body.meetings.length, made.length);
  });
});
