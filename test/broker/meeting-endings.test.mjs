import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {eventually} from '../support/eventually.mjs';
import {MemoryStore, storeGone} from '../support/memory-store.mjs';
import {clockOf, DAY, FakeRoster, HOUR, meetingsOf, PLAN} from '../support/meetings-bench.mjs';

const ALICE = {sub: 'alice', by: 'jwt'};
const ENDINGS = 'meeting-endings';
const GRACE = 60_000;

/** Two brokers with one store, that hear the same of Pexip Infinity. */
const twoBrokers = (t, options = {}) => {
  const shared = {store: new MemoryStore(), roster: new FakeRoster(), grace: GRACE, ...options};
  return [meetingsOf(t, shared), meetingsOf(t, shared)];
};

const endedBy = async ({meetings}, {alias}, by) => {
  await eventually(async () => assert.equal((await meetings.find(alias)).endedBy, by));
};

/** Whether a meeting is to be looked at, now or later. */
const isPlanned = async (store, id) =>
  (await store.due(ENDINGS, Date.now() + 500 * DAY, 1_000)).includes(id);

describe('the end of a meeting', () => {
  it('is for good, by whoever was first', async (t) => {
    const {meetings, audit} = meetingsOf(t);
    const {id, alias} = await meetings.create(ALICE, PLAN);
    const first = await meetings.end(id, 'ended', 'bob');
    assert.equal(first.endedBy, 'ended');
    assert.ok(Math.abs(first.endedAt - Date.now()) < 60_000);
    assert.deepEqual(await meetings.end(id, 'expired'), first);
    assert.deepEqual(await meetings.find(alias), first);
    assert.deepEqual(audit.events.slice(1), [
      {what: 'meeting-ended', alias: 'bob', detail: {meeting: id, reason: 'ended'}},
    ]);
  });

  it('comes once, however many brokers end it at the same moment', async (t) => {
    const brokers = twoBrokers(t);
    const {id} = await brokers[0].meetings.create(ALICE, PLAN);
    const told = [];
    for (const {meetings} of brokers) meetings.atEnd(async (meeting) => void told.push(meeting.id));
    const all = await Promise.all(
      Array.from({length: 20}, (_, at) => brokers[at % 2].meetings.end(id, 'ended')),
    );
    for (const each of all) assert.deepEqual(each, all[0]);
    assert.deepEqual(told, [id]);
    const noted = brokers.flatMap(({audit}) => audit.events);
    assert.equal(noted.filter(({what}) => what === 'meeting-ended').length, 1);
  });

  it('of an unknown one is none', async (t) => {
    const {meetings, store} = meetingsOf(t);
    assert.equal(await meetings.end('unknown', 'ended'), undefined);
    assert.equal(await isPlanned(store, 'unknown'), false);
  });

  it('leaves nothing planned', async (t) => {
    const {meetings, store} = meetingsOf(t);
    const {id} = await meetings.create(ALICE, PLAN);
    assert.equal(await isPlanned(store, id), true);
    for (let times = 0; times < 2; times++) {
      await meetings.end(id, 'ended');
      assert.equal(await isPlanned(store, id), false);
    }
  });

  it('is heard by all who listen, and again by all while one of them fails', async (t) => {
    const clock = clockOf(t);
    const {meetings, store, log} = meetingsOf(t);
    const {id} = await meetings.create(ALICE, PLAN);
    const told = [];
    let failures = 2;
    meetings.atEnd(async () => {
      if (failures-- > 0) throw new Error('away');
    });
    meetings.atEnd(async (meeting) => void told.push(meeting.endedBy));
    assert.equal((await meetings.end(id, 'ended')).endedBy, 'ended');
    assert.deepEqual(told, ['ended']);
    assert.equal(log.entries.length, 1);
    meetings.start();
    // Its patience goes by the same clock.
    const patience = 30 * DAY;
    await eventually(async () => {
      clock.forward(1_000);
      assert.equal(await isPlanned(store, id), false);
    }, patience);
    assert.equal(failures, -1);
    assert.deepEqual(told, ['ended', 'ended', 'ended']);
    assert.doesNotMatch(JSON.stringify(log.entries), new RegExp((await meetings.byId(id)).alias));
  });

  it('is heard from another broker where the one that ended it was killed', async (t) => {
    const [killed, other] = twoBrokers(t);
    const {id} = await killed.meetings.create(ALICE, PLAN);
    killed.meetings.atEnd(() => new Promise(() => {}));
    void killed.meetings.end(id, 'ended');
    const told = [];
    other.meetings.atEnd(async (meeting) => void told.push(meeting.id));
    await eventually(async () => assert.ok((await other.meetings.byId(id)).endedAt));
    other.meetings.start();
    await eventually(() => assert.deepEqual(told, [id]));
    await eventually(async () => assert.equal(await isPlanned(other.store, id), false));
  });

  it('comes by another broker where the one that was to end it was killed before', async (t) => {
    const [killed, other] = twoBrokers(t);
    const meeting = await killed.meetings.create(ALICE, PLAN);
    killed.store.before = (method) => method === 'compareAndSet' && new Promise(() => {});
    void killed.meetings.end(meeting.id, 'ended');
    await eventually(async () =>
      assert.ok((await other.store.due(ENDINGS, Date.now(), 1)).includes(meeting.id)),
    );
    killed.store.before = () => {};
    // Nobody is in it, and nobody ever was: the page asks again, or it expires.
    other.meetings.start();
    await eventually(async () =>
      assert.ok(!(await other.store.due(ENDINGS, Date.now(), 1)).includes(meeting.id)),
    );
    assert.equal((await other.meetings.end(meeting.id, 'ended')).endedBy, 'ended');
  });
});

describe('a meeting that nobody ends', () => {
  it('is over when everybody has left and nobody has come back', async (t) => {
    const clock = clockOf(t);
    const [one, other] = twoBrokers(t);
    const meeting = await one.meetings.create(ALICE, PLAN);
    one.roster.empty.set(meeting.id, Date.now());
    await one.meetings.review(meeting.id);
    for (const {meetings} of [one, other]) meetings.start();
    assert.equal((await one.meetings.find(meeting.alias)).endedAt, undefined);
    clock.forward(GRACE);
    await endedBy(one, meeting, 'everyone-left');
    const noted = [one, other].flatMap(({audit}) => audit.events);
    assert.deepEqual(noted.slice(1), [
      {
        what: 'meeting-ended',
        alias: 'alice',
        detail: {meeting: meeting.id, reason: 'everyone-left'},
      },
    ]);
  });

  it('goes on where somebody came back within that time', async (t) => {
    const clock = clockOf(t);
    const {meetings, roster, store} = meetingsOf(t, {grace: GRACE});
    const {id} = await meetings.create(ALICE, PLAN);
    roster.empty.set(id, Date.now());
    await meetings.review(id);
    // Nobody told that somebody is there again.
    roster.empty.delete(id);
    clock.forward(GRACE + 1);
    meetings.start();
    await eventually(async () =>
      assert.deepEqual(await store.due(ENDINGS, Date.now() + GRACE, 1), []),
    );
    assert.equal((await meetings.byId(id)).endedAt, undefined);
    assert.equal(await isPlanned(store, id), true);
  });

  it('goes on until its planned end, empty or not', async (t) => {
    const clock = clockOf(t);
    const broker = meetingsOf(t, {grace: GRACE});
    const {meetings, roster, store} = broker;
    const times = {startsAt: Date.now(), endsAt: Date.now() + HOUR};
    const meeting = await meetings.create(ALICE, {...PLAN, ...times});
    roster.empty.set(meeting.id, Date.now());
    await meetings.review(meeting.id);
    assert.deepEqual(await store.due(ENDINGS, times.endsAt - 1, 1), []);
    assert.deepEqual(await store.due(ENDINGS, times.endsAt, 1), [meeting.id]);
    clock.forward(HOUR + 1);
    meetings.start();
    await endedBy(broker, meeting, 'everyone-left');
  });

  it('goes on after its planned end while somebody is in it, for a day', async (t) => {
    const clock = clockOf(t);
    const broker = meetingsOf(t);
    const times = {startsAt: Date.now(), endsAt: Date.now() + HOUR};
    const meeting = await broker.meetings.create(ALICE, {...PLAN, ...times});
    await broker.meetings.review(meeting.id);
    assert.deepEqual(await broker.store.due(ENDINGS, times.endsAt + DAY - 1, 1), []);
    clock.forward(HOUR + DAY + 1);
    broker.meetings.start();
    await endedBy(broker, meeting, 'expired');
  });

  it('expires after a day, also where nobody ever came', async (t) => {
    const clock = clockOf(t);
    const broker = meetingsOf(t);
    const meeting = await broker.meetings.create(ALICE, PLAN);
    broker.meetings.start();
    clock.forward(DAY);
    await endedBy(broker, meeting, 'expired');
  });

  it('ends however two brokers plan it at the same moment', async (t) => {
    const [slow, quick] = twoBrokers(t);
    const {roster, store} = slow;
    const {id} = await slow.meetings.create(ALICE, PLAN);
    // The slow one has seen somebody in it, and writes after everybody has left.
    let write;
    store.before = (method) =>
      method === 'schedule' && !write && new Promise((resolve) => (write = resolve));
    const planned = slow.meetings.review(id);
    await eventually(() => assert.ok(write));
    roster.empty.set(id, Date.now());
    await quick.meetings.review(id);
    write();
    await planned;
    assert.deepEqual(await store.due(ENDINGS, Date.now() + GRACE, 1), [id]);
  });

  it('is not in the way of others if it cannot be ended', async (t) => {
    const clock = clockOf(t);
    const broker = meetingsOf(t);
    const made = [];
    for (let i = 0; i < 101; i++) {
      made.push(await broker.meetings.create(ALICE, PLAN));
      clock.forward(1);
    }
    const last = made.at(-1);
    broker.meetings.atEnd(async ({id}) => {
      if (id !== last.id) throw storeGone();
    });
    clock.forward(DAY);
    broker.meetings.start();
    await eventually(async () => assert.equal(await isPlanned(broker.store, last.id), false));
  });

  it('ends later where the store was away', async (t) => {
    const clock = clockOf(t);
    const broker = meetingsOf(t);
    const meeting = await broker.meetings.create(ALICE, PLAN);
    clock.forward(DAY);
    broker.store.before = () => {
      throw storeGone();
    };
    broker.meetings.start();
    await eventually(() => assert.ok(broker.log.entries.length > 0));
    broker.store.before = () => {};
    await endedBy(broker, meeting, 'expired');
  });

  it('leaves the list where it was never made, as the broker was killed', async (t) => {
    const clock = clockOf(t);
    const [killed, other] = twoBrokers(t);
    killed.store.before = (method) => method === 'setIfAbsent' && new Promise(() => {});
    void killed.meetings.create(ALICE, PLAN);
    await eventually(async () =>
      assert.equal((await killed.store.due(ENDINGS, Date.now() + 2 * DAY, 9)).length, 1),
    );
    clock.forward(DAY + 1);
    other.meetings.start();
    await eventually(async () =>
      assert.deepEqual(await other.store.due(ENDINGS, Date.now() + 2 * DAY, 9), []),
    );
    assert.deepEqual(other.log.entries, []);
  });
});
