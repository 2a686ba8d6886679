/** Events of Pexip Infinity at two brokers, each a process of its own, on one Redis. */
import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {describe, it} from 'node:test';

import {openStore} from '../../broker/dist/store/open-store.js';
import {createSeal} from '../../broker/dist/store/secrets.js';
import {eventually} from '../support/eventually.mjs';
import {startRedis} from '../support/redis.mjs';
import {client, ending, runBroker, startPlace} from '../support/whole-broker.mjs';
import {bulk, eventsPlace, node} from './support/events-scene.mjs';

const PEOPLE = 10_000;
const PATIENCE = 60_000;

const scene = async (t) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd);
  const redis = await startRedis();
  atEnd(() => redis.stop());
  const password = randomBytes(24).toString('base64url');
  const env = {BROKER_STORE_REDIS: redis.url, BROKER_PEXIP_PASSWORD: password};
  const settings = {
    pexip: {node: 'https://meet.example.com', username: 'infinity'},
    meetings: {grace: '0s'},
  };
  const brokers = await Promise.all([1, 2].map(() => runBroker(atEnd, place, {settings, env})));
  const quiet = {warn: () => {}, info: () => {}};
  const store = await openStore({sqlite: 'unused', redis: redis.url}, quiet);
  atEnd(() => store.close());
  const ask = client(atEnd);
  const authorization = `Basic ${Buffer.from(`infinity:${password}`).toString('base64')}`;
  return {
    ...eventsPlace({store, seal: createSeal(place.secrets.secret)}),
    brokers,
    redis,
    send: (broker, body) => ask(broker.origin, 'POST', '/events', {body, headers: {authorization}}),
  };
};

describe('events at two brokers', {concurrency: 2}, () => {
  it('are all applied by the other one when one is killed right after it took ten thousand', async (t) => {
    const {brokers, send, meeting: make, ticketFor, roster, records} = await scene(t);
    const [killed, other] = brokers;
    const meeting = await make();
    const ticket = await ticketFor(meeting, 'anna');
    const one = node('192.0.2.1');
    const now = Date.now();
    const people = Array.from({length: PEOPLE}, (_, at) =>
      one.connected(
        meeting,
        `p${at}`,
        {display_name: `Person ${at}`, ...(at === PEOPLE - 1 && {call_tag: ticket})},
        now - PEOPLE + at,
      ),
    );
    const answer = await send(killed, bulk([one.started(meeting, now, now), ...people]));
    assert.equal(answer.status, 200, answer.text);
    await killed.kill('SIGKILL');
    await eventually(async () => {
      const inside = await roster.participants(meeting.id);
      assert.equal(inside.length, PEOPLE);
      assert.equal(inside.at(-1).sub, 'anna');
    }, PATIENCE);
    assert.equal(await roster.isLive(meeting.id), true);
    const ended = await send(other, one.ended(meeting, now, Date.now()));
    assert.equal(ended.status, 200, ended.text);
    await eventually(async () => {
      assert.equal((await records.byId(meeting.id)).endedBy, 'everyone-left');
    });
    for (const secret of [ticket, 'Person 7', meeting.alias])
      for (const broker of brokers) assert.ok(!broker.output().includes(secret));
  });

  it('are refused while Redis is away, and nothing of them is lost that was taken', async (t) => {
    const {brokers, redis, send, meeting: make, roster} = await scene(t);
    const meeting = await make();
    const one = node('192.0.2.1');
    const taken = [];
    assert.equal((await send(brokers[0], one.connected(meeting, 'before'))).status, 200);
    taken.push('before');
    await redis.down();
    const refused = await send(brokers[0], one.connected(meeting, 'meanwhile'));
    assert.equal(refused.status, 503, refused.text);
    await redis.up();
    await eventually(async () => {
      const {status} = await send(brokers[1], one.connected(meeting, 'after'));
      assert.equal(status, 200);
    });
    taken.push('after');
    await eventually(async () => {
      const names = (await roster.participants(meeting.id)).map(({name}) => name);
      assert.deepEqual(names, taken);
    });
  });
});
