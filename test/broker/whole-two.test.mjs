/** Two brokers, each a process of its own, on one Redis. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';

import {startRedis} from '../support/redis.mjs';
import {client, ending, patiently, runBroker, startPlace, until} from '../support/whole-broker.mjs';

const SESSION = '/v1/chat/session';
const MADE = 'POST users.createToken';
const BOTH = {surfaces: ['embed', 'live']};

/** A workspace, a Redis, and two brokers. */
const scene = async (t, {settings = {}} = {}) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd);
  const redis = await startRedis();
  atEnd(() => redis.stop());
  const env = {BROKER_STORE_REDIS: redis.url};
  const brokers = await Promise.all(
    Array.from({length: 2}, () => runBroker(atEnd, place, {settings, env})),
  );
  const send = client(atEnd);
  return {
    ...place,
    redis,
    brokers,
    /** Asks a broker in the name of a user. */
    ask: async (broker, sub, method, path = SESSION, body = undefined) =>
      send(broker.origin, method, path, {token: await place.tokenFor(sub), body}),
    open: async (broker, sub, body = {surfaces: ['live']}) =>
      send(broker.origin, 'POST', SESSION, {token: await place.tokenFor(sub), body}),
    patient: async (broker, sub) => patiently(send, broker.origin, await place.tokenFor(sub)),
  };
};

const loginOf = ({body: {userId, surfaces}}, surface = 'live') => ({userId, ...surfaces[surface]});

describe('two brokers on one Redis', {concurrency: 2}, () => {
  it('keep nobody from what is there while the workspace is away for a minute, refuse what is new, and lose no sign-out', async (t) => {
    const settings = {sessions: {leaseTime: '20s', afterLast: '5s'}};
    const {brokers, gate, open, ask, patient} = await scene(t, {settings});
    const [one, other] = brokers;
    const stays = await open(one, 'stays', BOTH);
    const leaves = await open(one, 'leaves', BOTH);
    const goes = await open(one, 'goes', BOTH);
    const {lease} = stays.body;
    const ready = async (broker) => (await ask(broker, 'stays', 'GET', '/health/ready')).body;
    assert.equal((await ready(one)).workspace, 'ok');
    await gate.leave();
    const back = performance.now() + 60_000;
    // So that one of the attempts to end them, ever rarer, comes soon after the end of the minute.
    await sleep(6_000);
    assert.equal((await ask(one, 'goes', 'DELETE', `${SESSION}/${goes.body.lease}`)).status, 204);
    const signOut = await ask(one, 'leaves', 'DELETE');
    assert.equal(signOut.status, 502, signOut.text);
    assert.equal(signOut.body.error.code, 'workspace-unreachable');
    const cached = await Promise.all(
      Array.from({length: 50}, () => open(one, 'stays', {...BOTH, lease})),
    );
    assert.deepEqual([...new Set(cached.map(({status}) => status))], [200]);
    const seen = {one: new Set(), other: new Set()};
    // Three times as long as a lease: its page renews it here and there.
    for (let round = 0; performance.now() < back; round++) {
      const broker = brokers[round % 2];
      const renewed = await open(broker, 'stays', {...BOTH, lease});
      assert.equal(renewed.status, 200, renewed.text);
      assert.equal(renewed.body.lease, lease);
      assert.deepEqual(renewed.body.surfaces, stays.body.surfaces);
      const refused = await open(broker, `newcomer-${round}`);
      assert.equal(refused.status, 502, refused.text);
      assert.equal(refused.body.error.code, 'workspace-unreachable');
      for (const [name, each] of Object.entries({one, other})) {
        const {status, workspace} = await ready(each);
        assert.equal(status, 'ok');
        seen[name].add(workspace);
      }
      await sleep(2_000);
    }
    // Looked at every 30 s.
    assert.deepEqual([...seen.one], ['ok', 'unreachable']);
    assert.deepEqual([...seen.other], ['unreachable']);
    for (const {body} of [leaves, goes]) assert.equal((await gate.living(body.userId)).length, 2);
    const renewed = [];
    const renewing = setInterval(() => renewed.push(open(one, 'stays', {...BOTH, lease})), 5_000);
    try {
      await gate.come();
      // The pause between two attempts is a minute or two by now: both brokers may count the same failure.
      for (const {body} of [leaves, goes])
        await until(async () => (await gate.living(body.userId)).length === 0, 200_000);
      await until(async () => (await ready(one)).workspace === 'ok', 45_000);
      assert.equal((await patient(other, 'newcomer')).status, 200);
      const after = await open(other, 'stays', {...BOTH, lease});
      assert.deepEqual(after.body.surfaces, stays.body.surfaces);
      assert.equal((await gate.living(stays.body.userId)).length, 2);
    } finally {
      clearInterval(renewing);
      // Before brokers and connections are closed: none may be under way then.
      const answers = await Promise.all(renewed);
      for (const {status, text} of answers) assert.equal(status, 200, text);
    }
  });

  it('make one token for a thousand simultaneous sessions of one user', async (t) => {
    const {brokers, gate, open, tokenFor} = await scene(t);
    await tokenFor('crowd');
    const answers = await Promise.all(
      Array.from({length: 1000}, (_, index) => open(brokers[index % 2], 'crowd')),
    );
    assert.deepEqual(
      answers.filter(({status}) => status !== 200).map(({status, text}) => [status, text]),
      [],
    );
    assert.equal(gate.count(MADE), 1);
    assert.equal(gate.count('POST users.create'), 1);
    assert.equal(new Set(answers.map(({body}) => body.surfaces.live.authToken)).size, 1);
    assert.equal(new Set(answers.map(({body}) => body.lease)).size, 1000);
  });

  it('know the sessions of each other: renewed here, ended everywhere there', async (t) => {
    const {brokers, gate, open, ask} = await scene(t);
    const [one, other] = brokers;
    const first = await open(one, 'shared', BOTH);
    const renewed = await open(other, 'shared', {...BOTH, lease: first.body.lease});
    assert.equal(renewed.status, 200);
    assert.equal(renewed.body.lease, first.body.lease);
    assert.deepEqual(renewed.body.surfaces, first.body.surfaces);
    assert.equal(gate.count(MADE), 2);
    assert.equal((await ask(other, 'shared', 'DELETE')).status, 204);
    assert.deepEqual(await gate.living(first.body.userId), []);
    const anew = await open(one, 'shared', {...BOTH, lease: first.body.lease});
    assert.equal(anew.status, 200);
    assert.notEqual(anew.body.lease, first.body.lease);
    assert.notEqual(anew.body.surfaces.live.authToken, first.body.surfaces.live.authToken);
  });

  it('lose nobody when one is killed in the middle of a sign-in', async (t) => {
    // Longer than it takes to have both calls held and the broker killed, on a busy machine too.
    const timeout = 5;
    // The lock of an account is held for six time limits and 10 s, that of a user's tokens for 15 s.
    const lock = 6 * timeout + 10;
    const settings = {rocketChat: {timeout: `${timeout}s`}};
    const {brokers, gate, open} = await scene(t, {settings});
    const [killed, other] = brokers;
    // One has been made a token that nobody was told of; of the other one not even the account is known.
    const token = gate.hold(MADE, 'answer');
    const lost = open(killed, 'token-lost').catch((error) => error);
    await token.reached;
    const account = gate.hold('POST users.create', 'answer');
    const alsoLost = open(killed, 'account-lost').catch((error) => error);
    await account.reached;
    await killed.kill('SIGKILL');
    assert.ok((await lost) instanceof Error);
    assert.ok((await alsoLost) instanceof Error);
    token.open();
    account.open();
    const start = performance.now();
    const [one, two] = await Promise.all([open(other, 'token-lost'), open(other, 'account-lost')]);
    assert.equal(one.status, 200, one.text);
    assert.equal(two.status, 200, two.text);
    const seconds = (performance.now() - start) / 1000;
    assert.ok(seconds < lock + 15, `${seconds} s`);
    // One mint more for the one, one for the other; no second account for either.
    assert.equal(gate.count(MADE), 3);
    assert.equal(gate.count('POST users.create'), 2);
    // What was made in the moment of the kill is known to nobody: it lives until Rocket.Chat ends it.
    assert.deepEqual(await gate.living(two.body.userId), [loginOf(two)]);
    const living = await gate.living(one.body.userId);
    assert.equal(living.length, 2);
    assert.ok(living.some(({authToken}) => authToken === one.body.surfaces.live.authToken));
  });

  it('answer store-unavailable what is under way while Redis restarts, leave no token behind, and go on', async (t) => {
    const {brokers, gate, redis, open} = await scene(t);
    const [one, other] = brokers;
    const before = await open(one, 'before', BOTH);
    const held = gate.hold(MADE, 'answer');
    const underWay = open(one, 'under-way');
    await held.reached;
    await redis.down();
    held.open();
    const refused = await underWay;
    assert.equal(refused.status, 503, refused.text);
    assert.equal(refused.body.error.code, 'store-unavailable');
    assert.ok(Number(refused.headers['retry-after']) > 0);
    const orphan = gate.made.at(-1);
    await until(async () => !(await gate.takes(orphan)));
    for (const broker of brokers) {
      const meanwhile = await open(broker, 'before', BOTH);
      assert.equal(meanwhile.status, 503, meanwhile.text);
      assert.equal(meanwhile.body.error.code, 'store-unavailable');
    }
    await redis.up();
    const {lease} = before.body;
    const mints = gate.count(MADE);
    for (const broker of brokers) {
      await until(async () => (await open(broker, 'before', {...BOTH, lease})).status === 200);
      const again = await open(broker, 'before', {...BOTH, lease});
      assert.equal(again.body.lease, lease);
      assert.deepEqual(again.body.surfaces, before.body.surfaces);
    }
    assert.equal(gate.count(MADE), mints);
    await until(async () => (await open(other, 'under-way')).status === 200);
    const made = await open(one, 'under-way');
    assert.deepEqual(await gate.living(made.body.userId), [loginOf(made)]);
  });
});
