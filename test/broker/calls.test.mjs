import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {answering, cancelling, declining, hangingUp} from '../../broker/dist/calls/call-deeds.js';
import {eventually} from '../support/eventually.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {callsAt, codeOf, fakeRoster} from './support/calls.mjs';

const anna = {sub: 'anna', name: 'Anna'};
const bob = {sub: 'bob', name: 'Bob'};

/** Two brokers; Anna has a tab at the one, Bob two at the other and one at the first. */
const scene = async (t) => {
  const store = new MemoryStore();
  const roster = fakeRoster();
  const one = callsAt(t, store, {roster});
  const other = callsAt(t, store, {roster});
  const annas = await one.tab('anna');
  const bobs = [await other.tab('bob'), await other.tab('bob'), await one.tab('bob')];
  return {store, roster, one, other, annas, bobs, all: [annas, ...bobs]};
};

const heard = (tabs, ...names) =>
  eventually(() => {
    for (const tab of tabs) assert.deepEqual(tab.names(), ['stream', ...names], tab.id);
  });

describe('a call', () => {
  it('rings in every tab of both, at all brokers', async (t) => {
    const {one, all, annas, bobs} = await scene(t);
    const call = await one.ring('anna', 'bob', {callType: 'audio-upgradable', record: 'manual'});
    await heard(all, 'incoming');
    const {call: theirs} = bobs[0].last();
    assert.match(call.id, /^[\da-f]{32}$/);
    assert.match(theirs.creationDate, /^\d{4}-.*Z$/);
    assert.deepEqual(theirs, {
      id: call.id,
      alias: call.alias,
      direction: 'incoming',
      status: 'dialing',
      participants: ['anna', 'bob'],
      callType: 'audio-upgradable',
      record: 'manual',
      live: true,
      creationDate: theirs.creationDate,
    });
    assert.equal(annas.last().call.direction, 'outgoing');
  });

  it('makes a meeting for its two and nobody else', async (t) => {
    const {one} = await scene(t);
    const call = await one.ring('anna', 'bob', {callType: 'audio', record: 'automatic'});
    const meeting = await one.meetings.byId(call.meeting);
    assert.equal(meeting.alias, call.alias);
    assert.equal(meeting.creator, 'anna');
    assert.deepEqual(meeting.people, [{sub: 'bob', role: 'chair'}]);
    const {guests, callType, record, call: isCall} = meeting;
    assert.deepEqual([guests, callType, record, isCall], [false, 'audio', 'automatic', true]);
  });

  it('is answered in one tab: the others of that user stop, and all of the caller’s hear of it', async (t) => {
    const {one, other, annas, bobs} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    const call = await other.calls.act('bob', id, answering(bob, bobs[1].id));
    assert.equal(call.answered.stream, bobs[1].id);
    await heard([annas, bobs[1]], 'incoming', 'answered');
    await heard([bobs[0], bobs[2]], 'incoming', 'stopped');
    const {executor, call: seen} = annas.last();
    assert.equal(executor, 'bob');
    assert.deepEqual([seen.status, seen.name], ['connected', 'Bob']);
  });

  it('is answered once, however many tabs answer at once at two brokers', async (t) => {
    const {one, other, annas, bobs} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    const tries = Array.from({length: 20}, (_, index) =>
      codeOf([one, other][index % 2].calls.act('bob', id, answering(bob, `tab-${index}`))),
    );
    const codes = await Promise.all(tries);
    assert.equal(codes.filter((code) => code === 'not refused').length, 1);
    for (const code of codes)
      if (code !== 'not refused') assert.deepEqual(code, [409, 'call-answered']);
    await heard([annas], 'incoming', 'answered');
    await heard(bobs, 'incoming', 'stopped');
  });

  it('gives the same answer to the tab that answers again', async (t) => {
    const {one, other, annas, bobs} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    const deed = answering(bob, bobs[0].id);
    const first = await one.calls.act('bob', id, deed);
    assert.deepEqual(await other.calls.act('bob', id, deed), first);
    await heard([annas], 'incoming', 'answered');
  });

  it('is answered once by tabs that do not say which they are', async (t) => {
    const {one, other} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    const answers = await Promise.all(
      [one, other, one].map(({calls}) => codeOf(calls.act('bob', id, answering(bob, undefined)))),
    );
    assert.deepEqual(answers.map(String).sort(), [
      ...['409,call-answered', '409,call-answered', 'not refused'],
    ]);
  });

  it('is declined with a reason, which both hear', async (t) => {
    const {one, other, all} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    await other.calls.act('bob', id, declining('bob', 'do_not_disturb'));
    await heard(all, 'incoming', 'declined');
    for (const tab of all) {
      const {executor, reason, call} = tab.last();
      assert.deepEqual([executor, reason], ['bob', 'do_not_disturb']);
      assert.deepEqual([call.status, call.result], ['ended', 'declined']);
    }
    const again = await one.calls.act('bob', id, declining('bob', 'none'));
    assert.equal(again.end.reason, 'do_not_disturb');
  });

  it('is cancelled by who calls', async (t) => {
    const {one, all} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    await one.calls.act('anna', id, cancelling('anna'));
    await heard(all, 'incoming', 'stopped');
    assert.equal(all[1].last().executor, 'anna');
    assert.equal((await one.calls.act('anna', id, cancelling('anna'))).end.result, 'cancelled');
  });

  it('starts once both were seen in its meeting, whichever broker hears of it', async (t) => {
    const {one, other, roster, annas, bobs} = await scene(t);
    const {id, meeting} = await one.ring('anna', 'bob');
    roster.see(meeting, 'anna');
    await other.tellChanged(meeting);
    await one.calls.act('bob', id, answering(bob, bobs[0].id));
    await other.tellChanged(meeting);
    assert.equal((await one.calls.of('anna', id)).startedAt, undefined);
    roster.see(meeting, 'bob');
    await Promise.all([one.tellChanged(meeting), other.tellChanged(meeting)]);
    await heard([annas, bobs[0]], 'incoming', 'answered', 'started');
    await heard([bobs[1]], 'incoming', 'stopped', 'started');
    assert.equal(annas.last().executor, undefined);
    await one.tellChanged('of another meeting');
  });

  for (const [who, name] of [
    ['anna', 'who called'],
    ['bob', 'who was called'],
  ])
    it(`ends for both when ${name} hangs up, and its meeting with it`, async (t) => {
      const {one, other, annas, bobs} = await scene(t);
      const {id, meeting} = await one.ring('anna', 'bob');
      await one.calls.act('bob', id, answering(bob, undefined));
      await other.calls.act(who, id, hangingUp(who));
      await heard([annas, ...bobs], 'incoming', 'answered', 'ended');
      assert.equal(annas.last().executor, who);
      assert.equal((await one.meetings.byId(meeting)).endedBy, 'ended');
      await one.calls.act(who, id, hangingUp(who));
      const second = who === 'anna' ? 'bob' : 'anna';
      assert.deepEqual(await codeOf(one.calls.act(second, id, hangingUp(second))), [
        409,
        'call-over',
      ]);
    });

  it('ends when its meeting does, by nobody', async (t) => {
    const {one, other, all} = await scene(t);
    const {id, meeting} = await one.ring('anna', 'bob');
    await one.calls.act('bob', id, answering(bob, undefined));
    await other.meetings.end(meeting, 'everyone-left');
    await heard(all, 'incoming', 'answered', 'ended');
    assert.equal(all[0].last().executor, undefined);
    assert.equal((await one.calls.of('bob', id)).end.result, 'answered');
    assert.equal(await one.calls.current('anna'), undefined);
  });

  it('stops to ring when its meeting is ended before it is answered', async (t) => {
    const {one, all} = await scene(t);
    const {id, meeting} = await one.ring('anna', 'bob');
    await one.meetings.end(meeting, 'ended');
    await heard(all, 'incoming', 'stopped');
    assert.equal((await one.calls.of('bob', id)).end.result, 'failed');
  });

  it('takes hanging up while it rings as to cancel, or to decline', async (t) => {
    const {one, annas} = await scene(t);
    const first = await one.ring('anna', 'bob');
    await one.calls.act('anna', first.id, hangingUp('anna'));
    assert.equal((await one.calls.of('bob', first.id)).end.result, 'cancelled');
    const second = await one.ring('anna', 'bob');
    await one.calls.act('bob', second.id, hangingUp('bob'));
    await eventually(() => assert.equal(annas.last().reason, 'none'));
  });

  it('tells who comes too late what it is', async (t) => {
    const {one} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    const code = (sub, deed) => codeOf(one.calls.act(sub, id, deed));
    assert.deepEqual(await code('anna', answering(anna, 'x')), [403, 'call-not-allowed']);
    assert.deepEqual(await code('anna', declining('anna', 'none')), [403, 'call-not-allowed']);
    assert.deepEqual(await code('bob', cancelling('bob')), [403, 'call-not-allowed']);
    await one.calls.act('bob', id, answering(bob, 'x'));
    assert.deepEqual(await code('anna', cancelling('anna')), [409, 'call-answered']);
    assert.deepEqual(await code('bob', declining('bob', 'none')), [409, 'call-answered']);
    assert.deepEqual(await code('bob', answering(bob, undefined)), [409, 'call-answered']);
    await one.calls.act('anna', id, hangingUp('anna'));
    for (const [sub, deed] of [
      ['bob', answering(bob, 'x')],
      ['bob', declining('bob', 'none')],
      ['anna', cancelling('anna')],
      ['bob', hangingUp('bob')],
    ])
      assert.deepEqual(await code(sub, deed), [409, 'call-over']);
  });

  it('is unknown to others, as one that is not there', async (t) => {
    const {one} = await scene(t);
    const {id} = await one.ring('anna', 'bob');
    const unknown = [404, 'not-found'];
    for (const deed of [answering({sub: 'eve'}, 'x'), hangingUp('eve'), cancelling('eve')])
      assert.deepEqual(await codeOf(one.calls.act('eve', id, deed)), unknown);
    for (const guess of ['', 'x', '0'.repeat(32), id.toUpperCase(), `${id} `, '../call'])
      assert.deepEqual(await codeOf(one.calls.of('anna', guess)), unknown, guess);
  });
});

describe('who can be called', () => {
  it('has a tab open at some broker', async (t) => {
    const store = new MemoryStore();
    const one = callsAt(t, store, {people: ['bob', 'carl']});
    const other = callsAt(t, store);
    assert.deepEqual(await codeOf(one.ring('anna', 'bob')), [409, 'user-offline']);
    const tab = await other.tab('bob');
    const {id} = await one.ring('anna', 'bob');
    await one.calls.act('anna', id, cancelling('anna'));
    tab.leave();
    await eventually(async () =>
      assert.deepEqual(await codeOf(one.ring('anna', 'bob')), [409, 'user-offline']),
    );
    for (const nobody of ['Bob', 'nobody', 'admin'])
      assert.deepEqual(await codeOf(one.ring('anna', nobody)), [404, 'user-not-found'], nobody);
  });

  it('is in no other call, nor is the one who calls', async (t) => {
    const {one, other} = await scene(t);
    await other.tab('carl');
    const {id} = await one.ring('anna', 'bob');
    assert.deepEqual(await codeOf(other.ring('carl', 'bob')), [409, 'user-busy']);
    assert.deepEqual(await codeOf(other.ring('anna', 'carl')), [409, 'call-in-progress']);
    assert.deepEqual(await codeOf(one.ring('bob', 'carl')), [409, 'call-in-progress']);
    assert.equal(await one.calls.current('carl'), undefined);
    await one.calls.act('bob', id, declining('bob', 'none'));
    await other.ring('carl', 'bob');
  });

  it('is in one call when two call each other at the same moment', async (t) => {
    const {one, other} = await scene(t);
    const codes = await Promise.all([
      codeOf(one.ring('anna', 'bob')),
      codeOf(other.ring('bob', 'anna')),
    ]);
    assert.equal(codes.filter((code) => code === 'not refused').length, 1, codes.join());
    const [annas, bobs] = await Promise.all(['anna', 'bob'].map((sub) => one.calls.current(sub)));
    assert.equal(annas.id, bobs.id);
  });

  it('is in one call when many call him at once', async (t) => {
    const {one, other, bobs} = await scene(t);
    const codes = await Promise.all(
      Array.from({length: 20}, (_, index) =>
        codeOf([one, other][index % 2].ring(`caller-${index}`, 'bob')),
      ),
    );
    assert.equal(codes.filter((code) => code === 'not refused').length, 1);
    await heard(bobs, 'incoming');
  });

  it('can be called again after a call that could not be made', async (t) => {
    const {one, store} = await scene(t);
    store.before = (method, key) => {
      if (method === 'publish' && key === 'calls') throw new Error('away');
    };
    await assert.rejects(one.ring('anna', 'bob'), /away/);
    store.before = () => {};
    await one.ring('anna', 'bob');
  });
});

describe('what is kept of calls', () => {
  it('tells nothing of who called whom, and of no alias of a meeting', async (t) => {
    const {one, store, bobs} = await scene(t);
    const said = [];
    store.before = (...call) => void said.push(call.map(String).join(' '));
    const {id, alias, meeting} = await one.ring('anna', 'bob');
    await one.calls.act('bob', id, answering(bob, bobs[0].id));
    await one.calls.act('bob', id, hangingUp('bob'));
    assert.ok(said.length > 20);
    for (const line of said) {
      assert.ok(!line.includes(alias), line);
      assert.ok(!(line.includes('anna') && line.includes('bob')), line);
    }
    assert.ok(said.some((line) => line.includes(meeting)));
  });
});
