/** Reading what many ask for. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {StoreRoster} from '../../broker/dist/events/store-roster.js';
import {Sparing} from '../../broker/dist/events/sparing.js';
import {bodyOf, eventsPlace, node} from './support/events-scene.mjs';
import {eventually} from '../support/eventually.mjs';

/** Reads that take as long as they are told, by a clock of their own. */
const reads = () => {
  let now = 0;
  let count = 0;
  const sparing = new Sparing(() => now);
  return {
    count: () => count,
    forward: (ms) => void (now += ms),
    read: (took, key = 'a') =>
      sparing.read(key, async () => {
        now += took;
        return ++count;
      }),
  };
};

describe('what many ask for', () => {
  it('is read once for all who ask at the same moment', async () => {
    const {read, count} = reads();
    assert.deepEqual(await Promise.all([read(1), read(1), read(1)]), [1, 1, 1]);
    assert.equal(count(), 1);
    assert.deepEqual(await Promise.all([read(1), read(1, 'b')]), [2, 3]);
  });

  it('is read anew each time where that is cheap', async () => {
    const {read} = reads();
    for (const nth of [1, 2, 3]) assert.equal(await read(49), nth);
  });

  it('counts for four times as long as it took where that is dear', async () => {
    const {read, forward} = reads();
    assert.equal(await read(100), 1);
    forward(399);
    assert.equal(await read(100), 1);
    forward(1);
    assert.equal(await read(100), 2);
  });

  it('counts for five seconds at most', async () => {
    const {read, forward} = reads();
    assert.equal(await read(60_000), 1);
    forward(4_999);
    assert.equal(await read(1), 1);
    forward(1);
    assert.equal(await read(1), 2);
  });

  it('is read again by who comes after a failure', async () => {
    const sparing = new Sparing(() => 0);
    await assert.rejects(
      sparing.read('a', () => Promise.reject(new Error('away'))),
      /away/,
    );
    assert.equal(await sparing.read('a', async () => 1), 1);
  });
});

describe('the roster of a large meeting', () => {
  it('is read from the store once for all who ask at once, and is empty as soon as the meeting is', async (t) => {
    const place = eventsPlace();
    const {store, seal} = place;
    let opened = 0;
    const counting = {...seal, open: (...given) => (opened++, seal.open(...given))};
    const roster = new StoreRoster({store, seal: counting});
    const sink = place.sink(t);
    sink.start();
    const meeting = await place.meeting();
    const one = node('192.0.2.1');
    const start = Date.now();
    const crowd = Array.from({length: 50}, (_, at) => one.connected(meeting, `p${at}`));
    await sink.take(bodyOf([one.started(meeting, start), ...crowd]));
    await eventually(async () =>
      assert.equal((await place.roster.participants(meeting.id)).length, 50),
    );
    const asks = Array.from({length: 100}, () => roster.participants(meeting.id));
    for (const people of await Promise.all(asks)) assert.equal(people.length, 50);
    assert.equal(opened, 50);
    await sink.take(bodyOf([one.ended(meeting, start, Date.now())]));
    await eventually(async () => assert.deepEqual(await roster.participants(meeting.id), []));
  });
});
