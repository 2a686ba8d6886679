/** The one discussion of a meeting, with brokers that are processes of their own on one Redis. */
import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {readdir, readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

import {MeetingRecords} from '../../broker/dist/meetings/meeting-records.js';
import {Meetings} from '../../broker/dist/meetings/meetings.js';
import {openStore} from '../../broker/dist/store/open-store.js';
import {createSeal} from '../../broker/dist/store/secrets.js';
import {fakeAudit, noLog} from '../support/broker-fakes.mjs';
import {discussionsOf, PLAN, refusal} from '../support/discussions-scene.mjs';
import {startRedis} from '../support/redis.mjs';
import {client, ending, runBroker, startPlace} from '../support/whole-broker.mjs';

const SESSION = '/v1/chat/session';
const MAKE = 'POST rooms.createDiscussion';

/** A workspace, a Redis, two brokers with meetings, and the way to make a meeting. */
const scene = async (t, {settings = {}} = {}) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd);
  const redis = await startRedis();
  atEnd(() => redis.stop());
  const pexip = {node: 'https://pexip.example.com', username: 'pexip'};
  const env = {
    BROKER_STORE_REDIS: redis.url,
    BROKER_PEXIP_PASSWORD: randomBytes(32).toString('base64url'),
  };
  const brokers = await Promise.all(
    Array.from({length: 2}, () => runBroker(atEnd, place, {settings: {pexip, ...settings}, env})),
  );
  const store = await openStore({redis: redis.url}, noLog, {noProxy: []});
  atEnd(() => store.close());
  const records = new MeetingRecords({store, seal: createSeal(place.secrets.secret)});
  const conferences = {emptySince: async () => undefined};
  const meetings = new Meetings({
    store,
    records,
    conferences,
    audit: fakeAudit(),
    log: noLog,
    grace: 0,
  });
  const send = client(atEnd);
  const ask = async (broker, sub, path, body) =>
    send(broker.origin, 'POST', path, {token: await place.tokenFor(sub), body});
  return {
    ...place,
    brokers,
    meet: (sub, plan) => meetings.create({sub}, {...PLAN, ...plan}),
    signIn: async (broker, ...subs) => {
      for (const sub of subs) assert.equal((await ask(broker, sub, SESSION, {})).status, 200);
    },
    discussion: (broker, sub, alias) => ask(broker, sub, `/v1/meetings/${alias}/discussion`),
  };
};

describe('two brokers on one Redis', {concurrency: 2}, () => {
  it('make one discussion for fifty who ask at once, and have all of them in it', async (t) => {
    const {brokers, simulator, gate, meet, signIn, discussion} = await scene(t);
    const subs = Array.from({length: 50}, (_, index) => `user-${index}`);
    const [creator, ...others] = subs;
    await signIn(brokers[0], ...subs);
    const {_id: room} = simulator.createRoom({
      type: 'p',
      name: 'ward',
      members: ['alice', ...subs.slice(0, 25)],
    });
    const people = others.map((sub) => ({sub, role: 'guest'}));
    const {alias} = await meet(creator, {room, people});
    // Who comes from elsewhere than the room cannot make it, and may be the first to ask.
    const members = subs.slice(0, 25);
    const answers = await Promise.all(
      members.flatMap((sub, index) => [
        discussion(brokers[index % 2], sub, alias),
        discussion(brokers[(index + 1) % 2], sub, alias),
      ]),
    );
    for (const answer of answers) assert.equal(answer.status, 200, answer.text);
    const [made, ...more] = discussionsOf(simulator, room);
    assert.deepEqual(more, []);
    assert.equal(gate.count(MAKE), 1);
    assert.deepEqual([...new Set(answers.map(({body}) => body.roomId))], [made._id]);
    const late = await Promise.all(
      subs.slice(25).map((sub, index) => discussion(brokers[index % 2], sub, alias)),
    );
    for (const answer of late) assert.equal(answer.body.roomId, made._id, answer.text);
    assert.deepEqual(made.usernames.toSorted(), ['broker.service', ...subs].toSorted());
    // Nobody else sees a word of it.
    await signIn(brokers[1], 'stranger');
    const refused = await discussion(brokers[1], 'stranger', alias);
    assert.deepEqual(refusal(refused), [404, 'meeting-not-found']);
    for (const broker of brokers) assert.equal(broker.output().includes(alias), false);
  });

  for (const [when, what] of [
    ['before Rocket.Chat hears of it', 'request'],
    ['before it is told that it is made', 'answer'],
  ]) {
    it(`make one although a broker is killed in the middle, ${when}`, async (t) => {
      const {brokers, simulator, gate, meet, signIn, discussion} = await scene(t);
      const [killed, other] = brokers;
      await signIn(other, 'anna', 'ben');
      const {_id: room} = simulator.createRoom({type: 'p', name: 'ward', members: ['anna', 'ben']});
      const {alias} = await meet('anna', {room});
      const held = gate.hold(MAKE, what);
      const lost = discussion(killed, 'anna', alias).catch((error) => error);
      await held.reached;
      await killed.kill('SIGKILL');
      assert.ok((await lost) instanceof Error);
      const [ben, anna] = [discussion(other, 'ben', alias), discussion(other, 'anna', alias)];
      held.open();
      // As long as the lock of the broker that was killed.
      const answers = await Promise.all([ben, anna]);
      for (const answer of answers) assert.equal(answer.status, 200, answer.text);
      const made = discussionsOf(simulator, room);
      assert.equal(made.length, 1);
      assert.deepEqual([...new Set(answers.map(({body}) => body.roomId))], [made[0]._id]);
      assert.deepEqual(made[0].usernames.toSorted(), ['anna', 'ben', 'broker.service']);
    });
  }
});

describe('a discussion', () => {
  it('is made by nothing but its route', async () => {
    const below = new URL('../../broker/src/', import.meta.url);
    const files = (await readdir(below, {recursive: true})).filter((name) => name.endsWith('.ts'));
    const having = async (text) => {
      const all = await Promise.all(
        files.map(async (name) => [name, await readFile(new URL(name, below), 'utf8')]),
      );
      return all.flatMap(([name, source]) => (text.test(source) ? name : []));
    };
    assert.deepEqual(await having(/\.createDiscussion'/), ['workspace/room-calls.ts']);
    assert.deepEqual(await having(/discussions\.open\(/), ['routes/discussion-routes.ts']);
    assert.deepEqual(await having(/\bmaker\.make\(/), ['discussions/discussions.ts']);
  });
});
