import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {BrokerError} from '../../broker/dist/errors.js';
import {accessOf} from '../../broker/dist/meetings/access.js';
import {storeGone} from '../support/memory-store.mjs';
import {DAY, clockOf, meetingsOf, PLAN} from '../support/meetings-bench.mjs';

const ROOM = 'room-7';

const setup = async (t, {plan, belongs = async () => false} = {}) => {
  const parts = meetingsOf(t);
  const asked = [];
  const rooms = {
    belongs: (...who) => {
      asked.push(who);
      return belongs(...who);
    },
  };
  const people = [
    {sub: 'bob', role: 'guest'},
    {sub: 'carol', role: 'chair'},
  ];
  const meeting = await parts.meetings.create(
    {sub: 'alice'},
    {...PLAN, people, room: ROOM, ...plan},
  );
  const access = accessOf(parts, rooms);
  const roleFor = async (sub, alias = meeting.alias) => (await access({sub}, alias))?.role;
  return {...parts, asked, meeting, access, roleFor};
};

describe('who may see a meeting', () => {
  it('is whoever made it, as host', async (t) => {
    const {roleFor} = await setup(t);
    assert.equal(await roleFor('alice'), 'chair');
  });

  it('is whom it names, as what he is named', async (t) => {
    const {roleFor} = await setup(t);
    assert.equal(await roleFor('bob'), 'guest');
    assert.equal(await roleFor('carol'), 'chair');
  });

  it('gives a member of the parent room the meeting as guest', async (t) => {
    const belongs = async (sub, room) => sub === 'dave' && room === ROOM;
    const {roleFor, access, meeting} = await setup(t, {belongs});
    assert.deepEqual(await access({sub: 'dave'}, meeting.alias), {meeting, role: 'guest'});
    assert.equal(await roleFor('erin'), undefined);
  });

  it('gives who was in it by his own ticket the meeting in that role', async (t) => {
    const {roleFor, roster, tickets, meeting} = await setup(t);
    for (const [sub, role] of [
      ['dave', 'guest'],
      ['erin', 'chair'],
    ]) {
      await tickets.issue(meeting, {sub, role});
      assert.equal(await roleFor(sub), undefined, 'a ticket that was never used');
      roster.seen.add(`${meeting.id} ${sub}`);
      assert.equal(await roleFor(sub), role);
    }
  });

  it('keeps whom it names as what he is, whatever ticket he has', async (t) => {
    const {roleFor, roster, tickets, meeting} = await setup(t);
    await tickets.issue(meeting, {sub: 'bob', role: 'chair'});
    roster.seen.add(`${meeting.id} bob`);
    assert.equal(await roleFor('bob'), 'guest');
  });

  it('is nobody else', async (t) => {
    const {roleFor} = await setup(t);
    for (const sub of ['mallory', 'Alice', 'alice ', '', '__proto__'])
      assert.equal(await roleFor(sub), undefined, sub);
  });

  it('is nobody where there is no such meeting', async (t) => {
    const {roleFor, meeting, asked} = await setup(t, {belongs: async () => true});
    const {alias} = meeting;
    for (const other of ['', alias.toUpperCase(), `${alias}x`, '1234567890', 'f'.repeat(32)])
      assert.equal(await roleFor('alice', other), undefined, other);
    assert.deepEqual(asked, []);
  });

  it('is asked of Rocket.Chat only for those of whom nothing else is known', async (t) => {
    const {roleFor, asked} = await setup(t);
    for (const sub of ['alice', 'bob', 'carol', 'dave']) await roleFor(sub);
    assert.deepEqual(asked, [['dave', ROOM]]);
  });

  it('is not asked of Rocket.Chat for a meeting that began in no room', async (t) => {
    const {roleFor, asked} = await setup(t, {plan: {room: undefined}, belongs: async () => true});
    assert.equal(await roleFor('dave'), undefined);
    assert.deepEqual(asked, []);
  });

  it('is the same after its end, and of nobody once it is forgotten', async (t) => {
    const clock = clockOf(t);
    const {roleFor, meetings, meeting} = await setup(t);
    await meetings.end(meeting.id, 'ended');
    clock.forward(30 * DAY);
    assert.equal(await roleFor('bob'), 'guest');
  });

  for (const [status, code, plan] of [
    [401, 'session-missing', {}],
    [502, 'workspace-refused', {}],
    [401, 'session-missing', {numeric: true}],
    [502, 'workspace-unreachable', {numeric: true}],
    [429, 'rate-limited', {numeric: true}],
  ])
    it(`is no member ${plan.numeric ? 'of a numeric one ' : ''}while the workspace answers ${code}, and all others as before`, async (t) => {
      const belongs = () => Promise.reject(new BrokerError(status, code, 'No answer.'));
      const {roleFor, log, meeting} = await setup(t, {belongs, plan});
      assert.equal(await roleFor('dave'), undefined);
      assert.deepEqual(await Promise.all(['alice', 'bob', 'carol'].map((sub) => roleFor(sub))), [
        'chair',
        'guest',
        'chair',
      ]);
      assert.deepEqual(
        log.entries.map(({level, fields}) => [level, fields]),
        [['debug', {code}]],
      );
      assert.ok(!JSON.stringify(log.entries).includes(meeting.alias));
    });

  for (const [status, code] of [
    [502, 'workspace-unreachable'],
    [429, 'rate-limited'],
  ])
    it(`is told to ask again while the workspace answers ${code} of an alias that nobody can guess`, async (t) => {
      const error = new BrokerError(status, code, 'No answer.');
      const {roleFor} = await setup(t, {belongs: () => Promise.reject(error)});
      await assert.rejects(roleFor('dave'), error);
      assert.deepEqual(await Promise.all(['alice', 'bob'].map((sub) => roleFor(sub))), [
        'chair',
        'guest',
      ]);
    });

  it('is not "nobody" while the store is away, or by a fault of the broker', async (t) => {
    for (const error of [storeGone(), new TypeError('a fault')]) {
      const {roleFor} = await setup(t, {belongs: () => Promise.reject(error)});
      await assert.rejects(roleFor('dave'), error);
    }
  });
});
