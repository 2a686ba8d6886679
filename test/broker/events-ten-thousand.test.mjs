/** Ten thousand events, in bulk, repeated and out of order: what is left is what they leave once in order. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import {eventRoutes} from '../../broker/dist/events/event-routes.js';
import {openStore} from '../../broker/dist/store/open-store.js';
import {brokerApp} from '../support/broker-fakes.mjs';
import {eventually} from '../support/eventually.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {startRedis} from '../support/redis.mjs';
import {bulk, eventsPlace, heardLog, node, randomBy, shuffled} from './support/events-scene.mjs';

const MEETINGS = 5;
const EVENTS = 10_000;
const PATIENCE = 60_000;

/** What several nodes tell of several meetings, in the order in which it happens. */
const history = async (place, meetings, t) => {
  const random = randomBy(8);
  const pick = (items) => items[Math.floor(random() * items.length)];
  const nodes = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((name) => node(name));
  const events = [];
  const held = new Set();
  const inside = [];
  const subs = new Set();
  for (let at = t; events.length < EVENTS; at += 3) {
    const from = pick(nodes);
    const of = pick(meetings);
    const key = `${nodes.indexOf(from)} ${meetings.indexOf(of)}`;
    if (random() < 0.002) events.push(from.restart(at));
    if (!held.has(key)) {
      held.add(key);
      events.push(from.started(of, t, at));
    }
    const chance = random();
    if (chance < 0.25 || !inside.length) {
      const sub = `user-${inside.length % 40}`;
      const tag = chance < 0.05 ? await place.ticketFor(of, sub) : '';
      if (tag) subs.add(`${meetings.indexOf(of)} ${sub}`);
      const [api, media] = [`api-${events.length}`, `media-${events.length}`];
      const common = {display_name: `Person ${events.length}`, call_tag: tag};
      events.push(
        from.connected(
          of,
          api,
          {...common, protocol: 'API', has_media: false, related_uuids: [media]},
          at,
        ),
        from.connected(of, media, {...common, related_uuids: [api]}, at + 1),
      );
      inside.push({from, of, uuids: [api, media]});
    } else if (chance < 0.4) {
      const [{from: theirs, of: where, uuids}] = inside.splice(
        Math.floor(random() * inside.length),
        1,
      );
      for (const uuid of uuids) events.push(theirs.gone(where, uuid, at));
    } else {
      const {from: theirs, of: where, uuids} = pick(inside);
      const data = pick([
        {is_muted: random() < 0.5},
        {is_presenting: random() < 0.5},
        {display_name: `Renamed ${events.length}`},
        {role: pick(['chair', 'guest'])},
      ]);
      events.push(theirs.updated(where, uuids[1], data, at));
    }
  }
  // The first meeting is left by all nodes, the second by one of them.
  const end = t + 3 * EVENTS;
  nodes.forEach((each) => events.push(each.ended(meetings[0], t, end)));
  events.push(nodes[0].ended(meetings[1], t, end));
  return {events, subs};
};

/** Brokers on one store; each has a route and a worker of its own. */
const scene = async (t, store, brokers) => {
  const place = eventsPlace({store});
  const ends = [];
  const apps = [];
  for (let at = 0; at < brokers; at++) {
    const log = heardLog();
    const sink = place.sink(t, {log});
    const app = await brokerApp(t);
    const limits = {events: 32 * 1024 * 1024};
    await app.register(eventRoutes({settings: {limits}, sink}));
    sink.onChanged(async (id) => void ends.push(id));
    sink.start();
    apps.push({app, log});
  }
  const meetings = [];
  for (let at = 0; at < MEETINGS; at++) meetings.push(await place.meeting());
  return {
    ...place,
    meetings,
    told: ends,
    send: async (events, at = 0) => {
      const {app, log} = apps[at % brokers];
      const {statusCode, body} = await app.inject({
        ...{method: 'POST', url: '/events', payload: bulk(events)},
      });
      assert.equal(statusCode, 200, `${body} ${JSON.stringify(log.lines.slice(-3))}`);
    },
    applied: () =>
      eventually(
        async () => assert.deepEqual(await store.due('event-inbox', Infinity, 1), []),
        PATIENCE,
      ),
    state: async (subs) => ({
      meetings: await Promise.all(meetings.map(place.known)),
      seen: await Promise.all(
        [...subs].map((each) => {
          const [at, sub] = each.split(' ');
          return place.roster.hasSeen(meetings[at].id, sub);
        }),
      ),
    }),
    errors: () => apps.flatMap(({log}) => log.lines.filter(([level]) => level === 'error')),
  };
};

describe('10,000 events', () => {
  let redis;
  before(async () => {
    redis = await startRedis();
  });
  after(() => redis?.stop());

  /** Once, in order, one after the other as far as a bulk of a hundred is. */
  const inOrder = async (t, at) => {
    const plain = await scene(t, new MemoryStore(), 1);
    const {events, subs} = await history(plain, plain.meetings, at);
    for (let from = 0; from < events.length; from += 100) {
      await plain.send(events.slice(from, from + 100));
      await plain.applied();
    }
    return plain.state(subs);
  };

  const assertSame = (state, expected) => {
    const people = expected.meetings.map(({participants}) => participants.length);
    // So that it is known what is compared.
    assert.equal(people[0], 0);
    assert.ok(
      people.slice(1).every((count) => count > 50),
      people.join(),
    );
    assert.deepEqual(
      expected.meetings.map(({isLive}) => isLive),
      [false, true, true, true, true],
    );
    assert.ok(expected.seen.length > 50 && expected.seen.every(Boolean));
    assert.deepEqual(state, expected);
  };

  it('in one bulk, a tenth of them twice, shuffled: the same as once in order', async (t) => {
    const at = Date.now() - 60_000;
    const expected = await inOrder(t, at);
    const mixed = await scene(t, new MemoryStore(), 1);
    const {events, subs} = await history(mixed, mixed.meetings, at);
    const random = randomBy(1);
    const repeats = events.filter(() => random() < 0.1);
    await mixed.send(shuffled([...events, ...repeats], random));
    await mixed.applied();
    assertSame(await mixed.state(subs), expected);
    // Eleven entries: of a meeting it is told once for all that are applied together.
    assert.ok(mixed.told.length <= 11 * MEETINGS, String(mixed.told.length));
    assert.deepEqual(mixed.errors(), []);
  });

  it('in bulks to two brokers on one Redis at the same time: the same', async (t) => {
    const at = Date.now() - 60_000;
    const expected = await inOrder(t, at);
    const quiet = {warn: () => {}, info: () => {}};
    const store = await openStore({sqlite: 'unused', redis: redis.url}, quiet);
    t.after(() => store.close());
    const mixed = await scene(t, store, 2);
    const {events, subs} = await history(mixed, mixed.meetings, at);
    const random = randomBy(2);
    const all = shuffled([...events, ...events.filter(() => random() < 0.1)], random);
    const bulks = Array.from({length: 22}, (_, part) =>
      all.slice(part * 500, part === 21 ? undefined : (part + 1) * 500),
    );
    await Promise.all(bulks.map((part, index) => mixed.send(part, index)));
    await mixed.applied();
    assertSame(await mixed.state(subs), expected);
    assert.deepEqual(mixed.errors(), []);
  });

  it('of 10,000 people in one meeting: all are on its roster, and one more is a matter of a few reads', async (t) => {
    const quiet = {warn: () => {}, info: () => {}};
    const store = await openStore({sqlite: 'unused', redis: redis.url}, quiet);
    t.after(() => store.close());
    const crowd = await scene(t, store, 1);
    const [meeting] = crowd.meetings;
    const one = node('192.0.2.1');
    const now = Date.now();
    const events = Array.from({length: EVENTS}, (_, at) =>
      one.connected(meeting, `p${at}`, {display_name: `Person ${at}`}, now - EVENTS + at),
    );
    const heap = () => {
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
    };
    const before = heap();
    let start = performance.now();
    await crowd.send([one.started(meeting, now, now), ...events]);
    const answered = performance.now() - start;
    await crowd.applied();
    const applied = performance.now() - start;
    start = performance.now();
    const people = await crowd.roster.participants(meeting.id);
    const read = performance.now() - start;
    assert.equal(people.length, EVENTS);
    assert.deepEqual([people[0].name, people.at(-1).name], ['Person 0', 'Person 9999']);
    start = performance.now();
    await crowd.send([one.updated(meeting, 'p7', {is_muted: true})]);
    await crowd.applied();
    const once = performance.now() - start;
    // So large a roster counts for a while.
    await eventually(async () =>
      assert.equal((await crowd.roster.participants(meeting.id))[7].muted, true),
    );
    const grown = Math.round((heap() - before) / 1024 / 1024);
    const ms = [answered, applied, read, once].map(Math.round);
    t.diagnostic(
      `answered ${ms[0]} ms, applied ${ms[1]} ms, roster ${ms[2]} ms, one more ${ms[3]} ms, heap +${grown} MB`,
    );
  });
});
