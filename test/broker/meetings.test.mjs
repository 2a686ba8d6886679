import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {isAlias} from '../../broker/dist/meetings/meeting-aliases.js';
import {roleOf} from '../../broker/dist/meetings/meeting.js';
import {MemoryStore} from '../support/memory-store.mjs';
import {clockOf, DAY, HOUR, meetingsOf, PLAN} from '../support/meetings-bench.mjs';

const ALICE = {sub: 'alice', by: 'jwt'};

describe('a meeting that is made', () => {
  it('is found by its alias and by its id', async (t) => {
    const {meetings} = meetingsOf(t);
    const meeting = await meetings.create(ALICE, PLAN);
    assert.ok(isAlias(meeting.alias));
    assert.deepEqual(await meetings.find(meeting.alias), meeting);
    assert.deepEqual(await meetings.byId(meeting.id), meeting);
    assert.equal(await meetings.find('0'.repeat(32)), undefined);
  });

  it('has a PIN for hosts, and none for guests', async (t) => {
    const {alias, hostPin, guestPin, numeric} = await meetingsOf(t).meetings.create(ALICE, PLAN);
    assert.match(alias, /^[\da-f]{32}$/);
    assert.match(hostPin, /^\d{6}$/);
    assert.deepEqual([guestPin, numeric], [undefined, undefined]);
  });

  it('has two PINs where its alias has digits only', async (t) => {
    const {meetings} = meetingsOf(t);
    const {alias, hostPin, guestPin} = await meetings.create(ALICE, {...PLAN, numeric: true});
    assert.match(alias, /^[1-9]\d{9}$/);
    for (const pin of [hostPin, guestPin]) assert.match(pin, /^\d{6}$/);
    assert.notEqual(hostPin, guestPin);
  });

  it('has whoever made it as host, whatever he named himself', async (t) => {
    const {meetings} = meetingsOf(t);
    const people = [
      {sub: 'alice', role: 'guest'},
      {sub: 'bob', role: 'guest'},
      {sub: 'carol', role: 'chair'},
    ];
    const meeting = await meetings.create(ALICE, {...PLAN, people});
    assert.deepEqual(meeting.people, people.slice(1));
    const roles = ['alice', 'bob', 'carol', 'Alice', ''].map((sub) => roleOf(meeting, sub));
    assert.deepEqual(roles, ['chair', 'guest', 'chair', undefined, undefined]);
  });

  it('is over a day later at the latest, or a day after its planned end', async (t) => {
    const {meetings} = meetingsOf(t);
    const instant = await meetings.create(ALICE, PLAN);
    assert.equal(instant.expiresAt - instant.createdAt, DAY);
    const times = {startsAt: Date.now() + DAY, endsAt: Date.now() + DAY + HOUR};
    const scheduled = await meetings.create(ALICE, {...PLAN, ...times});
    assert.equal(scheduled.expiresAt, times.endsAt + DAY);
  });

  it('is told to the audit log without its alias', async (t) => {
    const {meetings, audit} = meetingsOf(t);
    const {id, alias} = await meetings.create(ALICE, PLAN);
    assert.deepEqual(audit.events, [{what: 'meeting-made', alias: 'alice', detail: {meeting: id}}]);
    assert.ok(!id.includes(alias));
  });

  it('gets another alias where the first is taken', async (t) => {
    const {meetings, store} = meetingsOf(t);
    let taken = 2;
    const {setIfAbsent} = store;
    store.setIfAbsent = (...call) => (taken-- > 0 ? false : setIfAbsent.apply(store, call));
    const {alias} = await meetings.create(ALICE, {...PLAN, numeric: true});
    assert.ok(await meetings.find(alias));
    assert.equal(taken, -1);
  });

  it('has its end planned before it is there, should the broker be killed', async (t) => {
    const {meetings, store} = meetingsOf(t);
    const order = [];
    store.before = (method) => void order.push(method);
    await meetings.create(ALICE, PLAN);
    assert.ok(order.indexOf('schedule') < order.indexOf('setIfAbsent'), order.join());
  });
});

describe('the meetings of a person', () => {
  it('are those he made and those that name him, the newest first', async (t) => {
    const clock = clockOf(t);
    const {meetings} = meetingsOf(t);
    const made = [];
    for (const [sub, people] of [
      ['alice', []],
      ['bob', [{sub: 'alice', role: 'guest'}]],
      ['bob', []],
      ['alice', [{sub: 'bob', role: 'guest'}]],
    ]) {
      made.unshift(await meetings.create({sub}, {...PLAN, people}));
      clock.forward(1_000);
    }
    assert.deepEqual(await meetings.ofPerson('alice', 100), [made[0], made[2], made[3]]);
    assert.deepEqual(await meetings.ofPerson('alice', 2), [made[0], made[2]]);
    assert.deepEqual(await meetings.ofPerson('carol', 100), []);
  });

  it('are looked through until there are enough that fit', async (t) => {
    const clock = clockOf(t);
    const {meetings} = meetingsOf(t);
    for (let number = 0; number < 230; number++) {
      await meetings.create(ALICE, {...PLAN, title: String(number)});
      clock.forward(1);
    }
    const fits = async ({title}) => Number(title) < 20;
    const found = await meetings.ofPerson('alice', 10, fits);
    assert.deepEqual(
      found.map(({title}) => Number(title)),
      [19, 18, 17, 16, 15, 14, 13, 12, 11, 10],
    );
  });

  it('are about a thousand of either kind at most, so that nobody hides or weighs down those of another', async (t) => {
    const {meetings, store} = meetingsOf(t);
    const own = await meetings.create(ALICE, PLAN);
    const people = [{sub: 'alice', role: 'guest'}];
    for (let left = 1_600; left > 0; left -= 100)
      await Promise.all(
        Array.from({length: 100}, () => meetings.create({sub: 'mallory'}, {...PLAN, people})),
      );
    assert.deepEqual([...(await store.entries('meetings-by:alice')).keys()], [own.id]);
    for (const list of ['meetings-naming:alice', 'meetings-by:mallory']) {
      const {size} = await store.entries(list);
      assert.ok(size >= 1_000 && size <= 1_250, `${list}: ${size}`);
    }
    const fits = ({creator}) => creator === 'alice';
    assert.deepEqual(await meetings.ofPerson('alice', 100, fits), [own]);
  });

  it('are in the list as soon as they are made, also where a killed broker forgets what it held', async (t) => {
    const store = new MemoryStore();
    store.forgets = 500;
    store.hold = async () => {};
    const {meetings} = meetingsOf(t, {store});
    const made = await meetings.create(ALICE, PLAN);
    assert.deepEqual(await meetings.ofPerson('alice', 100), [made]);
  });
});
