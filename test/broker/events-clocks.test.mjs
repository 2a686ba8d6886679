import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {NodeClocks, TOLERANCE} from '../../broker/dist/events/node-clocks.js';
import {eventually} from '../support/eventually.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {bodyOf, eventsPlace, heardLog, node} from './support/events-scene.mjs';

const DAY = 24 * 60 * 60_000;
const ID = {id: `${'x'.repeat(22)}${'0'.repeat(16)}`};

describe('the clock of a node', () => {
  it('is taken as it is within five minutes, and where it is behind', async () => {
    const store = new MemoryStore();
    const asked = [];
    store.before = (method) => void asked.push(method);
    const now = Date.now();
    const one = node('192.0.2.1');
    const {events} = bodyOf(
      [-2 * DAY, -DAY, 0, TOLERANCE - 1].map((off) => one.connected(ID, 'a', {}, now + off)),
    );
    assert.equal((await new NodeClocks(store).mend(events, now)).events, events);
    assert.deepEqual(asked, []);
  });

  it('is set back by its lead where it is ahead, the same each time, and only of that node', async () => {
    const clocks = new NodeClocks(new MemoryStore());
    const now = Date.now();
    const [fast, right] = [node('192.0.2.1'), node('192.0.2.2')];
    const {events} = bodyOf([
      fast.connected(ID, 'a', {}, now + DAY - 1_000),
      fast.updated(ID, 'a', {is_muted: true}, now + DAY),
      right.connected(ID, 'b', {}, now),
    ]);
    const first = await clocks.mend(events, now);
    const times = (mended) => mended.events.map(({time}) => Math.round(time - now));
    assert.deepEqual(times(first), [-1_000, 0, 0]);
    assert.equal(Math.round(first.events[0].said.since - now), -1_000);
    assert.deepEqual([...first.ahead], [['192.0.2.1', DAY]]);
    const again = await clocks.mend(events, now + 60_000);
    assert.deepEqual(times(again), [-1_000, 0, 0]);
    assert.equal(again.ahead.size, 0);
    const later = bodyOf([fast.updated(ID, 'a', {is_muted: false}, now + DAY + 60_000)]);
    const {events: mended} = await clocks.mend(later.events, now + 60_000);
    assert.equal(Math.round(mended[0].time - now), 60_000);
  });

  it('counts as it is again when it was mended', async () => {
    const clocks = new NodeClocks(new MemoryStore());
    const now = Date.now();
    const one = node('192.0.2.1');
    await clocks.mend(bodyOf([one.connected(ID, 'a', {}, now + DAY)]).events, now);
    const {events} = bodyOf([one.updated(ID, 'a', {}, now + 1_000)]);
    assert.equal(Math.round((await clocks.mend(events, now + 1_000)).events[0].time - now), 1_000);
  });

  it('is measured again where it is further ahead than before', async () => {
    const clocks = new NodeClocks(new MemoryStore());
    const now = Date.now();
    const one = node('192.0.2.1');
    await clocks.mend(bodyOf([one.connected(ID, 'a', {}, now + DAY)]).events, now);
    const {events} = bodyOf([one.connected(ID, 'a', {}, now + 3 * DAY)]);
    const mended = await clocks.mend(events, now);
    assert.equal(Math.round(mended.events[0].time - now), 0);
    assert.equal(mended.ahead.size, 1);
  });

  it('a day ahead does not make its word the last one, and is told of once', async (t) => {
    const place = eventsPlace();
    const log = heardLog();
    const sink = place.sink(t, {log});
    sink.start();
    const meeting = await place.meeting();
    const now = Date.now();
    const [fast, right] = [node('192.0.2.1'), node('192.0.2.2')];
    const early = bodyOf([fast.connected(meeting, 'a', {display_name: 'Anna'}, now + DAY)]);
    await sink.take(early, now);
    await sink.take(
      bodyOf([right.updated(meeting, 'a', {display_name: 'Anna B.'}, now + 10)]),
      now + 10,
    );
    await sink.take(early, now + 20);
    await eventually(async () => {
      assert.deepEqual(await place.store.due('event-inbox', Infinity, 10), []);
      const [{name, since}] = await place.roster.participants(meeting.id);
      assert.deepEqual([name, since], ['Anna B.', now]);
    });
    const warned = log.lines.filter(([level]) => level === 'warn');
    assert.equal(warned.length, 1);
    assert.equal(warned[0][1].node, '192.0.2.1');
  });
});
