import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {KEPT_AFTER_END, MeetingRecords} from '../../broker/dist/meetings/meeting-records.js';
import {fakeSeal} from '../support/fake-seal.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {DAY, PLAN} from '../support/meetings-bench.mjs';

const ALIAS = '00112233445566778899aabbccddeeff';

const setup = ({store = new MemoryStore(), secret} = {}) => {
  const records = new MeetingRecords({store, seal: fakeSeal(secret)});
  const meeting = (alias = ALIAS, own = {}) => {
    const {numeric: _numeric, ...plan} = PLAN;
    const createdAt = Date.now();
    const times = {createdAt, expiresAt: createdAt + DAY};
    const id = records.idFor(alias);
    return {...plan, ...times, id, alias, creator: 'alice', hostPin: '314159', ...own};
  };
  return {store, records, meeting};
};

describe('the record of a meeting', () => {
  it('is found by its alias and by its id, as it was', async () => {
    const {records, meeting} = setup();
    const kept = meeting(ALIAS, {people: [{sub: 'bob', role: 'guest'}], room: 'r1'});
    assert.equal(await records.insert(kept), true);
    assert.deepEqual(await records.find(ALIAS), kept);
    assert.deepEqual(await records.byId(kept.id), kept);
  });

  it('is found by exactly its alias', async () => {
    const {records, meeting} = setup();
    await records.insert(meeting());
    for (const alias of [ALIAS.toUpperCase(), `${ALIAS} `, ALIAS.slice(1), `${ALIAS}@x`, '', '*'])
      assert.equal(await records.find(alias), undefined, alias);
  });

  it('is not found by the id of another meeting that had its alias', async () => {
    const {records, meeting} = setup();
    await records.insert(meeting());
    const other = records.idFor(ALIAS);
    assert.equal(await records.byId(other), undefined);
    assert.equal(await records.change(other, () => assert.fail('never asked')), undefined);
  });

  it('stays when another one comes with its alias', async () => {
    const {records, meeting} = setup();
    const first = meeting();
    assert.equal(await records.insert(first), true);
    assert.equal(await records.insert(meeting(ALIAS, {title: 'Mine'})), false);
    assert.deepEqual(await records.find(ALIAS), first);
  });

  it('is there once, whoever of many brokers inserts it at the same moment', async () => {
    const store = new MemoryStore();
    const brokers = Array.from({length: 8}, () => setup({store}));
    const inserted = await Promise.all(
      brokers.map(({records, meeting}, at) => records.insert(meeting(ALIAS, {title: String(at)}))),
    );
    assert.equal(inserted.filter(Boolean).length, 1);
    const {title} = await brokers[0].records.find(ALIAS);
    assert.equal(title, String(inserted.indexOf(true)));
  });

  it('tells who has the store’s data neither how to join nor who meets', async () => {
    const {store, records, meeting} = setup();
    let data = '';
    store.before = (...call) => void (data += JSON.stringify(call));
    const kept = meeting(ALIAS, {guestPin: '271828', people: [{sub: 'bob', role: 'guest'}]});
    await records.insert(kept);
    await records.change(kept.id, (known) => ({...known, endedAt: 1}));
    await records.find(ALIAS);
    assert.match(data, /meeting:/);
    for (const secret of [ALIAS, '314159', '271828', 'alice', 'bob', PLAN.title])
      assert.ok(!data.includes(secret), secret);
  });

  it('has an id that tells nothing of the alias, and is another one each time', () => {
    const {records} = setup();
    const ids = new Set(Array.from({length: 100}, () => records.idFor(ALIAS)));
    assert.equal(ids.size, 100);
    for (const id of ids) assert.match(id, /^[\w-]{22}[\da-f]{16}$/);
    const elsewhere = setup({secret: 'another secret of thirty-two bytes'}).records.idFor(ALIAS);
    assert.notEqual(elsewhere.slice(0, 22), [...ids][0].slice(0, 22));
  });

  it('of a broker with another secret is none', async () => {
    const store = new MemoryStore();
    const {records, meeting} = setup({store});
    await records.insert(meeting());
    const other = setup({store, secret: 'another secret of thirty-two bytes'});
    assert.equal(await other.records.find(ALIAS), undefined);
  });

  it('in the place of another is none', async () => {
    const {store, records, meeting} = setup();
    const written = [];
    store.before = (...call) => void written.push(call);
    const [first, second] = [meeting(), meeting('f'.repeat(32))];
    for (const each of [first, second]) await records.insert(each);
    const [[, place], [, , sealed]] = written;
    await store.set(place, sealed);
    assert.equal(await records.find(ALIAS), undefined);
    assert.equal(await records.byId(first.id), undefined);
    assert.deepEqual(await records.find(second.alias), second);
  });

  it('of another version is none', async () => {
    const {records, meeting} = setup();
    await records.insert(meeting(ALIAS, {people: undefined}));
    assert.equal(await records.find(ALIAS), undefined);
  });
});

describe('a change of a meeting', () => {
  it('counts each time, however many are made at the same moment', async () => {
    const store = new MemoryStore();
    const {records, meeting} = setup({store});
    const kept = meeting(ALIAS, {title: ''});
    await records.insert(kept);
    const add = (letter) => (known) => ({...known, title: known.title + letter});
    const letters = [...'abcdefghij'];
    const results = await Promise.all(
      letters.map((letter) => setup({store}).records.change(kept.id, add(letter))),
    );
    assert.ok(results.every(({changed}) => changed));
    assert.deepEqual([...(await records.find(ALIAS)).title].sort(), letters);
  });

  it('is judged by what the meeting is then', async () => {
    const {records, meeting} = setup();
    const kept = meeting();
    await records.insert(kept);
    const end = (by) =>
      records.change(kept.id, (known) =>
        known.endedAt === undefined ? {...known, endedAt: Date.now(), endedBy: by} : undefined,
      );
    const results = await Promise.all(['ended', 'expired', 'everyone-left'].map(end));
    const done = results.filter(({changed}) => changed);
    assert.equal(done.length, 1);
    for (const {meeting: then} of results) assert.deepEqual(then, done[0].meeting);
  });

  it('that is none writes nothing', async () => {
    const {store, records, meeting} = setup();
    const kept = meeting();
    await records.insert(kept);
    store.before = (method) => assert.notEqual(method, 'compareAndSet');
    assert.deepEqual(await records.change(kept.id, () => undefined), {
      meeting: kept,
      changed: false,
    });
  });

  it('has the meeting kept for 90 days after its end', async () => {
    const given = [];
    const {records, meeting} = setup({
      store: {
        setIfAbsent: async (_key, _value, ttl) => given.push(ttl) > 0,
        get: async () => sealed,
        compareAndSet: async (_key, _old, _value, ttl) => given.push(ttl) > 0,
      },
    });
    const kept = meeting();
    const sealed = fakeSeal().close('meeting', JSON.stringify(kept));
    await records.insert(kept);
    await records.change(kept.id, (known) => ({...known, endedAt: Date.now()}));
    const near = (ttl, expected) => assert.ok(Math.abs(ttl - expected) < 60_000, String(ttl));
    near(given[0], KEPT_AFTER_END + DAY);
    near(given[1], KEPT_AFTER_END);
  });
});
