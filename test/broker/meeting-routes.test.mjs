import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {BrokerError} from '../../broker/dist/errors.js';
import {isAlias} from '../../broker/dist/meetings/meeting-aliases.js';
import {clockOf, DAY, HOUR, NODE, startMeetingRoutes} from '../support/meetings-bench.mjs';

const codeOf = ({status, body}) => [status, body.error?.code];
const iso = (at) => new Date(at).toISOString();
const RECORDER = {
  meetings: {admins: ['alice', 'mallory']},
  recording: {destination: 'rtmp://rec.example.com/live/canary', protocol: 'rtmp', name: 'Rec'},
};

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
    assert.equal((await store.entries('meetings-of:alice')).size, 0);
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

describe('POST /v1/meetings/<alias>/end', () => {
  it('ends it, once and for good', async (t) => {
    const {ask, make, audit} = await startMeetingRoutes(t);
    const {alias} = await make();
    const first = await ask('POST', `/v1/meetings/${alias}/end`);
    assert.equal(first.status, 200);
    assert.deepEqual([first.body.status, first.body.endedBy], ['ended', 'ended']);
    const again = await ask('POST', `/v1/meetings/${alias}/end`);
    assert.deepEqual([again.status, again.body], [200, first.body]);
    assert.equal(audit.events.filter(({what}) => what === 'meeting-ended').length, 1);
  });

  it('is for every host, and noted under his name', async (t) => {
    const {ask, make, audit} = await startMeetingRoutes(t);
    const {alias} = await make({people: [{alias: 'carol', role: 'chair'}]});
    assert.equal((await ask('POST', `/v1/meetings/${alias}/end`, {as: 'carol'})).status, 200);
    assert.equal(audit.events.at(-1).alias, 'carol');
  });

  it('is for no guest, by whatever way he came', async (t) => {
    const {ask, make, rooms, roster, meetings} = await startMeetingRoutes(t);
    rooms.set('r1', new Set(['alice', 'dave']));
    const {alias} = await make({room: 'r1', people: ['bob']});
    const {id} = await meetings.find(alias);
    roster.seen.add(`${id} erin`);
    for (const as of ['bob', 'dave', 'erin'])
      assert.deepEqual(codeOf(await ask('POST', `/v1/meetings/${alias}/end`, {as})), [
        403,
        'meeting-hosts-only',
      ]);
    assert.equal((await meetings.find(alias)).endedAt, undefined);
  });
});

describe('POST /v1/meetings/<alias>/recording', () => {
  it('gives the dial-out to an admin who may see the meeting', async (t) => {
    const {ask, make} = await startMeetingRoutes(t, {settings: RECORDER});
    const {alias} = await make({record: 'manual'});
    const {status, body} = await ask('POST', `/v1/meetings/${alias}/recording`);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['request']);
    assert.equal(body.request.destination, RECORDER.recording.destination);
    assert.equal(body.request.streaming, 'yes');
  });

  it('gives it to nobody else', async (t) => {
    const {ask, make} = await startMeetingRoutes(t, {settings: RECORDER});
    const {alias} = await make({record: 'manual', people: ['bob']}, 'alice');
    const of = async (as, which = alias) =>
      codeOf(await ask('POST', `/v1/meetings/${which}/recording`, {as}));
    assert.deepEqual(await of('bob'), [403, 'recording-not-configured']);
    assert.deepEqual(await of('mallory'), [404, 'meeting-not-found'], 'an admin of nothing here');
    const {alias: unrecorded} = await make();
    assert.deepEqual(await of('alice', unrecorded), [409, 'recording-not-configured']);
  });

  it('gives it for no meeting that has ended', async (t) => {
    const {ask, make} = await startMeetingRoutes(t, {settings: RECORDER});
    const {alias} = await make({record: 'manual'});
    await ask('POST', `/v1/meetings/${alias}/end`);
    assert.deepEqual(codeOf(await ask('POST', `/v1/meetings/${alias}/recording`)), [
      409,
      'meeting-ended',
    ]);
  });
});

describe('the routes of meetings', () => {
  it('are for nobody who is not signed in', async (t) => {
    const {ask, make} = await startMeetingRoutes(t);
    const {alias} = await make();
    for (const [method, path] of [
      ['POST', ''],
      ['GET', ''],
      ['GET', `/${alias}`],
      ['POST', `/${alias}/end`],
      ['POST', `/${alias}/recording`],
    ]) {
      const answer = await ask(method, `/v1/meetings${path}`, {as: null});
      assert.deepEqual(codeOf(answer), [401, 'access-token-invalid'], path);
    }
  });
});
