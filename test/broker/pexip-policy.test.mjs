/** What Pexip Infinity is told when it asks for its policy. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {cors} from '../../broker/dist/http/cors.js';
import {routesForPexip} from '../../broker/dist/meetings/meeting-plugins.js';
import {MeetingRecords} from '../../broker/dist/meetings/meeting-records.js';
import {Meetings} from '../../broker/dist/meetings/meetings.js';
import {Tickets} from '../../broker/dist/meetings/tickets.js';
import {policyRoutes} from '../../broker/dist/pexip/policy-routes.js';
import {readPolicyQuery} from '../../broker/dist/pexip/policy-query.js';
import {serviceConfiguration} from '../../broker/dist/pexip/service-configuration.js';
import {TicketDesk} from '../../broker/dist/pexip/ticket-desk.js';
import {brokerApp, fakeAudit, fakeClock, readableLog} from '../support/broker-fakes.mjs';
import {fakeSeal} from '../support/fake-seal.mjs';
import {MemoryStore, storeGone} from '../support/memory-store.mjs';

const PASSWORD = 'a password of 16 and more';
const CREDENTIALS = Buffer.from(`pexip:${PASSWORD}`).toString('base64');
const SERVICE = '/policy/v1/service/configuration';
const PARTICIPANT = '/policy/v1/participant/properties';
const UUID = '2f1c1a2e-3b4c-4d5e-8f60-718293a4b5c6';
const HOUR = 60 * 60_000;

const CONTINUE = {status: 'success', action: 'continue'};
const UNCHANGED = {...CONTINUE, result: {}};
const REJECT = {status: 'success', action: 'reject'};

const PLAN = {
  title: 'Weekly meeting',
  people: [{sub: 'gina', role: 'guest'}],
  numeric: false,
  guests: true,
  chat: 'default',
  callType: 'video',
  record: 'none',
};

const settingsWith = ({pexip, recording} = {}) => ({
  pexip: {username: 'pexip', password: PASSWORD, theme: 'rocket.chat', ...pexip},
  recording: {protocol: 'rtmp', name: 'Recording', ...recording},
  limits: {refusedPerAddress: 1_000},
});

/** The meetings of a broker, and its routes for Pexip Infinity. Several may share a store and a seal. */
const scene = async (
  t,
  {store = new MemoryStore(), seal = fakeSeal(), settings, log, now, patience} = {},
) => {
  const app = await brokerApp(t, {log});
  await app.register(cors(['https://app.example.com']));
  const records = new MeetingRecords({store, seal});
  const tickets = new Tickets({store, seal, now});
  const conferences = {emptySince: async () => undefined};
  const audit = fakeAudit();
  const meetings = new Meetings({store, records, conferences, audit, log: app.log, grace: 60_000});
  const context = {settings: settingsWith(settings), store, seal, log: app.log, meetings, tickets};
  await app.register(
    patience === undefined ? routesForPexip(context) : policyRoutes({...context, patience}),
  );
  const raw = (url, {method = 'GET', headers} = {}) =>
    app.inject({method, url, headers: {authorization: `Basic ${CREDENTIALS}`, ...headers}});
  const ask = async (path, query = {}) => {
    const answer = await raw(`${path}?${new URLSearchParams(query)}`);
    assert.equal(answer.statusCode, 200, answer.body);
    assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
    return answer.json();
  };
  return {
    app,
    store,
    seal,
    meetings,
    tickets,
    raw,
    create: (plan = {}) => meetings.create({sub: 'anna', by: 'jwt'}, {...PLAN, ...plan}),
    service: (query) => ask(SERVICE, query),
    participant: (query) => ask(PARTICIPANT, query),
  };
};

/** The result alone, where there is one. */
const resultOf = ({status, action, result}) => {
  assert.deepEqual({status, action}, CONTINUE);
  return result;
};

describe('the service configuration', () => {
  it('of a live meeting is all that a conference needs', async (t) => {
    const {create, service} = await scene(t);
    const {alias, id, hostPin} = await create();
    assert.deepEqual(await service({local_alias: alias}), {
      ...CONTINUE,
      result: {
        service_type: 'conference',
        name: id,
        service_tag: 'rocket.chat',
        description: 'Weekly meeting',
        local_display_name: 'Weekly meeting',
        pin: hostPin,
        allow_guests: true,
        call_type: 'video',
        enable_chat: 'default',
        ivr_theme_name: 'rocket.chat',
        breakout_rooms: true,
      },
    });
  });

  it('is as the meeting was made', async (t) => {
    const {create, service} = await scene(t, {settings: {pexip: {theme: 'own theme'}}});
    const {alias, hostPin, guestPin} = await create({
      numeric: true,
      chat: 'no',
      callType: 'audio',
    });
    assert.match(alias, /^\d{10}$/);
    const {pin, guest_pin, enable_chat, call_type, ivr_theme_name, allow_guests} = resultOf(
      await service({local_alias: alias}),
    );
    assert.deepEqual([pin, guest_pin, allow_guests], [hostPin, guestPin, true]);
    assert.deepEqual([enable_chat, call_type, ivr_theme_name], ['no', 'audio', 'own theme']);
  });

  it('lets nobody else into a meeting that is for its people only', async (t) => {
    const {create, service} = await scene(t);
    const closed = await create({guests: false});
    const {pin, guest_pin, allow_guests} = resultOf(await service({local_alias: closed.alias}));
    assert.equal(pin, closed.hostPin);
    // Without guests Pexip Infinity would make everybody a host.
    assert.equal(allow_guests, true);
    assert.match(guest_pin, /^\d{6}$/);
    assert.notEqual(guest_pin, pin);
    const again = resultOf(await service({local_alias: closed.alias}));
    assert.equal(again.guest_pin, guest_pin);
    const other = await create({guests: false, numeric: true});
    const numeric = resultOf(await service({local_alias: other.alias}));
    assert.equal(numeric.guest_pin, other.guestPin);
  });

  it('has two PINs that differ, also where chance would have made them equal', () => {
    const settings = settingsWith();
    const meeting = {...PLAN, guests: false, alias: 'x', hostPin: '111111'};
    // Its digest gives the host's own PIN: found by trying.
    const {pin, guest_pin} = serviceConfiguration({...meeting, id: '195741'}, settings);
    assert.deepEqual([pin, guest_pin], ['111111', '111112']);
    const other = serviceConfiguration({...meeting, id: 'another'}, settings);
    assert.match(other.guest_pin, /^\d{6}$/);
  });

  it('is the same for everybody without a ticket, by whatever way he dials', async (t) => {
    const {create, service} = await scene(t);
    const {alias} = await create();
    const first = await service({local_alias: alias});
    for (const query of [
      {local_alias: `sip:${alias.toUpperCase()}@example.com;transport=tls`, protocol: 'sip'},
      {local_alias: `"Anna" <sips:${alias}@192.0.2.1>`, remote_alias: 'sip:anna@example.com'},
      {local_alias: `h323:${alias}@example.com`, trigger: 'lrq', call_direction: 'dial_in'},
      {local_alias: alias, call_tag: 'a tag of somebody else', remote_display_name: 'x'},
      {local_alias: alias, trigger: 'web_avatar_fetch', protocol: 'webrtc', location: 'London'},
      {local_alias: alias, pin: '1', guest_pin: '2', service_tag: 'x', name: 'x'},
    ])
      assert.deepEqual(await service(query), first);
  });

  it('has titles that Pexip Infinity takes, cut between two letters', async (t) => {
    const {create, service} = await scene(t);
    const {alias} = await create({title: '🎈'.repeat(300)});
    const {description, local_display_name} = resultOf(await service({local_alias: alias}));
    assert.equal(description, '🎈'.repeat(250));
    assert.equal(local_display_name, description);
  });

  it('calls the recorder where the meeting is recorded by itself, and one is configured', async (t) => {
    const recording = {destination: 'rtmp://recorder.example.com/live/key', name: 'Recorder'};
    const {create, service} = await scene(t, {settings: {recording}});
    const {alias} = await create({record: 'automatic', callType: 'audio'});
    const {automatic_participants: dialled} = resultOf(await service({local_alias: alias}));
    assert.deepEqual(dialled, [
      {
        local_alias: alias,
        local_display_name: 'Weekly meeting',
        remote_alias: recording.destination,
        remote_display_name: 'Recorder',
        protocol: 'rtmp',
        role: 'guest',
        call_type: 'audio',
        streaming: 'yes',
        routing: 'manual',
        keep_conference_alive: 'keep_conference_alive_never',
      },
    ]);
    for (const record of ['manual', 'none']) {
      const {alias: other} = await create({record});
      const result = resultOf(await service({local_alias: other}));
      assert.equal(result.automatic_participants, undefined);
    }
    const without = await scene(t);
    const {alias: third} = await without.create({record: 'automatic'});
    const result = resultOf(await without.service({local_alias: third}));
    assert.equal(result.automatic_participants, undefined);
  });

  it('of a meeting that has ended is a refusal, at once at every broker', async (t) => {
    const one = await scene(t);
    const other = await scene(t, one);
    const {alias, id} = await one.create();
    for (const broker of [one, other]) resultOf(await broker.service({local_alias: alias}));
    await other.meetings.end(id, 'ended');
    for (const broker of [one, other]) {
      assert.deepEqual(await broker.service({local_alias: alias}), REJECT);
      assert.deepEqual(await broker.service({service_name: id}), REJECT);
      assert.deepEqual(await broker.participant({local_alias: alias, service_name: id}), REJECT);
    }
  });

  it('of a meeting beyond its time is a refusal, before anybody has ended it', async (t) => {
    const {create, service} = await scene(t);
    const now = Date.now();
    const {alias} = await create({startsAt: now - 30 * HOUR, endsAt: now - 25 * HOUR});
    assert.deepEqual(await service({local_alias: alias}), REJECT);
  });

  it('of anything else is left to Pexip Infinity, without a look into the store', async (t) => {
    const {service, store} = await scene(t);
    store.before = (...call) => assert.fail(call.join(' '));
    for (const query of [
      {},
      {local_alias: ''},
      {local_alias: 'meet.anna'},
      {local_alias: 'sip:meet.anna@example.com'},
      {service_name: 'Meeting room 5'},
      {breakout_uuid: UUID},
    ])
      assert.deepEqual(await service(query), CONTINUE);
  });

  it('of an alias that nobody has made is left to Pexip Infinity', async (t) => {
    const {service} = await scene(t);
    for (const alias of ['0123456789abcdef'.repeat(2), '1234567890'])
      assert.deepEqual(await service({local_alias: alias}), CONTINUE);
  });

  it('of a conference that dials out is that conference’s', async (t) => {
    const {create, service} = await scene(t);
    const one = await create();
    const other = await create({title: 'Another'});
    const query = {call_direction: 'dial_out', local_alias: other.alias};
    assert.deepEqual(
      await service({...query, service_name: one.id}),
      await service({local_alias: one.alias}),
    );
    assert.deepEqual(await service({...query, service_name: 'Meeting room 5'}), CONTINUE);
  });

  it('of a breakout room is the meeting’s with a part of its own, and is not recorded', async (t) => {
    const recording = {destination: 'rtmp://recorder.example.com/live'};
    const {create, service} = await scene(t, {settings: {recording}});
    const {id, alias, hostPin} = await create({record: 'automatic', title: 'T'.repeat(250)});
    const wanted = {
      service_type: 'conference',
      name: id,
      service_tag: 'rocket.chat',
      description: 'T'.repeat(250),
      local_display_name: 'T'.repeat(250),
      pin: hostPin,
      allow_guests: true,
      call_type: 'video',
      enable_chat: 'default',
      ivr_theme_name: 'rocket.chat',
      breakout: true,
      breakout_rooms: false,
      breakout_uuid: UUID,
      breakout_name: `2f1c ${'T'.repeat(245)}`,
    };
    for (const query of [
      {service_name: `${id}_breakout_${UUID}`, unique_service_name: `${id}_breakout_${UUID}`},
      {service_name: `${id}_breakout_${UUID}`, breakout_uuid: UUID},
      {service_name: id, breakout_uuid: UUID.toUpperCase()},
      {local_alias: alias, breakout_uuid: UUID},
    ])
      assert.deepEqual(resultOf(await service(query)), wanted);
    assert.equal(
      resultOf(await service({local_alias: alias, breakout_uuid: 'x'})).breakout,
      undefined,
    );
  });
});

describe('a ticket', () => {
  const held = async (t, options) => {
    const all = await scene(t, options);
    const meeting = await all.create();
    const host = await all.tickets.issue(meeting, {sub: 'anna', role: 'chair', name: 'Anna'});
    const guest = await all.tickets.issue(meeting, {sub: 'gina', role: 'guest', name: 'Gina'});
    return {...all, meeting, host, guest};
  };

  it('spares a host every PIN, and a guest the one of guests', async (t) => {
    const {service, meeting, host, guest} = await held(t);
    const common = resultOf(await service({local_alias: meeting.alias}));
    const asked = async (ticket) =>
      resultOf(await service({local_alias: meeting.alias, call_tag: ticket}));
    assert.deepEqual(await asked(host), {...common, pin: '', guest_pin: ''});
    assert.deepEqual(await asked(guest), {...common, guest_pin: ''});
    assert.deepEqual(resultOf(await service({local_alias: meeting.alias})), common);
  });

  it('gives role and name, in the meeting and its breakout rooms', async (t) => {
    const {participant, meeting, host, guest} = await held(t);
    for (const place of [
      {service_name: meeting.id, local_alias: meeting.alias},
      {service_name: meeting.id},
      {local_alias: `sip:${meeting.alias}@example.com`},
      {service_name: `${meeting.id}_breakout_${UUID}`, local_alias: 'x'},
    ]) {
      assert.deepEqual(resultOf(await participant({...place, call_tag: host})), {
        preauthenticated_role: 'chair',
        remote_display_name: 'Anna',
      });
      assert.deepEqual(resultOf(await participant({...place, call_tag: guest})), {
        preauthenticated_role: 'guest',
        remote_display_name: 'Gina',
      });
    }
  });

  it('makes nobody less than he is by a PIN', async (t) => {
    const {participant, meeting, guest} = await held(t);
    const roleAfter = async (role) =>
      resultOf(
        await participant({service_name: meeting.id, call_tag: guest, preauthenticated_role: role}),
      ).preauthenticated_role;
    assert.equal(await roleAfter('chair'), 'chair');
    for (const role of ['guest', 'null', 'None', '', 'CHAIR'])
      assert.equal(await roleAfter(role), 'guest');
  });

  it('has names that Pexip Infinity takes, or none', async (t) => {
    const {participant, meeting, tickets} = await held(t);
    const long = await tickets.issue(meeting, {sub: 'lea', role: 'guest', name: 'ß'.repeat(300)});
    const nameless = await tickets.issue(meeting, {sub: 'nobody', role: 'guest'});
    const of = async (ticket) =>
      resultOf(await participant({service_name: meeting.id, call_tag: ticket}));
    assert.equal((await of(long)).remote_display_name, 'ß'.repeat(250));
    assert.deepEqual(await of(nameless), {preauthenticated_role: 'guest'});
  });

  it('that is altered, over, or another meeting’s counts as none', async (t) => {
    let time = Date.now();
    const {participant, service, meeting, create, tickets, host} = await held(t, {now: () => time});
    const another = await create();
    const foreign = await tickets.issue(another, {sub: 'anna', role: 'chair'});
    const common = await service({local_alias: meeting.alias});
    const refused = async (ticket) => {
      const query = {local_alias: meeting.alias, service_name: meeting.id, call_tag: ticket};
      assert.deepEqual(await participant(query), UNCHANGED, ticket);
      const {service_name: _name, ...dialled} = query;
      assert.deepEqual(await service(dialled), common, ticket);
    };
    for (let at = 0; at < host.length; at++) {
      const letter = host[at] === 'A' ? 'B' : 'A';
      await refused(host.slice(0, at) + letter + host.slice(at + 1));
    }
    for (const ticket of [foreign, `${host}A`, host.slice(1), host.toUpperCase(), ` ${host}`, 'x'])
      await refused(ticket);
    const good = resultOf(await participant({service_name: meeting.id, call_tag: host}));
    assert.equal(good.preauthenticated_role, 'chair');
    time += 24 * HOUR;
    await refused(host);
  });

  it('in a conference that is not the broker’s changes nothing', async (t) => {
    const {participant, meeting, host} = await held(t);
    for (const query of [
      {service_name: 'Meeting room 5', local_alias: meeting.alias},
      {service_name: 'Meeting room 5'},
      {local_alias: 'meet.anna'},
      {},
    ])
      assert.deepEqual(await participant({...query, call_tag: host}), UNCHANGED);
  });

  it('that does not hold is in the log once in five minutes for each meeting, without its text', async (t) => {
    const log = readableLog();
    const {app, create, host} = await held(t, {log});
    const now = fakeClock();
    const desk = new TicketDesk({tickets: {read: async () => undefined}, log: app.log, now});
    const said = (text) => log.lines.filter((line) => line.includes(text)).length;
    const one = await create();
    const other = await create();
    for (const meeting of [one, one, other, one])
      assert.equal(await desk.holderOf(meeting, host), undefined);
    assert.equal(said('ticket that is over'), 2);
    for (const tag of ['canary tag', 'another canary']) await desk.holderOf(one, tag);
    assert.equal(said('call tag that is no ticket'), 1);
    await desk.holderOf(one, undefined);
    now.forward(5 * 60_000 + 1);
    await desk.holderOf(one, host);
    assert.equal(said('ticket that is over'), 3);
    for (const secret of [host, 'canary', one.alias, one.hostPin])
      assert.ok(!log.text().includes(secret), log.text());
  });
});

describe('a policy request', () => {
  const odd = ({alias, id}) => [
    `local_alias=${alias}&local_alias=${alias}`,
    `local_alias[]=${alias}`,
    `local_alias[a]=${alias}`,
    'local_alias',
    '&&&===&',
    'local_alias=%',
    'local_alias=%zz%c3%28',
    'local_alias=%ff%fe',
    'local_alias=%00',
    `local_alias=${'x'.repeat(10_000)}`,
    `local_alias=${'%22'.repeat(3_000)}`,
    `service_name=${id}&service_name=${id}`,
    '__proto__=x&constructor=y&hasOwnProperty=z&toString=1',
    Array.from({length: 1_500}, (_, at) => `a${at}=1`).join('&'),
  ];

  it('whose query is odd is left to Pexip Infinity, or is about what is well said in it', async (t) => {
    const {create, raw} = await scene(t);
    const meeting = await create();
    for (const query of odd(meeting))
      for (const path of [SERVICE, PARTICIPANT]) {
        const answer = await raw(`${path}?${query}`);
        assert.equal(answer.statusCode, 200, query.slice(0, 80));
        assert.deepEqual(
          answer.json(),
          path === SERVICE ? CONTINUE : UNCHANGED,
          query.slice(0, 80),
        );
      }
    for (const query of [
      `call_tag=${'x'.repeat(10_000)}`,
      'call_tag=a&call_tag=b',
      'call_tag=%zz',
      'breakout_uuid=a&breakout_uuid=b',
      'breakout_uuid=../..',
      'preauthenticated_role=chair&preauthenticated_role=chair',
    ]) {
      const answer = await raw(`${SERVICE}?local_alias=${meeting.alias}&${query}`);
      assert.equal(resultOf(answer.json()).name, meeting.id);
      assert.equal(resultOf(answer.json()).pin, meeting.hostPin);
    }
  });

  it('is read without what is not one short text', () => {
    const names = ['localAlias', 'serviceName', 'breakout', 'callTag', 'role'];
    const nothing = Object.fromEntries(names.map((name) => [name, undefined]));
    for (const query of [undefined, null, 7, 'x', [], {local_alias: ['a', 'b']}, {local_alias: {}}])
      assert.deepEqual(readPolicyQuery(query), nothing);
    assert.equal(readPolicyQuery({local_alias: 'x'.repeat(1_024)}).localAlias.length, 1_024);
    assert.deepEqual(readPolicyQuery({local_alias: 'x'.repeat(1_025)}), nothing);
    const inherited = Object.create({local_alias: 'x'});
    assert.deepEqual(readPolicyQuery(inherited), nothing);
  });

  it('is answered 503 where the store is away, and soon where it does not answer', async (t) => {
    const {create, raw, store} = await scene(t);
    const {alias} = await create();
    store.before = () => {
      throw storeGone();
    };
    const gone = await raw(`${SERVICE}?local_alias=${alias}`);
    assert.equal(`${gone.statusCode} ${gone.json().error.code}`, '503 store-unavailable');
    const silent = new MemoryStore();
    const slow = await scene(t, {store: silent, patience: 20});
    const meeting = await slow.create();
    silent.before = () => new Promise(() => undefined);
    for (const path of [SERVICE, PARTICIPANT]) {
      const late = await slow.raw(`${path}?local_alias=${meeting.alias}`);
      assert.equal(`${late.statusCode} ${late.json().error.code}`, '503 store-unavailable');
      assert.equal(late.headers['retry-after'], '1');
    }
  });

  const PATHS = [
    SERVICE,
    PARTICIPANT,
    '/policy/v1/participant/location',
    '/policy/v1/participant/avatar/anna@example.com',
    '/policy/v1/registrations',
    '/policy/v1/registrations/anna@example.com',
  ];

  for (const path of PATHS) {
    it(`at ${path} needs the login, and is for no page`, async (t) => {
      const {raw} = await scene(t);
      const {statusCode, headers} = await raw(path, {headers: {authorization: 'Basic eDp5'}});
      assert.equal(statusCode, 401);
      assert.match(headers['www-authenticate'], /^Basic /);
      const page = await raw(path, {headers: {origin: 'https://app.example.com'}});
      assert.equal(page.headers['access-control-allow-origin'], undefined);
      assert.equal(page.headers['x-content-type-options'], 'nosniff');
      assert.match(page.headers['content-security-policy'], /^default-src 'none'/);
    });

    it(`at ${path} is a GET`, async (t) => {
      const {raw} = await scene(t);
      for (const method of ['POST', 'HEAD', 'PUT', 'DELETE']) {
        const {statusCode, headers} = await raw(path, {method});
        assert.deepEqual([statusCode, headers.allow], [405, 'GET'], method);
      }
    });
  }

  it('for what the broker knows nothing of changes nothing', async (t) => {
    const {raw} = await scene(t);
    const [, , location, avatar, directory, registration] = PATHS;
    assert.deepEqual((await raw(`${location}?local_alias=x`)).json(), CONTINUE);
    assert.deepEqual((await raw(`${registration}?x=y`)).json(), CONTINUE);
    assert.deepEqual((await raw(directory)).json(), {status: 'success', result: []});
    for (const path of [avatar, `${avatar}/a/b?width=100`, '/policy/v1/participant/avatar/']) {
      const answer = await raw(path);
      assert.equal(`${answer.statusCode} ${answer.json().error.code}`, '404 not-found');
      assert.match(answer.json().error.message, /no pictures/);
    }
    assert.equal((await raw('/policy/v1/other')).statusCode, 404);
  });
});
