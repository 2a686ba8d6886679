import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import Fastify from 'fastify';
import fc from 'fast-check';

import {BrokerError} from '../../broker/dist/errors.js';
import {answerError} from '../../broker/dist/http/errors.js';
import {readInvitationRequest} from '../../broker/dist/invitations/invitation-request.js';
import {Invitations} from '../../broker/dist/invitations/invitations.js';
import {accessOf} from '../../broker/dist/meetings/access.js';
import {MeetingRecords} from '../../broker/dist/meetings/meeting-records.js';
import {invitationRoutes} from '../../broker/dist/routes/invitation-routes.js';
import {readCalendar} from '../support/calendar-grammar.mjs';
import {fakeSeal} from '../support/fake-seal.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {client, ending, runBroker, startPlace} from '../support/whole-broker.mjs';

const HOUR = 60 * 60_000;
const NODE = 'https://pexip.example.com';
const ALIAS = 'aaaabbbbccccddddeeeeffff00001111';
const HOST_PIN = '271828';
const GUEST_PIN = '314159';

/** Routes before meetings that are kept as a broker keeps them. */
const setup = async ({path} = {}) => {
  const seal = fakeSeal();
  const records = new MeetingRecords({store: new MemoryStore(), seal});
  const seen = new Set();
  const roster = {hasSeen: async (id, sub) => seen.has(`${id} ${sub}`)};
  const meetings = {find: (alias) => records.find(alias)};
  const settings = {pexip: {path}, rocketChat: {server: 'https://chat.example.com'}};
  const rooms = {belongs: async (sub, room) => seen.has(`${room} ${sub}`)};
  const tickets = {wasIssued: async () => false};
  const access = accessOf({meetings, roster, tickets, log: {debug() {}}}, rooms);
  const invitations = new Invitations({settings, node: NODE, seal, access});
  const app = Fastify();
  app.setErrorHandler(answerError);
  app.decorateRequest('identity');
  app.addHook('onRequest', async (request) => {
    const sub = request.headers['x-test-sub'];
    if (sub) request.identity = {sub, by: 'jwt', name: `Dr. ${sub}`, email: `${sub}@example.com`};
  });
  await app.register(invitationRoutes(invitations));
  const ask = async (payload, sub = 'alice') => {
    const headers = sub ? {'x-test-sub': sub} : {};
    const answer = await app.inject({method: 'POST', url: '/v1/invitations', payload, headers});
    return {status: answer.statusCode, body: answer.json(), text: answer.body};
  };
  const make = async (own = {}) => {
    const alias = own.alias ?? ALIAS;
    const now = Date.now();
    const meeting = {
      ...{id: records.idFor(alias), alias, title: 'Ward round', creator: 'alice'},
      ...{people: [{sub: 'bob', role: 'guest'}], guests: true, chat: 'default'},
      ...{callType: 'video', record: 'none', hostPin: HOST_PIN},
      ...{createdAt: now, expiresAt: now + 24 * HOUR},
      ...own,
    };
    assert.ok(await records.insert(meeting));
    return meeting;
  };
  return {ask, make, seen};
};

const scheduled = () => {
  const startsAt = Math.ceil(Date.now() / 1000) * 1000 + HOUR;
  return {startsAt, endsAt: startsAt + HOUR};
};

describe('an invitation into a meeting of the caller', () => {
  it('has links without a ticket, and leads guests straight in', async () => {
    const {ask, make} = await setup();
    await make();
    const {status, body} = await ask({alias: ALIAS});
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['rocketChatUrl', 'webAppUrl', 'html']);
    assert.equal(
      body.rocketChatUrl,
      `https://go.rocket.chat/conference?host=chat.example.com&path=conference%2F${ALIAS}%3FcallUrl%3Dhttps%253A%252F%252Fpexip.example.com%252Fconference%253Fconference%253D${ALIAS}%26callProvider%3DPexip`,
    );
    assert.equal(body.webAppUrl, `${NODE}/webapp/m/${ALIAS}?role=guest`);
    assert.ok(body.html.includes(`<a href="${body.rocketChatUrl}">`));
  });

  it('has a calendar file where the meeting has a time', async () => {
    const {ask, make} = await setup();
    const {id, startsAt, endsAt} = await make(scheduled());
    const {body} = await ask({alias: ALIAS});
    const event = readCalendar(body.ics);
    assert.equal(event.SUMMARY.value, 'Ward round');
    assert.equal(event.LOCATION.value, body.webAppUrl);
    assert.deepEqual([event.DTSTART.value, event.DTEND.value], [startsAt, endsAt]);
    assert.equal(event.ORGANIZER.value, 'mailto:alice@example.com');
    assert.equal(event.ORGANIZER.parameters.CN, 'Dr. alice');
    const [uid] = event.UID.value.split('@');
    assert.match(uid, /^[\da-f]{32}$/);
    assert.ok(!ALIAS.includes(uid) && !id.includes(uid));
  });

  it('is the same event for everybody whom the meeting names, and in nobody else’s name', async () => {
    const {ask, make, seen} = await setup();
    const {id} = await make(scheduled());
    seen.add(`${id} carol`);
    const mine = readCalendar((await ask({alias: ALIAS})).body.ics);
    for (const sub of ['bob', 'carol']) {
      const theirs = readCalendar((await ask({alias: ALIAS}, sub)).body.ics);
      assert.equal(theirs.UID.value, mine.UID.value);
      assert.equal(theirs.ORGANIZER.value, 'mailto:noreply@pexip-chat-room.invalid');
    }
  });

  it('keeps the meeting’s own title and time, whatever is asked', async () => {
    const {ask, make} = await setup();
    const {startsAt} = await make(scheduled());
    const other = {title: 'Party', startsAt: '2030-01-01T00:00Z', endsAt: '2030-01-01T01:00Z'};
    const event = readCalendar((await ask({alias: ALIAS, ...other})).body.ics);
    assert.equal(event.SUMMARY.value, 'Ward round');
    assert.equal(event.DTSTART.value, startsAt);
  });

  it('tells no PIN, and says of a numeric one that a PIN is told apart', async () => {
    const {ask, make} = await setup();
    await make({alias: '4821903377', guestPin: GUEST_PIN, ...scheduled()});
    const {body, text} = await ask({alias: '4821903377'});
    assert.equal(body.webAppUrl, `${NODE}/webapp/m/4821903377`);
    assert.ok(!text.includes(GUEST_PIN) && !text.includes(HOST_PIN));
    assert.match(readCalendar(body.ics).DESCRIPTION.value, /You will be asked for a PIN/);
  });

  it('leads nobody past the PIN of a meeting without guests', async () => {
    const {ask, make} = await setup();
    await make({guests: false});
    assert.equal((await ask({alias: ALIAS})).body.webAppUrl, `${NODE}/webapp/m/${ALIAS}`);
  });

  it('has the branding path that is configured, another one, or none', async () => {
    const {ask, make} = await setup({path: 'brand'});
    await make();
    const pathOf = async (path) => {
      const {body} = await ask({alias: ALIAS, ...(path !== undefined && {path})});
      const [, inLink = ''] =
        /example\.com%252F(?!conference)(.*?)%252F/.exec(body.rocketChatUrl) ?? [];
      return [inLink, new URL(body.webAppUrl).pathname.split('/')[1]];
    };
    assert.deepEqual(await pathOf(), ['brand', 'brand']);
    assert.deepEqual(await pathOf('other'), ['other', 'other']);
    assert.deepEqual(await pathOf(''), ['', 'webapp']);
  });

  it('is refused after its end', async () => {
    const {ask, make} = await setup();
    await make({endedAt: Date.now(), endedBy: 'ended'});
    const {status, body} = await ask({alias: ALIAS});
    assert.deepEqual([status, body.error.code], [409, 'meeting-ended']);
  });
});

describe('an invitation into a call', () => {
  it('is made for nobody, as it rings for its two alone', async () => {
    const {ask, make} = await setup();
    await make({call: true});
    const {status, body} = await ask({alias: ALIAS});
    assert.deepEqual([status, body.error.code], [404, 'meeting-not-found']);
  });
});

describe('an invitation with an alias of others', () => {
  it('tells somebody else nothing of a meeting: neither that it is there, nor when', async () => {
    const {ask, make} = await setup();
    const known = await ask({alias: ALIAS}, 'mallory');
    await make(scheduled());
    const after = await ask({alias: ALIAS}, 'mallory');
    assert.deepEqual([after.status, after.body.error.code], [404, 'meeting-not-found']);
    assert.equal(after.text, known.text);

    const numeric = await ask({alias: '4821903377'}, 'mallory');
    await make({alias: '4821903377', guestPin: GUEST_PIN, ...scheduled()});
    assert.equal((await ask({alias: '4821903377'}, 'mallory')).text, numeric.text);
    assert.equal(numeric.status, 200);
  });

  it('is for a personal VMR made of the text alone', async () => {
    const {ask} = await setup();
    const {status, body} = await ask({alias: 'meet.alice'});
    assert.equal(status, 200);
    assert.equal(body.webAppUrl, `${NODE}/webapp/m/meet.alice`);
    assert.equal('ics' in body, false);
  });

  it('has a calendar file where a time is given, in the caller’s name', async () => {
    const {ask} = await setup();
    const times = {startsAt: '2030-01-31T10:00+01:00', endsAt: '2030-01-31T10:00:00Z'};
    const asked = {alias: 'meet.alice', title: 'Hand-over', ...times};
    const event = readCalendar((await ask(asked)).body.ics);
    assert.equal(event.SUMMARY.value, 'Hand-over');
    assert.equal(event.DTSTART.value, Date.UTC(2030, 0, 31, 9));
    assert.equal(event.ORGANIZER.value, 'mailto:alice@example.com');
    const uidOf = async (own, sub) =>
      readCalendar((await ask({...asked, ...own}, sub)).body.ics).UID;
    assert.deepEqual(await uidOf({title: 'Late'}), event.UID);
    assert.notDeepEqual(await uidOf({alias: 'meet.bob'}), event.UID);
    assert.notDeepEqual(await uidOf({}, 'bob'), event.UID);
  });
});

describe('a template', () => {
  it('is of the workspace that is asked, or of the configured one', async () => {
    const {ask} = await setup({path: 'mybrandingpath'});
    const {body} = await ask({template: true, workspace: 'rc.pexample.com'});
    assert.equal(
      body.rocketChatUrl,
      'https://go.rocket.chat/conference?host=rc.pexample.com&path=conference%2F{{numeric_alias}}%3FcallUrl%3Dhttps%253A%252F%252F{{addin_server_domain}}%252Fmybrandingpath%252Fconference%253Fconference%253D{{numeric_alias}}%26callProvider%3DPexip',
    );
    assert.equal(
      body.webAppUrl,
      'https://{{addin_server_domain}}/mybrandingpath/m/{{numeric_alias}}',
    );
    const own = await ask({template: true, path: ''});
    assert.match(own.body.rocketChatUrl, /\?host=chat\.example\.com&path=/);
    assert.equal(own.body.webAppUrl, 'https://{{addin_server_domain}}/webapp/m/{{numeric_alias}}');
  });
});

describe('POST /v1/invitations', () => {
  for (const [field, body] of [
    ['alias', {}],
    ['alias', {alias: 'x', template: true}],
    ['alias', {template: false}],
    ['alias', {alias: ''}],
    ['alias', {alias: '..'}],
    ['alias', {alias: 7}],
    ['alias', {alias: null}],
    ['alias', {alias: ['x']}],
    ['alias', {alias: 'x\r\nBcc: a@b.c'}],
    ['alias', {alias: 'x'.repeat(257)}],
    ['template', {template: 'yes'}],
    ['workspace', {template: true, workspace: 'http://chat.example.com'}],
    ['workspace', {template: true, workspace: 'a b'}],
    ['workspace', {template: true, workspace: {}}],
    ['path', {alias: 'x', path: '../admin'}],
    ['path', {alias: 'x', path: 'a%2Fb'}],
    ['path', {alias: 'x', path: null}],
    ['icon', {alias: 'x', icon: 'javascript:alert(1)'}],
    ['icon', {alias: 'x', icon: 'http://example.com/i.png'}],
    ['title', {alias: 'x', title: '\n'}],
    ['title', {alias: 'x', title: {}}],
    ['startsAt', {alias: 'x', startsAt: '2030-01-01T00:00Z'}],
    ['startsAt', {alias: 'x', endsAt: '2030-01-01T00:00Z'}],
    ['startsAt', {alias: 'x', startsAt: '2030-01-01', endsAt: '2030-01-02'}],
    ['startsAt', {alias: 'x', startsAt: '2030-01-01T02:00Z', endsAt: '2030-01-01T01:00Z'}],
  ])
    it(`refuses ${String(JSON.stringify(body)).slice(0, 60)}, and names the field`, async () => {
      const {ask} = await setup();
      const {status, body: answer} = await ask(body);
      assert.equal(status, 400);
      assert.equal(answer.error.code, 'invalid-argument');
      assert.ok(answer.error.message.includes(`"${field}"`), answer.error.message);
      // What was sent may be somebody's secret.
      assert.ok(!answer.error.message.includes('alert') && !answer.error.message.includes('Bcc'));
    });

  it('refuses any other body in the same way', () => {
    fc.assert(
      fc.property(fc.anything({withNullPrototype: true, withBigInt: true}), (body) => {
        try {
          readInvitationRequest(body);
        } catch (error) {
          assert.ok(error instanceof BrokerError && error.code === 'invalid-argument', error);
        }
      }),
    );
  });

  it('refuses whoever is not signed in', async () => {
    const {ask} = await setup();
    const {status, body} = await ask({alias: 'meet.alice'}, '');
    assert.deepEqual([status, body.error.code], [401, 'access-token-invalid']);
  });

  it('is a route of a broker that has meetings, and of no other', async (t) => {
    const atEnd = ending(t);
    const place = await startPlace(atEnd);
    const ask = client(atEnd);
    const pexip = {node: NODE, username: 'policy'};
    const env = {BROKER_PEXIP_PASSWORD: 'correct-horse-battery-staple-42'};
    const broker = await runBroker(atEnd, place, {settings: {pexip}, env});
    assert.ok(broker.origin, broker.output());
    const token = await place.tokenFor('alice');
    const options = {token, body: {alias: 'meet.canary'}};
    const {status, body} = await ask(broker.origin, 'POST', '/v1/invitations', options);
    assert.equal(status, 200);
    assert.equal(body.webAppUrl, `${NODE}/webapp/m/meet.canary`);
    assert.doesNotMatch(broker.output(), /canary/);
    const without = await runBroker(atEnd, place, {
      settings: {store: {sqlite: `${place.sqlite}-2`}},
    });
    const other = await ask(without.origin, 'POST', '/v1/invitations', options);
    assert.equal(other.status, 404);
  });
});
