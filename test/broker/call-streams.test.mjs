import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {SignOuts} from '../../broker/dist/sessions/sign-outs.js';
import {declining} from '../../broker/dist/calls/call-deeds.js';
import {CallStream, HEARTBEAT, MOST_UNREAD} from '../../broker/dist/calls/call-stream.js';
import {MOST_STREAMS} from '../../broker/dist/calls/call-streams.js';
import {eventsSince} from '../../broker/dist/calls/call-view.js';
import {proofEnd} from '../../broker/dist/calls/proof-end.js';
import {eventually} from '../support/eventually.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {callsAt, eventsIn, fakeResponse} from './support/calls.mjs';

const HOUR = 3_600_000;

/** A call that Anna makes to Bob. */
const rings = {
  ...{id: 'c', meeting: 'm', alias: 'a', callType: 'video', record: 'none'},
  ...{caller: {sub: 'anna'}, callee: {sub: 'bob'}, createdAt: 1, expiresAt: 2},
};

describe('a call stream', () => {
  it('says first who it is, in a way that no proxy holds back', async (t) => {
    const one = callsAt(t, new MemoryStore());
    const tab = await one.tab('anna');
    assert.deepEqual(tab.events(), [{event: 'stream', id: tab.id}]);
    assert.match(tab.response.text, /^retry: \d+\n/);
    const {status, headers} = tab.response;
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/event-stream; charset=utf-8');
    assert.equal(headers['cache-control'], 'no-store, no-transform');
    assert.equal(headers['x-accel-buffering'], 'no');
  });

  it('says something when nothing has happened for 20 seconds, and not sooner', async (t) => {
    let now = 0;
    const real = performance.now.bind(performance);
    const before = real();
    t.mock.method(performance, 'now', () => real() + now);
    const one = callsAt(t, new MemoryStore());
    const tab = await one.tab('anna');
    const other = await one.tab('bob');
    const beats = (each) => each.response.text.split('\n\n').filter((part) => part === ':').length;
    now = HEARTBEAT - 3_000 - (real() - before);
    await one.tab('carl');
    assert.equal(beats(tab), 0);
    now = HEARTBEAT + 1_000;
    await eventually(() => assert.deepEqual([beats(tab), beats(other)], [1, 1]));
    assert.ok(HEARTBEAT >= 15_000 && HEARTBEAT <= 25_000);
  });

  it('is cut off when its page does not read, and the others of that user are not', async (t) => {
    const one = callsAt(t, new MemoryStore());
    const slow = await one.tab('bob');
    const quick = await one.tab('bob');
    await one.tab('anna');
    slow.response.reads = false;
    let calls = 0;
    while (!slow.response.destroyed) {
      const {id} = await one.ring('anna', 'bob');
      await one.calls.act('bob', id, declining('bob', 'none'));
      assert.ok(++calls < 1_000);
    }
    assert.ok(slow.response.writableLength > MOST_UNREAD);
    assert.ok(slow.response.writableLength < 2 * MOST_UNREAD);
    await eventually(() => assert.equal(quick.names().length, 1 + 2 * calls));
    assert.ok(!quick.response.destroyed);
  });

  it('is one of 50 of a user at a broker: the next one takes the place of the oldest', async (t) => {
    const one = callsAt(t, new MemoryStore());
    const tabs = [];
    for (let index = 0; index <= MOST_STREAMS; index++) tabs.push(await one.tab('anna'));
    const other = await one.tab('bob');
    const [oldest, ...rest] = tabs;
    assert.deepEqual(oldest.last(), {event: 'over', reason: 'too-many'});
    assert.ok(oldest.response.writableEnded);
    for (const tab of [...rest, other]) assert.ok(!tab.response.writableEnded);
    assert.equal(one.streams.size, MOST_STREAMS + 1);
  });

  it('ends with the proof of sign-in', async (t) => {
    const one = callsAt(t, new MemoryStore());
    const until = Date.now() + 200;
    const short = await one.tab('anna', {until});
    const long = await one.tab('anna');
    await eventually(() => assert.deepEqual(short.last(), {event: 'over', reason: 'expired'}));
    assert.ok(Date.now() >= until);
    assert.ok(!long.response.writableEnded);
  });

  it('ends at all brokers when its user signs out, and no other’s', async (t) => {
    const store = new MemoryStore();
    const [one, other] = [callsAt(t, store), callsAt(t, store)];
    const tabs = [await one.tab('anna'), await other.tab('anna')];
    const bobs = await other.tab('bob');
    await one.tellGone('anna', 'signed-out');
    for (const tab of tabs)
      await eventually(() => assert.deepEqual(tab.last(), {event: 'over', reason: 'signed-out'}));
    assert.ok(!bobs.response.writableEnded);
  });

  it('ends when news of that were lost, and others come again', async (t) => {
    const store = new MemoryStore();
    const heard = [];
    const listen = store.listen.bind(store);
    store.listen = (channel, listener) => {
      heard.push(listener);
      return listen(channel, listener);
    };
    await new SignOuts(store).note('anna');
    const one = callsAt(t, store);
    const tabs = [await one.tab('anna'), await one.tab('bob')];
    await new SignOuts(store).note('anna');
    const young = await one.tab('anna');
    for (const listener of heard) listener.again?.();
    await eventually(() => assert.deepEqual(tabs[0].last(), {event: 'over', reason: 'signed-out'}));
    assert.ok(!tabs[1].response.writableEnded);
    assert.ok(!young.response.writableEnded, 'it was opened after the sign-out');
  });

  for (const reason of ['user_deleted', 'user_disabled'])
    it(`is told ${reason} before it ends`, async (t) => {
      const store = new MemoryStore();
      const [one, other] = [callsAt(t, store), callsAt(t, store)];
      const tab = await other.tab('anna');
      await one.tellGone('anna', reason);
      await eventually(() => assert.ok(tab.response.writableEnded));
      assert.deepEqual(tab.events().slice(1), [
        {event: 'force_disconnect', reason},
        {event: 'over', reason: 'disconnected'},
      ]);
    });

  it('ends when the broker drains, which takes no more then', async (t) => {
    const one = callsAt(t, new MemoryStore());
    const tab = await one.tab('anna');
    one.drain();
    assert.deepEqual(tab.last(), {event: 'over', reason: 'closing'});
    assert.ok(one.streams.isDraining);
    const late = await one.tab('anna');
    assert.ok(late.response.destroyed);
    assert.equal(one.streams.size, 1);
  });

  it('leaves nothing behind that says who is there, where it cannot be opened', async (t) => {
    const store = new MemoryStore();
    const one = callsAt(t, store);
    store.before = (method, key) => {
      if (method === 'get' && key === 'call-of:anna') throw new Error('away');
    };
    await assert.rejects(one.tab('anna'), /away/);
    assert.equal(one.streams.size, 0);
    await eventually(async () => assert.equal((await store.entries('call-online:anna')).size, 0));
  });

  it('loses no ring that comes while it is opened', async (t) => {
    const store = new MemoryStore();
    const one = callsAt(t, store);
    const bobs = await one.tab('bob');
    let rung;
    store.before = async (method, key) => {
      if (method !== 'get' || key !== 'call-of:anna' || rung) return;
      rung = one.ring('bob', 'anna');
      await rung;
      // Told, but not to be seen in the store by who reads now.
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const annas = await one.tab('anna');
    await eventually(() => assert.deepEqual(annas.names(), ['stream', 'incoming']));
    assert.deepEqual(bobs.names(), ['stream', 'incoming']);
  });
});

describe('the news of calls', () => {
  it('are told once and in order, however late or often they come', () => {
    const response = fakeResponse();
    const stream = new CallStream({id: 'tab', sub: 'bob', response, until: Infinity});
    const names = () => eventsIn(response.text).map(({event}) => event);
    const of = (id, createdAt) => ({...rings, id, createdAt});
    stream.tell(of('first', 1));
    stream.open(of('first', 1));
    assert.deepEqual(names(), ['stream', 'incoming']);
    const over = {...of('first', 1), end: {at: 2, result: 'cancelled', by: 'anna'}};
    for (const each of [over, of('first', 1), over]) stream.tell(each);
    assert.deepEqual(names(), ['stream', 'incoming', 'stopped']);
    stream.tell(of('second', 3));
    for (const each of [over, of('first', 1)]) stream.tell(each);
    assert.deepEqual(names(), ['stream', 'incoming', 'stopped', 'incoming']);
    stream.tell(of('before', 2));
    assert.deepEqual(names(), ['stream', 'incoming', 'stopped', 'incoming']);
  });

  it('are of the next call though it is made at a broker whose clock is behind', () => {
    const response = fakeResponse();
    const stream = new CallStream({id: 'tab', sub: 'bob', response, until: Infinity});
    const told = () => eventsIn(response.text).map(({event, call}) => [event, call?.id]);
    const end = {at: 99, result: 'cancelled', by: 'anna'};
    stream.open(undefined);
    const first = {...rings, id: 'first', createdAt: 99};
    const second = {...rings, id: 'second', createdAt: 90};
    for (const each of [first, {...first, end}, second, {...first, end}, first]) stream.tell(each);
    stream.tell({...second, end});
    for (const each of [first, second]) stream.tell(each);
    assert.deepEqual(told().slice(1), [
      ['incoming', 'first'],
      ['stopped', 'first'],
      ['incoming', 'second'],
      ['stopped', 'second'],
    ]);
  });
});

describe('the events of a call', () => {
  const answered = {...rings, answered: {at: 1, stream: 'tab'}};
  const started = {...answered, startedAt: 1};
  const ended = {...started, end: {at: 2, result: 'answered', by: 'anna'}};
  const declined = {...rings, end: {at: 2, result: 'declined', by: 'bob', reason: 'error'}};
  const anna = {sub: 'anna', id: 'hers'};
  const bob = {sub: 'bob', id: 'tab'};
  const names = (...args) => eventsSince(...args).map(({name}) => name);

  it('come in their order to who was told of less', () => {
    assert.deepEqual(names(rings, 0, bob), ['incoming']);
    assert.deepEqual(names(started, 0, bob), ['incoming', 'answered', 'started']);
    assert.deepEqual(names(ended, 1, anna), ['answered', 'started', 'ended']);
    assert.deepEqual(names(ended, 1, {sub: 'bob', id: 'other'}), ['stopped', 'started', 'ended']);
    assert.deepEqual(names({...answered, end: ended.end}, 1, anna), ['answered', 'ended']);
    assert.deepEqual(names(declined, 1, anna), ['declined']);
  });

  it('are none for who knows as much, or hears of it when it is over', () => {
    assert.deepEqual(names(rings, 1, bob), []);
    assert.deepEqual(names(answered, 3, bob), []);
    assert.deepEqual(names(ended, 4, bob), []);
    assert.deepEqual(names(declined, 0, bob), []);
  });
});

describe('until when a proof counts', () => {
  const now = 1_700_000_000_000;
  const token = (claims) =>
    ['{"alg":"HS256"}', JSON.stringify(claims), 'x']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
  const by = (claims) =>
    proofEnd({identity: {by: 'jwt'}, headers: {authorization: `Bearer ${token(claims)}`}}, now);

  it('is said by the token, for half a day at most', () => {
    assert.equal(by({exp: now / 1000 + 360}), now + 360_000);
    assert.equal(by({exp: now / 1000 + 86_400}), now + 12 * HOUR);
  });

  it('is an hour for a cookie, whatever stands beside it', () => {
    const headers = {authorization: 'Basic eDp5', cookie: 'session=1'};
    assert.equal(proofEnd({identity: {by: 'cookie'}, headers}, now), now + HOUR);
  });
});
