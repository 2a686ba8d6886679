/** What happens to calls when nobody does anything, or a broker can do no more. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {answering, cancelling, declining, hangingUp} from '../../broker/dist/calls/call-deeds.js';
import {Presence} from '../../broker/dist/calls/presence.js';
import {noLog} from '../support/broker-fakes.mjs';
import {eventually} from '../support/eventually.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {callsAt, codeOf, fakeRoster} from './support/calls.mjs';

const bob = {sub: 'bob'};
const SECOND = 1_000;

/** The time of day goes on when the test says so; pauses are as long as ever. */
const clock = (t) => {
  t.mock.timers.enable({apis: ['Date'], now: Date.now()});
  return (ms) => t.mock.timers.setTime(Date.now() + ms);
};

/** A store whose connection can be lost: `again()` is when it is back. */
class LossyStore extends MemoryStore {
  #listeners = [];

  listen(channel, listener) {
    this.#listeners.push(listener);
    return super.listen(channel, listener);
  }

  again() {
    for (const listener of this.#listeners) listener.again();
  }
}

const scene = async (t) => {
  const store = new LossyStore();
  const roster = fakeRoster();
  const one = callsAt(t, store, {roster});
  const other = callsAt(t, store, {roster});
  const annas = await one.tab('anna');
  const bobs = await other.tab('bob');
  return {store, roster, one, other, annas, bobs};
};

const heard = (tab, ...names) =>
  eventually(() => assert.deepEqual(tab.names(), ['stream', ...names]));

/** A broker that is killed: it does nothing any more, and its streams are cut. */
const kill = async (broker, ...tabs) => {
  await broker.close();
  for (const tab of tabs) tab.leave();
};

describe('a call in time', () => {
  it('is declined with no_answer after 30 seconds, for both, and not before', async (t) => {
    const forward = clock(t);
    const {store, one, annas, bobs} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    forward(29 * SECOND);
    await one.calls.act('bob', id, answering(bob, undefined));
    await heard(annas, 'incoming', 'answered');
    await one.calls.act('anna', id, hangingUp('anna'));
    await heard(annas, 'incoming', 'answered', 'ended');
    const second = await one.ring('anna', 'bob');
    const made = Date.now();
    forward(29 * SECOND);
    // It was looked at: the next look is in the future.
    await eventually(async () => assert.deepEqual(await store.due('calls-due', Date.now(), 9), []));
    assert.equal((await one.calls.of('bob', second.id)).end, undefined);
    forward(1 * SECOND);
    for (const tab of [annas, bobs]) {
      await eventually(() => assert.equal(tab.last().event, 'declined'));
      const {executor, reason, call} = tab.last();
      assert.deepEqual([executor, reason, call.result], ['bob', 'no_answer', 'missed']);
      assert.equal(Date.parse(call.endedAt), made + 30 * SECOND);
    }
    assert.equal(await one.calls.current('bob'), undefined);
    await eventually(async () => assert.ok((await one.meetings.byId(second.meeting)).endedAt));
  });

  it('cannot be answered after its time, though no broker has said so yet', async (t) => {
    const forward = clock(t);
    const {store, one} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    store.before = (method, name) => {
      if (method === 'due' && name === 'calls-due') throw new Error('away');
    };
    forward(30 * SECOND);
    for (const [sub, deed] of [
      ['bob', answering(bob, 'x')],
      ['bob', declining('bob', 'none')],
      ['anna', cancelling('anna')],
      ['bob', hangingUp('bob')],
    ])
      assert.deepEqual(await codeOf(one.calls.act(sub, id, deed)), [409, 'call-over']);
  });

  it('stops to ring though the broker where it was made was killed', async (t) => {
    const forward = clock(t);
    const {one, annas, bobs, other} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    await heard(bobs, 'incoming');
    await kill(one, annas);
    forward(31 * SECOND);
    await heard(bobs, 'incoming', 'declined');
    assert.equal((await other.calls.of('anna', id)).end.result, 'missed');
  });

  it('is there again for a page that comes to another broker in the middle of it', async (t) => {
    const {one, other, bobs, annas} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    await kill(other, bobs);
    const again = await one.tab('bob');
    await heard(again, 'incoming');
    assert.equal(again.events()[0].call.id, id);
    await one.calls.act('bob', id, answering(bob, again.id));
    await heard(again, 'incoming', 'answered');
    const third = await one.tab('bob');
    assert.deepEqual(third.names(), ['stream']);
    assert.equal(third.events()[0].call.status, 'connected');
    await one.calls.act('anna', id, hangingUp('anna'));
    await heard(third, 'ended');
    await heard(annas, 'incoming', 'answered', 'ended');
    assert.equal((await one.tab('bob')).events()[0].call, undefined);
  });

  for (const [what, deed, event] of [
    ['answer', answering(bob, undefined), 'answered'],
    ['end', declining('bob', 'none'), 'declined'],
  ])
    it(`is told of by another broker when the one that took its ${what} was killed at once`, async (t) => {
      const forward = clock(t);
      const {store, one, other, annas} = await scene(t);
      const {id, meeting} = await one.ring('anna', 'bob');
      await heard(annas, 'incoming');
      store.before = (method) => {
        if (['compareAndDelete', 'publish', 'schedule'].includes(method)) throw new Error('killed');
      };
      await assert.rejects(other.calls.act('bob', id, deed), /killed/);
      store.before = () => {};
      await other.close();
      forward(6 * SECOND);
      await heard(annas, 'incoming', event);
      if (event === 'declined')
        await eventually(async () => {
          assert.ok((await one.meetings.byId(meeting)).endedAt);
          assert.deepEqual(await store.due('calls-due', Infinity, 9), []);
        });
    });

  it('holds its two although the broker that took its answer was killed before it could say so', async (t) => {
    const forward = clock(t);
    const real = performance.now.bind(performance);
    let later = 0;
    t.mock.method(performance, 'now', () => real() + later);
    const {store, one, other, annas} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    store.before = (method, key) => {
      if (method === 'schedule' || (method === 'compareAndSet' && key.startsWith('call-of:')))
        throw new Error('killed');
    };
    await assert.rejects(other.calls.act('bob', id, answering(bob, undefined)), /killed/);
    store.before = () => {};
    await other.close();
    forward(6 * SECOND);
    await heard(annas, 'incoming', 'answered');
    // Longer than a call that rings holds anybody.
    later = 60 * SECOND;
    for (const sub of ['anna', 'bob']) assert.equal((await one.calls.current(sub))?.id, id);
  });

  it('ends two minutes after its answer if nobody has come, or could come', async (t) => {
    const forward = clock(t);
    const {store, one, other, roster, annas, bobs} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    await one.calls.act('bob', id, answering(bob, undefined));
    await one.tab('dora');
    const goesOn = await one.ring('carl', 'dora');
    await one.calls.act('dora', goesOn.id, answering({sub: 'dora'}, undefined));
    roster.see(goesOn.meeting, 'carl');
    annas.leave();
    forward(130 * SECOND);
    // Bob's page is open: he may be about to come. It was looked at: the next look is in the future.
    await eventually(async () => assert.deepEqual(await store.due('calls-due', Date.now(), 9), []));
    assert.equal((await one.calls.of('anna', id)).end, undefined);
    bobs.leave();
    forward(61 * SECOND);
    await eventually(async () => assert.ok((await other.calls.of('anna', id)).end));
    assert.equal((await one.calls.of('carl', goesOn.id)).end, undefined);
  });

  it('keeps its two from other calls for as long as it lasts, once it was answered', async (t) => {
    const real = performance.now.bind(performance);
    let later = 0;
    t.mock.method(performance, 'now', () => real() + later);
    const {one} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    await one.calls.act('bob', id, answering(bob, undefined));
    later = 3_600 * SECOND;
    for (const sub of ['anna', 'bob']) assert.equal((await one.calls.current(sub))?.id, id);
  });

  it('is told of when news were lost between brokers', async (t) => {
    const {store, one, annas, bobs} = await scene(t);
    store.publish = async () => {};
    const {id} = await one.ring('anna', 'bob');
    assert.deepEqual(bobs.names(), ['stream']);
    const again = () => store.again();
    await store.deleteGroup('call-online:bob');
    again();
    await eventually(async () => assert.equal((await store.entries('call-online:bob')).size, 1));
    await heard(bobs, 'incoming');
    await one.calls.act('bob', id, declining('bob', 'error'));
    again();
    await heard(annas, 'incoming', 'declined');
    await heard(bobs, 'incoming', 'declined');
  });
});

describe('who is online', () => {
  const times = {goneAfter: 150, every: 20};
  const presenceAt = (t, store, more) => {
    const presence = new Presence({store, log: noLog, times: {...times, ...more}});
    presence.start();
    t.after(() => presence.close());
    return presence;
  };

  it('is whoever is at a broker that is alive', async (t) => {
    const store = new MemoryStore();
    const [one, other] = [presenceAt(t, store), presenceAt(t, store)];
    await one.come('bob');
    await eventually(async () => assert.ok(await other.isOnline('bob')));
    await one.go('bob');
    assert.ok(!(await other.isOnline('bob')));
    assert.ok(!(await one.isOnline('bob')));
  });

  it('is who always has a page open, for longer than anything is kept', async (t) => {
    const store = new MemoryStore();
    const one = presenceAt(t, store, {life: 400});
    const other = presenceAt(t, store);
    await one.come('bob');
    let written = 0;
    store.before = (method, group) => {
      if (method === 'put' && group === 'call-online:bob') written++;
    };
    await eventually(() => assert.ok(written >= 3));
    await eventually(async () => assert.ok(await other.isOnline('bob')));
    await one.go('bob');
    assert.ok(!(await other.isOnline('bob')));
  });

  it('is not who was at a broker that was killed', async (t) => {
    const store = new MemoryStore();
    const [one, other] = [presenceAt(t, store), presenceAt(t, store)];
    await one.come('bob');
    await eventually(async () => assert.ok(await other.isOnline('bob')));
    // Its farewell does not arrive, as of one that is killed.
    store.before = (method) => {
      if (method === 'remove') throw new Error('killed');
    };
    await one.close();
    store.before = () => {};
    assert.ok(await other.isOnline('bob'));
    await eventually(async () => assert.ok(!(await other.isOnline('bob'))));
  });

  it('is who comes and goes and comes, whatever the store does at first', async (t) => {
    const store = new MemoryStore();
    const [one, other] = [presenceAt(t, store), presenceAt(t, store)];
    store.before = (method, group) => {
      if (group.startsWith('call-online')) throw new Error('away');
    };
    await Promise.all([one.come('bob'), one.go('bob'), one.come('bob')]);
    store.before = () => {};
    await eventually(async () => assert.ok(await other.isOnline('bob')));
    await store.deleteGroup('call-online:bob');
    assert.ok(!(await other.isOnline('bob')));
    await one.renew();
    assert.ok(await other.isOnline('bob'));
  });

  it('is not who went while the store was away, or while all were written anew', async (t) => {
    const store = new MemoryStore();
    const [one, other] = [presenceAt(t, store), presenceAt(t, store)];
    const isOnline = async () => (await store.entries('call-online:bob')).size === 1;
    await one.come('bob');
    assert.ok(await isOnline());
    store.before = (method, group) => {
      if (method === 'remove' && group.startsWith('call-online')) throw new Error('away');
    };
    await one.go('bob');
    assert.ok(await isOnline());
    assert.ok(!(await one.isOnline('bob')));
    store.before = () => {};
    await eventually(async () => assert.ok(!(await isOnline())));
    await one.come('bob');
    await Promise.all([one.renew(), one.go('bob')]);
    assert.ok(!(await isOnline()));
    assert.ok(!(await other.isOnline('bob')));
  });
});
