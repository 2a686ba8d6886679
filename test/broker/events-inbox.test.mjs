import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {eventually} from '../support/eventually.mjs';
import {fakeSeal} from '../support/fake-seal.mjs';
import {storeGone} from '../support/memory-store.mjs';
import {bodyOf, eventsPlace, heardLog, node} from './support/events-scene.mjs';

const LISTS = ['event-inbox', 'event-inbox-aside'];

const scene = async (t, options) => {
  const place = eventsPlace(options);
  const meeting = await place.meeting();
  const one = node('192.0.2.1');
  return {
    ...place,
    newMeeting: place.meeting,
    meeting,
    /** Events of somebody who comes. */
    comes: (uuid, of = meeting) => bodyOf([one.connected(of, uuid, {display_name: uuid})]),
    people: async (of = meeting) => (await place.roster.participants(of.id)).map(({name}) => name),
    /** What the two lists hold. */
    waiting: () => Promise.all(LISTS.map((list) => place.store.due(list, Infinity, 1_000))),
  };
};

describe('events that were taken', () => {
  it('are in the store before that is said, sealed, and leave it when they are applied', async (t) => {
    const {sink: sinkOf, store, comes, people, waiting, meeting, ticketFor} = await scene(t);
    const sink = sinkOf(t);
    const ticket = await ticketFor(meeting, 'anna');
    const written = [];
    store.before = (method, key, value) => {
      if (method === 'set') written.push({key, value});
    };
    const one = node('192.0.2.1');
    await sink.take(
      bodyOf([one.connected(meeting, 'a', {display_name: 'A name of hers', call_tag: ticket})]),
    );
    const [[id]] = await waiting();
    assert.ok(id);
    assert.deepEqual(
      written.map(({key}) => key),
      [`event-entry:${id}`],
    );
    for (const secret of ['A name of hers', ticket, meeting.alias])
      assert.ok(!JSON.stringify(written).includes(secret));
    sink.start();
    await eventually(async () => assert.deepEqual(await waiting(), [[], []]));
    assert.equal(await store.get(`event-entry:${id}`), undefined);
    assert.deepEqual(await people(), ['A name of hers']);
    await sink.take(comes('b'));
    await eventually(async () => assert.deepEqual(await people(), ['A name of hers', 'b']));
  });

  it('are applied by another broker when this one is killed before it begins', async (t) => {
    const {sink: sinkOf, comes, people} = await scene(t);
    await sinkOf(t).take(comes('a'));
    const other = sinkOf(t);
    other.start();
    await eventually(async () => assert.deepEqual(await people(), ['a']));
  });

  it('are applied by another broker when this one is killed in the middle, at every step', async (t) => {
    let steps = Infinity;
    for (let dies = 1; dies <= steps; dies++) {
      const place = await scene(t);
      const {sink: sinkOf, store, comes, people, waiting, meeting} = place;
      let step = 0;
      let killed;
      const death = new Promise((resolve) => (killed = resolve));
      // Of a killed broker no call goes out any more, and none comes back.
      const mortal = new Proxy(store, {
        get: (_target, name) => {
          if (typeof store[name] !== 'function') return store[name];
          return (...args) => {
            if (name !== 'due' && ++step >= dies) killed();
            return step >= dies && name !== 'due' ? new Promise(() => {}) : store[name](...args);
          };
        },
      });
      await sinkOf(t).take(comes('a'));
      const dying = sinkOf(undefined, {store: mortal});
      dying.start();
      const done = eventually(async () => assert.deepEqual(await waiting(), [[], []]));
      await Promise.race([death, done]);
      if (step < dies) steps = dies;
      // What a killed broker claims is let go after a time, for which a test need not wait.
      const [[left]] = await waiting();
      if (left) await store.delete(`event-claim:${left}`);
      const isLeft = left && (await store.get(`event-entry:${left}`)) !== undefined;
      const told = [];
      const other = sinkOf(t);
      other.onChanged(async (id) => void told.push(id));
      other.start();
      await eventually(async () => assert.deepEqual(await waiting(), [[], []]));
      assert.deepEqual(await people(), ['a'], `killed at step ${dies}`);
      // Whatever may not have been told is told again.
      if (isLeft) assert.deepEqual(told, [meeting.id], `killed at step ${dies}`);
      await other.close();
    }
    assert.ok(steps > 4 && steps < 40, String(steps));
  });

  it('are worked on by one broker at a time', async (t) => {
    const {sink: sinkOf, comes, waiting, store, meeting} = await scene(t);
    let goOn;
    const held = new Promise((resolve) => (goOn = resolve));
    const told = [];
    const sinks = [sinkOf(t), sinkOf(t)];
    for (const sink of sinks)
      sink.onChanged(async (id) => {
        told.push(id);
        await held;
      });
    await sinks[0].take(comes('a'));
    sinks[0].start();
    await eventually(() => assert.equal(told.length, 1));
    let looks = 0;
    store.before = (method) => {
      if (method === 'due') looks += 1;
    };
    sinks[1].start();
    await eventually(() => assert.ok(looks > 5));
    assert.deepEqual(told, [meeting.id]);
    goOn();
    await eventually(async () => assert.deepEqual(await waiting(), [[], []]));
    assert.deepEqual(told, [meeting.id]);
  });

  it('are tried again when a listener failed, which is told then', async (t) => {
    const {sink: sinkOf, comes, waiting, meeting} = await scene(t);
    const sink = sinkOf(t);
    const told = [];
    let failures = 1;
    sink.onChanged(async (id) => {
      if (failures-- > 0) throw new Error('cannot be told now');
      told.push(id);
    });
    sink.start();
    await sink.take(comes('a'));
    await eventually(async () => assert.deepEqual(await waiting(), [[], []]));
    assert.deepEqual(told, [meeting.id]);
    const warned = sink.log.lines.filter(([level]) => level === 'warn');
    assert.equal(warned.length, 1);
    assert.match(warned[0][1].err.message, /cannot be told now/);
  });

  it('that cannot be applied keep no others from it, are put aside after twelve attempts, said once, and tried when a broker starts', async (t) => {
    const {sink: sinkOf, store, comes, people, waiting, meeting, newMeeting} = await scene(t);
    const poisoned = await newMeeting();
    const log = heardLog();
    const sink = sinkOf(undefined, {log});
    sink.onChanged(async (id) => {
      if (id === poisoned.id) throw new Error('never');
    });
    sink.start();
    // The pauses between attempts are over as soon as they begin.
    const hurry = setInterval(async () => {
      for (const id of await store.due('event-inbox', Infinity, 100))
        await store.schedule('event-inbox', id, 1);
    }, 5);
    t.after(() => clearInterval(hurry));
    await sink.take(comes('a', poisoned));
    for (let at = 0; at < 5; at++) await sink.take(comes(`b${at}`));
    await eventually(async () => assert.equal((await people(meeting)).length, 5));
    const aside = await eventually(async () => {
      const [due, put] = await waiting();
      assert.deepEqual([due.length, put.length], [0, 1]);
      return put;
    });
    assert.equal(log.lines.filter(([level]) => level === 'error').length, 1);
    assert.equal(log.lines.filter(([level]) => level === 'warn').length, 1);
    await sink.close();
    clearInterval(hurry);
    assert.ok(await store.get(`event-entry:${aside[0]}`));
    const mended = sinkOf(t);
    const told = [];
    mended.onChanged(async (id) => void told.push(id));
    mended.start();
    await eventually(async () => assert.deepEqual(await waiting(), [[], []]));
    assert.deepEqual(told, [poisoned.id]);
    assert.deepEqual(await people(poisoned), ['a']);
  });

  it('that came together with one that cannot be applied are applied without it', async (t) => {
    const {sink: sinkOf, store, comes, people, waiting, newMeeting} = await scene(t);
    const poisoned = await newMeeting();
    const sink = sinkOf(t);
    sink.onChanged(async (id) => {
      if (id === poisoned.id) throw new Error('never');
    });
    for (const uuid of ['a', 'b']) await sink.take(comes(uuid));
    const [others] = await waiting();
    await sink.take(comes('c', poisoned));
    const tried = [];
    store.before = (method, key) => {
      if (method === 'count') tried.push(key);
    };
    sink.start();
    await eventually(() => assert.ok(tried.length > 0));
    await eventually(async () => assert.equal((await waiting())[0].length, 1));
    assert.deepEqual(await people(), ['a', 'b']);
    assert.ok(others.every((id) => !tried.includes(`event-tries:${id}`)));
  });

  it('wait while the store is away, which counts as no attempt and is said once', async (t) => {
    const {sink: sinkOf, store, comes, people, waiting} = await scene(t);
    const sink = sinkOf(t);
    await sink.take(comes('a'));
    let refused = 0;
    store.before = () => {
      refused += 1;
      throw storeGone();
    };
    sink.start();
    await eventually(() => assert.ok(refused > 20));
    store.before = () => {};
    await eventually(async () => assert.deepEqual(await waiting(), [[], []]));
    assert.deepEqual(await people(), ['a']);
    assert.deepEqual(
      sink.log.lines.map(([level]) => level),
      ['error'],
    );
  });

  it('wait also where it goes in the midst of several meetings', async (t) => {
    const {sink: sinkOf, store, people, waiting, meeting, newMeeting} = await scene(t);
    const other = await newMeeting();
    const one = node('192.0.2.1');
    const sink = sinkOf(t);
    await sink.take(bodyOf([one.connected(meeting, 'a'), one.connected(other, 'b')]));
    let refused = 0;
    let counted = 0;
    store.before = (method) => {
      if (method === 'count') counted += 1;
      if (method !== 'swap') return;
      refused += 1;
      throw storeGone();
    };
    sink.start();
    await eventually(() => assert.ok(refused > 0));
    await eventually(() => assert.ok(sink.log.lines.length > 0));
    store.before = () => {};
    await eventually(async () => assert.deepEqual(await waiting(), [[], []]), 10_000);
    assert.equal(counted, 0);
    assert.deepEqual([await people(), await people(other)], [['a'], ['b']]);
  });

  it('of a broker with another secret are dropped, and that is said', async (t) => {
    const {sink: sinkOf, store, comes, waiting} = await scene(t);
    await sinkOf(t).take(comes('a'));
    const other = eventsPlace({store, seal: fakeSeal('another secret, of thirty-two bytes')});
    const sink = other.sink(t);
    sink.start();
    await eventually(async () => assert.deepEqual(await waiting(), [[], []]));
    assert.match(JSON.stringify(sink.log.lines), /another secret/);
  });

  it('are left to others at once by a broker that closes while it works', async (t) => {
    const {sink: sinkOf, people, newMeeting, waiting, meeting} = await scene(t);
    const other = await newMeeting();
    const closing = sinkOf(undefined);
    let begun;
    let goOn;
    const isBegun = new Promise((resolve) => (begun = resolve));
    const held = new Promise((resolve) => (goOn = resolve));
    closing.onChanged(async () => {
      begun();
      await held;
    });
    const one = node('192.0.2.1');
    await closing.take(bodyOf([one.connected(meeting, 'a'), one.connected(other, 'b')]));
    closing.start();
    await isBegun;
    const closed = closing.close();
    goOn();
    await closed;
    assert.equal((await waiting())[0].length, 1);
    const start = performance.now();
    const next = sinkOf(t);
    next.start();
    await eventually(async () => assert.deepEqual(await waiting(), [[], []]));
    assert.ok(performance.now() - start < 10_000, 'it has waited for the claim to end');
    assert.deepEqual([await people(), await people(other)], [['a'], ['b']]);
  });

  it('of no meeting of a broker leave nothing in the store', async (t) => {
    const {sink: sinkOf, store} = await scene(t);
    const written = [];
    store.before = (method) => void written.push(method);
    const foreign = node('192.0.2.1').connected({id: 'meet.anna'}, 'a');
    await sinkOf(t).take(bodyOf([foreign]));
    assert.deepEqual(written, []);
  });
});

describe('the log of the sink', () => {
  it('has a line when a node begins and stops, for each of them once', async (t) => {
    const {sink: sinkOf} = await scene(t);
    const sink = sinkOf(t);
    const [one, other] = [node('192.0.2.1'), node('192.0.2.2')];
    const now = Date.now();
    const begun = one.restart(now);
    const events = [begun, begun, other.restart(now), one.event('eventsink_updated', {})];
    await sink.take(bodyOf(events));
    await sink.take(bodyOf([begun, one.event('eventsink_stopped', {})]));
    assert.deepEqual(
      sink.log.lines.map(([level, {node: name}, text]) => [level, name, text.includes('begun')]),
      [
        ['info', '192.0.2.1', true],
        ['info', '192.0.2.2', true],
        ['info', '192.0.2.1', false],
      ],
    );
  });

  it('names a kind of event that is not known once, and a thousand of them at most', async (t) => {
    const {sink: sinkOf} = await scene(t);
    const sink = sinkOf(t);
    const one = node('192.0.2.1');
    const body = bodyOf(Array.from({length: 1_200}, (_, at) => one.event(`odd_${at}`, {})));
    await sink.take(body);
    await sink.take(body);
    assert.equal(sink.log.lines.length, 1_000);
    assert.deepEqual(sink.log.lines[0].slice(0, 2), ['info', {event: 'odd_0'}]);
  });

  it('tells once that a bulk had what is no event', async (t) => {
    const {sink: sinkOf} = await scene(t);
    const sink = sinkOf(t);
    for (let at = 0; at < 3; at++) await sink.take(bodyOf([{}, null]));
    assert.deepEqual(
      sink.log.lines.map(([level, more]) => [level, more]),
      [['warn', {bad: 2}]],
    );
  });
});
