import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';

import {startPexipInfinity} from '../../dist/testing/index.js';
import {SERVICE, startListeningBroker, success} from '../support/listening-broker.mjs';

const LOGIN = {username: 'pexip', password: 'a:pässword: with colons'};
const ALICE = {alias: 'abc', name: 'Alice', callTag: 'ticket-1', pin: '482913'};

/** @type {Awaited<ReturnType<typeof startListeningBroker>>} */
let broker;
/** @type {import('../../demo/simulators/index.js').PexipInfinity} */
let infinity;
const begin = async (options) => {
  await infinity?.close();
  infinity = await startPexipInfinity({
    broker: {origin: broker.origin, ...LOGIN},
    vmrs: [{alias: 'abc', name: 'own', pin: '1234'}],
    ...options,
  });
};
beforeEach(async () => {
  infinity = undefined;
  broker = await startListeningBroker();
  await begin();
});
afterEach(async () => {
  await infinity.close();
  await broker.close();
});

/** What a policy server says in its own words, whatever they are. */
const says = (write) => {
  broker.instead = ({pathname, response}) => {
    if (!pathname.endsWith('/service/configuration')) return false;
    write(response);
    return true;
  };
};
const saysJson = (data, status = 200, headers = {}) =>
  says((response) =>
    response
      .writeHead(status, {'content-type': 'application/json', ...headers})
      .end(JSON.stringify(data)),
  );

describe('what Infinity asks', () => {
  it('comes with Basic authentication, of which the password may have colons and any letter', async () => {
    await infinity.join(ALICE);
    const {headers} = broker.asked('/service/configuration')[0];
    const [scheme, encoded] = headers.authorization.split(' ');
    assert.equal(scheme, 'Basic');
    const plain = Buffer.from(encoded, 'base64').toString('utf8');
    assert.equal(plain, 'pexip:a:pässword: with colons');
  });

  it('is a GET with the documented parameters, an app as "api" first', async () => {
    await infinity.join(ALICE);
    const {method, query, pathname} = broker.asked('/service/configuration')[0];
    assert.deepEqual([method, pathname], ['GET', '/policy/v1/service/configuration']);
    const {call_direction, protocol, trigger, local_alias, call_tag, remote_display_name} = query;
    assert.deepEqual(
      {call_direction, protocol, trigger, local_alias, call_tag, remote_display_name},
      {
        call_direction: 'dial_in',
        protocol: 'api',
        trigger: 'web',
        local_alias: 'abc',
        call_tag: 'ticket-1',
        remote_display_name: 'Alice',
      },
    );
    for (const name of ['node_ip', 'location', 'version_id', 'registered', 'previous_service_name'])
      assert.ok(name in query, name);
  });

  it('is asked twice of the participant, of signalling and of media, in one call', async () => {
    broker.properties = ({participant_type}) =>
      success(participant_type === 'api' ? {preauthenticated_role: 'guest'} : {});
    await infinity.join(ALICE);
    const [api, standard, ...more] = broker.asked('/participant/properties').map((r) => r.query);
    assert.deepEqual(more, []);
    assert.deepEqual([api.protocol, api.participant_type], ['api', 'api']);
    assert.deepEqual([standard.protocol, standard.participant_type], ['webrtc', 'standard']);
    assert.deepEqual(
      [api.preauthenticated_role, standard.preauthenticated_role],
      ['null', 'guest'],
    );
    assert.equal(api.call_uuid, standard.call_uuid);
    assert.notEqual(api.participant_uuid, standard.participant_uuid);
    assert.deepEqual([api.service_name, api.service_tag], ['meeting-1', 'rocket.chat']);
  });

  it('is asked once of a room system, which has one leg', async () => {
    await infinity.join({...ALICE, alias: 'sip:abc@example.com', protocol: 'sip'});
    assert.equal(broker.asked('/participant/properties').length, 1);
    const [{query}] = broker.asked('/service/configuration');
    assert.deepEqual([query.protocol, query.local_alias], ['sip', 'sip:abc@example.com']);
  });

  it('is asked of pictures, places and registrations, too', async () => {
    const {outcome} = await infinity.ask('participant/avatar/alice@example.com', {width: '100'});
    await infinity.ask('registrations');
    assert.equal(outcome, 'continue');
    const paths = broker.requests
      .map(({pathname}) => pathname)
      .filter((path) => path !== '/events');
    assert.deepEqual(paths, [
      '/policy/v1/participant/avatar/alice@example.com',
      '/policy/v1/registrations',
    ]);
  });
});

describe('who is let in', () => {
  const joinAs = (changes) => infinity.join({...ALICE, pin: undefined, ...changes});
  const outcomeOf = async (changes) => {
    const {role, refused, guestPin} = await joinAs(changes);
    return role ?? [refused, guestPin].filter((each) => each !== undefined).join(' ');
  };

  for (const [what, service, pin, outcome] of [
    ['a host by the PIN', {}, '482913', 'chair'],
    ['a guest without one', {}, 'none', 'guest'],
    ['nobody who says nothing', {}, undefined, 'pin-required false'],
    ['nobody by another PIN', {}, '111111', 'invalid-pin'],
    ['a guest by the guests’ PIN', {guest_pin: '777777'}, '777777', 'guest'],
    ['no guest without it', {guest_pin: '777777'}, 'none', 'pin-required true'],
    ['no guest at all', {allow_guests: false}, 'none', 'pin-required false'],
    ['everybody as host where there is no PIN', {pin: '', allow_guests: false}, undefined, 'chair'],
  ]) {
    it(`is ${what}`, async () => {
      broker.service = () => success({...SERVICE, ...service});
      assert.equal(await outcomeOf({pin}), outcome);
    });
  }

  it('is whom the policy server asks for no PIN, where others are asked for one', async () => {
    broker.service = ({call_tag}) =>
      success({...SERVICE, ...(call_tag === 'ticket-1' && {pin: '', guest_pin: ''})});
    assert.equal((await joinAs({})).role, 'chair');
    assert.equal((await joinAs({callTag: 'another'})).refused, 'pin-required');
    assert.deepEqual(infinity.problems, []);
  });

  it('is whom the policy server knows, without a PIN, in the role and by the name that it says', async () => {
    broker.properties = () =>
      success({preauthenticated_role: 'chair', remote_display_name: 'Alice Martin'});
    const {role, displayName, conference} = await joinAs({});
    assert.deepEqual([role, displayName, conference], ['chair', 'Alice Martin', 'meeting-1']);
    assert.deepEqual(
      infinity.people('meeting-1').map((each) => each.displayName),
      ['Alice Martin'],
    );
  });

  it('is nobody where the answer is to reject, whatever is at home', async () => {
    broker.service = () => success(undefined, 'reject');
    assert.deepEqual(await joinAs({pin: '1234'}), {
      refused: 'conference-not-found',
      message: 'Neither conference nor gateway found',
    });
    assert.equal(broker.asked('/participant/properties').length, 0);
  });

  it('is nobody for whom the policy server has a reason', async () => {
    broker.properties = () => success({reject_reason: 'Not today'});
    assert.deepEqual(await joinAs({}), {refused: 'rejected', message: 'Not today'});
  });

  it('is found by another alias where the answer is to redirect, but not for ever', async () => {
    broker.service = ({local_alias}) =>
      local_alias === 'abc' ? success({new_alias: 'other'}, 'redirect') : success(SERVICE);
    assert.equal((await joinAs({pin: 'none'})).role, 'guest');
    broker.service = () => success({new_alias: 'abc'}, 'redirect');
    assert.equal(await outcomeOf({}), 'conference-not-found');
  });
});

describe('Infinity goes on by itself, and says nothing to anybody', () => {
  const goesOn = async (outcome) => {
    const {conference} = await infinity.join({...ALICE, pin: '1234'});
    assert.equal(conference, 'own');
    const {outcome: noted} = infinity.questions.find(({path}) => path === 'service/configuration');
    assert.equal(noted, outcome);
    assert.deepEqual(await infinity.join({...ALICE, alias: 'unknown'}), {
      refused: 'conference-not-found',
      message: 'Neither conference nor gateway found',
    });
  };

  it('when it is told to', async () => {
    broker.service = () => success();
    await goesOn('continue');
    assert.deepEqual(infinity.problems, []);
  });

  it('when nobody is there', async () => {
    await broker.close();
    await goesOn('away');
  });

  it('when the policy server is cut off, until it is not', async () => {
    infinity.outage();
    await goesOn('away');
    infinity.recover();
    assert.equal((await infinity.join(ALICE)).conference, 'meeting-1');
  });

  it('when the answer takes too long, also if it has begun', async () => {
    await begin({policyTimeout: 100});
    says((response) => {
      response.writeHead(200, {'content-type': 'application/json'}).write('{"status":');
    });
    await goesOn('away');
  });

  for (const status of [201, 301, 401, 404, 500]) {
    it(`when it is answered ${status}, and follows no redirect`, async () => {
      saysJson(success(SERVICE), status, {location: '/policy/v1/elsewhere'});
      await goesOn('away');
      assert.equal(broker.asked('/elsewhere').length, 0);
    });
  }

  it('when the answer is no JSON by its type, or by its text', async () => {
    says((response) =>
      response.writeHead(200, {'content-type': 'text/html'}).end(JSON.stringify(success(SERVICE))),
    );
    await goesOn('invalid');
    await begin();
    says((response) => response.writeHead(200, {'content-type': 'application/json'}).end('{"stat'));
    await goesOn('invalid');
  });

  for (const [what, changes] of [
    ['a layout that it does not know', {view: 'one_main_and_all_others'}],
    ['a theme that is not installed', {ivr_theme_name: 'acme'}],
    ['a text of more than 250 characters', {description: 'x'.repeat(251)}],
    ['a long text deep inside', {automatic_participants: [{remote_alias: 'x'.repeat(251)}]}],
    ['no name', {name: undefined}],
    ['no service tag', {service_tag: undefined}],
    ['another type of service', {service_type: 'meeting'}],
    ['a flag that is a text', {allow_guests: 'true'}],
    ['an unknown call type', {call_type: 'hologram'}],
    ['a chat that is neither', {enable_chat: true}],
    ['a PIN of letters', {pin: 'secret'}],
    ['a PIN of three digits', {pin: '123'}],
    ['a PIN that is a number', {pin: 482913}],
    ['a PIN of letters for guests', {guest_pin: 'secret'}],
    ['the same PIN for hosts and guests', {guest_pin: '482913'}],
    [
      'a recorder without an address',
      {automatic_participants: [{protocol: 'rtmp', role: 'guest'}]},
    ],
  ]) {
    it(`when the answer has ${what}`, async () => {
      saysJson(success({...SERVICE, ...changes}));
      await goesOn('invalid');
      assert.equal(infinity.problems.length, 2);
    });
  }

  it('with the participant when only what is said of him is wrong', async () => {
    broker.properties = () => success({preauthenticated_role: 'host', remote_display_name: 'X'});
    const {role, displayName} = await infinity.join(ALICE);
    assert.deepEqual([role, displayName], ['chair', 'Alice']);
    assert.match(infinity.problems[0], /^participant\/properties: preauthenticated_role/);
  });
});

describe('the limits of an answer', () => {
  it('take 250 characters, every layout and call type that Infinity has, and what it does not know', async () => {
    saysJson(
      success({
        ...SERVICE,
        description: 'x'.repeat(250),
        view: 'five_mains_seven_pips',
        call_type: 'video-only',
        enable_chat: 'no',
        local_display_name: 'Übergabe',
        something_new: {of: 2030},
      }),
    );
    assert.equal((await infinity.join(ALICE)).conference, 'meeting-1');
    assert.deepEqual(infinity.problems, []);
  });

  it('want the same for everybody, but for PINs', async () => {
    const pins = ['482913', '593024', '604135'];
    broker.service = () => success({...SERVICE, pin: pins.pop()});
    await infinity.join({...ALICE, pin: '604135'});
    await infinity.join({...ALICE, pin: '593024'});
    assert.deepEqual(infinity.problems, []);
    broker.service = () => success({...SERVICE, call_type: 'audio'});
    await infinity.join(ALICE);
    assert.match(infinity.problems[0], /another answer than for those who are in it/);
  });
});
