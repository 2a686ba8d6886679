import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {clockOf, DAY, HOUR, PLAN, startMeetingRoutes} from '../support/meetings-bench.mjs';

const codeOf = ({status, body}) => [status, body.error?.code];
const iso = (at) => new Date(at).toISOString();
const ticketIn = (url) => new URL(url).searchParams.get('callTag');

/** Everything by which one could come in. */
const KEYS = ['joinUrl', 'hostJoinUrl', 'hostPin', 'guestPin', 'element'];
const keysIn = (info) => KEYS.filter((name) => name in info);

describe('GET /v1/meetings/<alias>', () => {
  it('tells each what is his: hosts more than guests, and each his own ticket', async (t) => {
    const {ask, make, meetings, tickets} = await startMeetingRoutes(t);
    const people = ['bob', {alias: 'carol', role: 'chair'}];
    const {alias} = await make({people, numeric: true});
    const meeting = await meetings.find(alias);
    for (const [as, role, expected] of [
      ['alice', 'chair', KEYS],
      ['carol', 'chair', KEYS],
      ['bob', 'guest', ['joinUrl', 'guestPin', 'element']],
    ]) {
      const {body, text} = await ask('GET', `/v1/meetings/${alias}`, {as});
      assert.deepEqual([body.role, keysIn(body)], [role, expected], as);
      assert.deepEqual(await tickets.read(meeting, ticketIn(body.element.url)), {sub: as, role});
      if (role === 'guest') assert.ok(!text.includes(meeting.hostPin) && !('people' in body));
    }
  });

  it('has no way into a call, which tells its two when they may come', async (t) => {
    const {ask, meetings} = await startMeetingRoutes(t);
    const plan = {...PLAN, call: true, people: [{sub: 'bob', role: 'chair'}]};
    const {alias} = await meetings.create({sub: 'alice', by: 'jwt'}, plan);
    for (const as of ['alice', 'bob']) {
      const {status, body} = await ask('GET', `/v1/meetings/${alias}`, {as});
      assert.deepEqual([status, body.role, keysIn(body)], [200, 'chair', []]);
      assert.deepEqual((await ask('GET', '/v1/meetings', {as})).body.meetings, []);
    }
  });

  it('gives a member of the parent room the meeting as guest', async (t) => {
    const {ask, make, rooms} = await startMeetingRoutes(t);
    rooms.set('r1', new Set(['alice', 'dave']));
    const {alias} = await make({room: 'r1'});
    const {status, body} = await ask('GET', `/v1/meetings/${alias}`, {as: 'dave'});
    assert.deepEqual([status, body.role], [200, 'guest']);
    assert.deepEqual(keysIn(body), ['joinUrl', 'element']);
  });

  it('has who is in it, and how many', async (t) => {
    const {ask, make, meetings, roster} = await startMeetingRoutes(t);
    const {alias} = await make();
    const {id} = await meetings.find(alias);
    const since = Date.parse('2026-01-10T11:00:00Z');
    const seen = {role: 'chair', protocol: 'WebRTC', muted: true, presenting: false, since};
    roster.live.add(id);
    roster.people.set(id, [
      {...seen, uuid: 'u1', name: 'Alice', sub: 'alice'},
      {...seen, uuid: 'u2', name: 'Room 7', role: 'guest', protocol: 'SIP', secret: 'x'},
    ]);
    const {body} = await ask('GET', `/v1/meetings/${alias}`);
    const told = {...seen, since: '2026-01-10T11:00:00.000Z'};
    assert.deepEqual(body.participants, [
      {...told, id: 'u1', name: 'Alice', alias: 'alice'},
      {...told, id: 'u2', name: 'Room 7', role: 'guest', protocol: 'SIP'},
    ]);
    assert.deepEqual([body.count, body.status], [2, 'live']);
  });

  it('lists a thousand of them, and counts all', async (t) => {
    const {ask, make, meetings, roster} = await startMeetingRoutes(t);
    const {alias} = await make();
    const {id} = await meetings.find(alias);
    const seen = {name: 'x', role: 'guest', protocol: 'SIP', muted: false, presenting: false};
    const people = Array.from({length: 10_000}, (_, at) => ({...seen, uuid: `u${at}`, since: at}));
    roster.people.set(id, people);
    const {body} = await ask('GET', `/v1/meetings/${alias}`);
    assert.deepEqual([body.count, body.participants.length], [10_000, 1_000]);
    assert.equal(body.participants.at(-1).id, 'u999');
  });

  it('is the same, byte for byte, for a meeting of others and for none', async (t) => {
    const {ask, make} = await startMeetingRoutes(t);
    const mine = await make();
    const shape = ({status, text, headers: {date: _date, ...headers}}) => ({status, text, headers});
    for (const [method, rest] of [
      ['GET', ''],
      ['POST', '/end'],
      ['POST', '/recording'],
    ]) {
      const answers = [];
      for (const alias of [mine.alias, 'f'.repeat(32), '1234567890', 'x', '..%2f', '%00'])
        answers.push(shape(await ask(method, `/v1/meetings/${alias}${rest}`, {as: 'mallory'})));
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
      assert.equal(JSON.parse(answers[0].text).error.code, 'meeting-not-found');
      assert.equal(answers[0].status, 404);
    }
    assert.equal((await ask('GET', `/v1/meetings/${mine.alias}`)).body.status, 'waiting');
  });

  it('is none of an alias that is written otherwise', async (t) => {
    const {ask, make} = await startMeetingRoutes(t);
    const {alias} = await make();
    const odd = [alias.toUpperCase(), `${alias}%20`, `sip:${alias}`, `${alias}@node`];
    const found = odd.filter((each) => each !== alias);
    for (const each of found)
      assert.deepEqual(codeOf(await ask('GET', `/v1/meetings/${each}`)), [
        404,
        'meeting-not-found',
      ]);
  });

  it('tells nothing by which one could join a meeting that has ended', async (t) => {
    const {ask, make} = await startMeetingRoutes(t);
    const {alias, hostPin} = await make({numeric: true, people: ['bob']});
    await ask('POST', `/v1/meetings/${alias}/end`);
    for (const as of ['alice', 'bob'])
      for (const path of [`/v1/meetings/${alias}`, '/v1/meetings']) {
        const {body, text} = await ask('GET', path, {as});
        const info = body.meetings?.[0] ?? body;
        assert.deepEqual([info.status, info.endedBy], ['ended', 'ended']);
        assert.deepEqual(keysIn(info), []);
        assert.doesNotMatch(text, /callTag|https?:/);
        assert.ok(!text.includes(hostPin));
      }
  });

  it('has ended at its last moment, whether a broker has noticed or not', async (t) => {
    const clock = clockOf(t);
    const {ask, make} = await startMeetingRoutes(t);
    const {alias, expiresAt} = await make();
    clock.forward(DAY);
    const {body} = await ask('GET', `/v1/meetings/${alias}`);
    assert.deepEqual([body.status, body.endedBy, body.endedAt], ['ended', 'expired', expiresAt]);
    assert.deepEqual(keysIn(body), []);
  });

  it('waits for people once it is time', async (t) => {
    const clock = clockOf(t);
    const {ask, make} = await startMeetingRoutes(t);
    const times = {startsAt: iso(Date.now() + HOUR), endsAt: iso(Date.now() + 2 * HOUR)};
    const {alias} = await make(times);
    assert.equal((await ask('GET', `/v1/meetings/${alias}`)).body.status, 'scheduled');
    clock.forward(HOUR + 1);
    assert.equal((await ask('GET', `/v1/meetings/${alias}`)).body.status, 'waiting');
  });
});
