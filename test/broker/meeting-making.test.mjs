import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {BrokerError} from '../../broker/dist/errors.js';
import {isAlias} from '../../broker/dist/meetings/meeting-aliases.js';
import {clockOf, DAY, HOUR, NODE, startMeetingRoutes} from '../support/meetings-bench.mjs';

const codeOf = ({status, body}) => [status, body.error?.code];
const iso = (at) => new Date(at).toISOString();
const ticketIn = (url) => new URL(url).searchParams.get('callTag');

/** Everything by which one could come in. */
const KEYS = ['joinUrl', 'hostJoinUrl', 'hostPin', 'guestPin', 'element'];
const keysIn = (info) => KEYS.filter((name) => name in info);

describe('POST /v1/meetings', () => {
  it('makes a meeting, and tells its maker all that a host needs', async (t) => {
    const {ask, tickets, meetings} = await startMeetingRoutes(t);
    const body = {title: 'Ward round', people: ['bob']};
    const answer = await ask('POST', '/v1/meetings', {name: 'Alice Keller', body});
    assert.equal(answer.status, 201);
    const {alias, joinUrl, hostJoinUrl, hostPin, element, ...rest} = answer.body;
    const meeting = await meetings.find(alias);
    const ticket = ticketIn(hostJoinUrl);
    assert.deepEqual(rest, {
      title: 'Ward round',
      status: 'waiting',
      role: 'chair',
      creator: 'alice',
      people: [{alias: 'bob', role: 'guest'}],
      createdAt: iso(meeting.createdAt),
      expiresAt: iso(meeting.createdAt + DAY),
    });
    assert.equal(joinUrl, `${NODE}/webapp3/m/${alias}?role=guest`);
    assert.equal(hostJoinUrl, `${NODE}/webapp3/m/${alias}?callTag=${ticket}`);
    assert.equal(hostPin, meeting.hostPin);
    assert.deepEqual(element, {node: NODE, room: alias, url: hostJoinUrl});
    const holder = {sub: 'alice', role: 'chair', name: 'Alice Keller'};
    assert.deepEqual(await tickets.read(meeting, ticket), holder);
  });

  it('needs nothing but the caller', async (t) => {
    const {ask} = await startMeetingRoutes(t);
    const {status, body} = await ask('POST', '/v1/meetings');
    assert.equal(status, 201);
    assert.ok(isAlias(body.alias));
    assert.equal(body.title, 'Meeting');
  });

  it('makes it in the caller’s name, whatever the body says', async (t) => {
    const {make} = await startMeetingRoutes(t);
    const forged = {creator: 'bob', sub: 'bob', alias: 'x', identity: {sub: 'bob'}};
    assert.equal((await make(forged)).creator, 'alice');
  });

  it('makes a numeric one, with a PIN that is told apart', async (t) => {
    const {make} = await startMeetingRoutes(t);
    const {alias, joinUrl, guestPin} = await make({numeric: true});
    assert.match(alias, /^[1-9]\d{9}$/);
    assert.match(guestPin, /^\d{6}$/);
    assert.equal(joinUrl, `${NODE}/webapp3/m/${alias}`);
  });

  it('tells no PIN of guests where none may come', async (t) => {
    const {make} = await startMeetingRoutes(t);
    const made = await make({numeric: true, guests: false});
    assert.deepEqual(keysIn(made), ['joinUrl', 'hostJoinUrl', 'hostPin', 'element']);
  });

  it('makes a scheduled one', async (t) => {
    const {make} = await startMeetingRoutes(t);
    const startsAt = iso(Date.now() + HOUR);
    const endsAt = iso(Date.now() + 2 * HOUR);
    const made = await make({startsAt, endsAt});
    assert.deepEqual([made.status, made.startsAt, made.endsAt], ['scheduled', startsAt, endsAt]);
    assert.equal(made.expiresAt, iso(Date.parse(endsAt) + DAY));
  });

  it('begins it in a room of the caller’s', async (t) => {
    const {make, meetings, rooms} = await startMeetingRoutes(t);
    rooms.set('r1', new Set(['alice']));
    assert.equal((await meetings.find((await make({room: 'r1'})).alias)).room, 'r1');
  });

  it('begins it in no room of others, and in none that is not there', async (t) => {
    const {ask, store, rooms} = await startMeetingRoutes(t);
    rooms.set('r1', new Set(['bob']));
    const [others, missing] = [
      await ask('POST', '/v1/meetings', {body: {room: 'r1'}}),
      await ask('POST', '/v1/meetings', {body: {room: 'r2'}}),
    ];
    assert.deepEqual(codeOf(others), [403, 'room-forbidden']);
    assert.equal(others.text, missing.text);
    assert.equal((await store.entries('meetings-by:alice')).size, 0);
  });

  it('begins it in no room while Rocket.Chat does not tell', async (t) => {
    const {ask, rooms} = await startMeetingRoutes(t);
    for (const [status, code] of [
      [401, 'session-missing'],
      [502, 'workspace-unreachable'],
    ]) {
      rooms.set('r1', new BrokerError(status, code, 'No answer.'));
      assert.deepEqual(codeOf(await ask('POST', '/v1/meetings', {body: {room: 'r1'}})), [
        status,
        code,
      ]);
    }
  });

  it('refuses what no meeting is, and counts it not', async (t) => {
    const {ask} = await startMeetingRoutes(t, {settings: {limits: {meetingsPerUser: 1}}});
    for (const body of [{title: 7}, {people: 'bob'}, {startsAt: iso(Date.now() + HOUR)}])
      assert.deepEqual(codeOf(await ask('POST', '/v1/meetings', {body})), [
        400,
        'invalid-argument',
      ]);
    assert.equal((await ask('POST', '/v1/meetings')).status, 201);
  });

  it('refuses one that is to be recorded where nothing would record it', async (t) => {
    const {ask} = await startMeetingRoutes(t);
    for (const record of ['automatic', 'manual']) {
      const answer = await ask('POST', '/v1/meetings', {body: {record}});
      assert.deepEqual(codeOf(answer), [409, 'recording-not-configured']);
    }
  });

  it('makes so many in a minute, for each user', async (t) => {
    const {ask} = await startMeetingRoutes(t, {settings: {limits: {meetingsPerUser: 2}}});
    for (const status of [201, 201, 429])
      assert.equal((await ask('POST', '/v1/meetings')).status, status);
    const refused = await ask('POST', '/v1/meetings');
    assert.equal(refused.body.error.code, 'rate-limited');
    assert.match(refused.headers['retry-after'], /^\d+$/);
    assert.equal((await ask('POST', '/v1/meetings', {as: 'bob'})).status, 201);
  });

  it('makes twenty times as many in a day', async (t) => {
    const {ask, store} = await startMeetingRoutes(t, {settings: {limits: {meetingsPerUser: 2}}});
    for (let made = 0; made < 39; made++) await store.count('meetings-day:alice', DAY);
    assert.equal((await ask('POST', '/v1/meetings')).status, 201);
    const refused = await ask('POST', '/v1/meetings');
    assert.deepEqual(codeOf(refused), [429, 'rate-limited']);
    assert.ok(Number(refused.headers['retry-after']) > 3_600);
  });
});

describe('GET /v1/meetings', () => {
  it('has the caller’s meetings, the newest first, without tickets', async (t) => {
    const clock = clockOf(t);
    const {ask, make} = await startMeetingRoutes(t);
    for (const [title, people, as] of [
      ['one', [], 'alice'],
      ['two', ['alice'], 'bob'],
      ['others', [], 'bob'],
      ['three', [{alias: 'bob', role: 'chair'}], 'alice'],
    ]) {
      await make({title, people}, as);
      clock.forward(10);
    }
    const {body, text} = await ask('GET', '/v1/meetings');
    assert.deepEqual(
      body.meetings.map((info) => [info.title, info.role, keysIn(info)]),
      [
        ['three', 'chair', ['joinUrl', 'hostPin']],
        ['two', 'guest', ['joinUrl']],
        ['one', 'chair', ['joinUrl', 'hostPin']],
      ],
    );
    assert.doesNotMatch(text, /callTag/);
  });

  it('has none for who has none', async (t) => {
    const {ask, make} = await startMeetingRoutes(t);
    await make();
    assert.deepEqual((await ask('GET', '/v1/meetings', {as: 'bob'})).body, {meetings: []});
  });

  it('has a hundred at most', async (t) => {
    const {ask, make} = await startMeetingRoutes(t, {settings: {limits: {meetingsPerUser: 1000}}});
    for (let i = 0; i < 101; i++) await make();
    assert.equal((await ask('GET', '/v1/meetings')).body.meetings.length, 100);
  });

  it('has those of one status', async (t) => {
    const {ask, make, meetings, roster} = await startMeetingRoutes(t);
    const times = {startsAt: iso(Date.now() + HOUR), endsAt: iso(Date.now() + 2 * HOUR)};
    const [ended, live, early, waiting] = [
      await make(),
      await make(),
      await make(times),
      await make(),
    ];
    const scheduled = await make(times);
    await meetings.end((await meetings.find(ended.alias)).id, 'ended');
    for (const {alias} of [live, early, ended]) roster.live.add((await meetings.find(alias)).id);
    for (const [status, expected] of Object.entries({
      ended: [ended],
      live: [live, early],
      scheduled: [scheduled],
      waiting: [waiting],
    })) {
      const {body} = await ask('GET', `/v1/meetings?status=${status}`);
      const found = body.meetings.map((info) => [info.alias, info.status]).sort();
      assert.deepEqual(found, expected.map(({alias}) => [alias, status]).sort(), status);
    }
  });

  it('has those of no other status', async (t) => {
    const {ask} = await startMeetingRoutes(t);
    for (const query of ['status=', 'status=LIVE', 'status=live&status=ended', 'status=__proto__'])
      assert.deepEqual(codeOf(await ask('GET', `/v1/meetings?${query}`)), [
        400,
        'invalid-argument',
      ]);
  });
});
