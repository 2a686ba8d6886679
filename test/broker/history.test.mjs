import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {answering, declining, hangingUp} from '../../broker/dist/calls/call-deeds.js';
import {historyRoutes} from '../../broker/dist/routes/history-routes.js';
import {brokerApp} from '../support/broker-fakes.mjs';
import {eventually} from '../support/eventually.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {callsAt} from './support/calls.mjs';

const DAY = 24 * 3_600_000;
const RECORDER = {destination: 'rtmp://recorder.example.com/live/key-of-stream', name: 'Recorder'};

/** Anna, Bob and Carl have a tab each; the time of day goes on as the test says. */
const scene = async (t, {recording = {}} = {}) => {
  t.mock.timers.enable({apis: ['Date'], now: Date.UTC(2026, 0, 1)});
  const store = new MemoryStore();
  const broker = callsAt(t, store);
  for (const sub of ['anna', 'bob', 'carl']) await broker.tab(sub);
  const app = await brokerApp(t);
  app.decorateRequest('identity');
  app.addHook('onRequest', async (request) => {
    request.identity = {sub: request.headers.as, by: 'jwt'};
  });
  const {meetings, calls: _, ...service} = broker;
  await app.register(historyRoutes({meetings, calls: service, settings: {recording}}));
  return {
    ...broker,
    store,
    forward: (ms) => t.mock.timers.setTime(Date.now() + ms),
    meet: (sub, more = {}) => {
      const usual = {title: 'Plans', people: [], numeric: false, guests: true};
      const kinds = {chat: 'default', callType: 'video', record: 'none'};
      return meetings.create({sub, by: 'jwt'}, {...usual, ...kinds, ...more});
    },
    get: async (sub, query = '') => {
      const answer = await app.inject({url: `/v1/history${query}`, headers: {as: sub}});
      return {status: answer.statusCode, body: answer.json(), headers: answer.headers};
    },
  };
};

describe('the history', () => {
  it('tells who called whom, how that ended, and how long it took', async (t) => {
    const {calls, ring, roster, tellChanged, forward, get} = await scene(t);
    const {id, meeting} = await ring('anna', 'bob');
    forward(5_000);
    await calls.act('bob', id, answering({sub: 'bob', name: 'Bob'}, undefined));
    forward(1_000);
    for (const sub of ['anna', 'bob']) roster.see(meeting, sub);
    await tellChanged(meeting);
    forward(61_400);
    await calls.act('anna', id, hangingUp('anna'));
    const {status, body, headers} = await get('anna');
    assert.equal(status, 200);
    assert.equal(headers['cache-control'], 'no-store');
    const entry = {
      kind: 'call',
      id,
      title: 'Call',
      createdAt: '2026-01-01T00:00:00.000Z',
      direction: 'outgoing',
      other: {alias: 'bob', name: 'Bob'},
      startedAt: '2026-01-01T00:00:06.000Z',
      endedAt: '2026-01-01T00:01:07.400Z',
      result: 'answered',
      duration: 61,
    };
    assert.deepEqual(body, {entries: [entry]});
    const [theirs] = (await get('bob')).body.entries;
    assert.deepEqual(theirs, {...entry, direction: 'incoming', other: {alias: 'anna'}});
    assert.deepEqual((await get('carl')).body, {entries: []});
  });

  it('tells of calls that were declined or missed, and of those that go on', async (t) => {
    const {calls, ring, forward, get} = await scene(t);
    const declined = await ring('bob', 'anna');
    await calls.act('anna', declined.id, declining('anna', 'none'));
    forward(1_000);
    await ring('carl', 'anna');
    forward(40_000);
    await eventually(async () => assert.equal(await calls.current('anna'), undefined));
    await ring('anna', 'carl');
    await eventually(async () => {
      const {entries} = (await get('anna')).body;
      assert.deepEqual(
        entries.map(({direction, result, startedAt}) => [direction, result, startedAt]),
        [
          ['outgoing', undefined, undefined],
          ['incoming', 'missed', undefined],
          ['incoming', 'declined', undefined],
        ],
      );
    });
  });

  it('has meetings among the calls, and the meeting of a call not twice', async (t) => {
    const {ring, calls, meet, forward, get, meetings} = await scene(t);
    const first = await meet('anna', {title: 'First'});
    forward(1_000);
    const {id} = await ring('bob', 'anna');
    await calls.act('anna', id, declining('anna', 'none'));
    forward(1_000);
    const last = await meet('bob', {title: 'Last', people: [{sub: 'anna', role: 'guest'}]});
    await meetings.end(first.id, 'ended');
    const {entries} = (await get('anna')).body;
    assert.deepEqual(
      entries.map((each) => [each.kind, each.title, each.id, each.role]),
      [
        ['meeting', 'Last', last.alias, 'guest'],
        ['call', 'Call', id, undefined],
        ['meeting', 'First', first.alias, 'chair'],
      ],
    );
    assert.equal(entries[2].endedAt, '2026-01-01T00:00:02.000Z');
    assert.equal(entries[0].endedAt, undefined);
  });

  it('comes in pages, in which nothing is missing and nothing twice', async (t) => {
    const {ring, calls, meet, forward, get} = await scene(t);
    const made = [];
    for (let index = 0; index < 12; index++) {
      if (index % 3) forward(1_000); // some are of one moment
      if (index % 2) made.push((await meet('anna')).alias);
      else {
        const {id} = await ring('anna', index % 4 ? 'bob' : 'carl');
        await calls.act('anna', id, hangingUp('anna'));
        made.push(id);
      }
    }
    for (const count of [1, 5, 12]) {
      const seen = [];
      const times = [];
      let query = `?count=${count}`;
      for (let pages = 0; query; pages++) {
        assert.ok(pages <= 12);
        const {entries, next} = (await get('anna', query)).body;
        assert.ok(entries.length && entries.length <= count);
        seen.push(...entries.map(({id}) => id));
        times.push(...entries.map(({createdAt}) => createdAt));
        query = next && `?count=${count}&before=${encodeURIComponent(next)}`;
      }
      assert.equal(seen.length, 12);
      assert.deepEqual(new Set(seen), new Set(made));
      assert.deepEqual(times, [...times].sort().reverse());
    }
  });

  it('says that something was recorded, and not where', async (t) => {
    const {ring, calls, meet, get} = await scene(t, {recording: RECORDER});
    const {id} = await ring('anna', 'bob', {record: 'automatic'});
    await calls.act('bob', id, answering({sub: 'bob'}, undefined));
    await calls.act('bob', id, hangingUp('bob'));
    await meet('anna', {record: 'manual'});
    const missed = await ring('anna', 'bob', {record: 'automatic'});
    await calls.act('anna', missed.id, hangingUp('anna'));
    const {entries} = (await get('anna')).body;
    const recorded = Object.fromEntries(
      entries.map((each) => [each.kind + each.result, each.recording]),
    );
    assert.deepEqual(recorded, {
      callanswered: {how: 'automatic', name: 'Recorder'},
      meetingundefined: {how: 'manual', name: 'Recorder'},
      callcancelled: undefined,
    });
    assert.ok(!JSON.stringify(entries).includes('rtmp'));
  });

  it('says nothing of a recording where there is no recorder', async (t) => {
    const {meet, get} = await scene(t);
    await meet('anna', {record: 'automatic'});
    assert.equal((await get('anna')).body.entries[0].recording, undefined);
  });

  it('ends after 90 days', async (t) => {
    const {ring, calls, meet, forward, get} = await scene(t);
    await meet('anna');
    const {id} = await ring('anna', 'bob');
    await calls.act('anna', id, hangingUp('anna'));
    forward(90 * DAY - 1_000);
    assert.equal((await get('anna')).body.entries.length, 2);
    forward(2_000);
    assert.deepEqual((await get('anna')).body, {entries: []});
  });

  for (const query of [
    'count=0',
    'count=201',
    'count=-1',
    'count=1.5',
    'count=x',
    'count=1&count=2',
    'before=',
    'before=x',
    'before=1',
    'before=1.',
    'before=1.%2e%2e',
    'before=99999999999999999.x',
    'before=1.a&before=2.b',
  ])
    it(`refuses ?${query}`, async (t) => {
      const {get} = await scene(t);
      const {status, body} = await get('anna', `?${query}`);
      assert.deepEqual([status, body.error.code], [400, 'invalid-argument']);
    });
});
