import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {MOST_PEOPLE, readMeetingRequest} from '../../broker/dist/meetings/meeting-request.js';

const NOW = Date.parse('2026-01-10T11:00:00Z');
const read = (body) => readMeetingRequest(body, NOW);
const at = (text) => Date.parse(text);

const DEFAULTS = {
  title: 'Meeting',
  people: [],
  numeric: false,
  guests: true,
  chat: 'default',
  callType: 'video',
  record: 'none',
};

const refusal = (body) => {
  try {
    return assert.fail(JSON.stringify(read(body)));
  } catch (error) {
    if (error.name !== 'BrokerError') throw error;
    assert.deepEqual([error.status, error.code], [400, 'invalid-argument']);
    return error.message;
  }
};

describe('a request for a meeting', () => {
  it('needs nothing', () => assert.deepEqual(read({}), DEFAULTS));

  it('has all that is decided, and nothing else', () => {
    const plan = {
      title: 'Ward round',
      room: 'GENERAL',
      numeric: true,
      guests: false,
      chat: 'no',
      callType: 'audio',
      record: 'manual',
    };
    const people = ['bob', {alias: 'carol', role: 'chair', hostPin: '1'}, {alias: 'dave'}];
    const times = {startsAt: '2026-01-11T09:00:00+01:00', endsAt: '2026-01-11T08:30Z'};
    const others = {creator: 'mallory', alias: 'ward', id: 'x', hostPin: '000000', expiresAt: 1};
    assert.deepEqual(read({...plan, ...times, ...others, people}), {
      ...plan,
      people: [
        {sub: 'bob', role: 'guest'},
        {sub: 'carol', role: 'chair'},
        {sub: 'dave', role: 'guest'},
      ],
      startsAt: at('2026-01-11T08:00:00Z'),
      endsAt: at('2026-01-11T08:30:00Z'),
    });
  });

  it('has its title on one line, and cut', () => {
    assert.equal(read({title: ' Ward\r\nround\u2028 7 '}).title, 'Ward  round  7');
    assert.equal([...read({title: '🏥'.repeat(400)}).title].length, 128);
  });

  it('names nobody twice: who is named again is what he was named last', () => {
    const people = ['bob', 'Bob', {alias: 'bob', role: 'chair'}];
    assert.deepEqual(read({people}).people, [
      {sub: 'bob', role: 'chair'},
      {sub: 'Bob', role: 'guest'},
    ]);
  });

  it('names as many as a large ward has', () => {
    const people = Array.from({length: MOST_PEOPLE}, (_, number) => `user-${number}`);
    assert.equal(read({people}).people.length, MOST_PEOPLE);
    assert.match(refusal({people: [...people, 'one more']}), /"people".* 500 at most/);
  });

  for (const [name, ...values] of [
    ['title', '', '  ', 7, null, ['x'], {}],
    ['room', '', null, 7, ['GENERAL'], 'x'.repeat(129)],
    ['numeric', 1, 'true', null, []],
    ['guests', 0, 'no', null, {}],
    ['chat', true, '', 'YES', null, ['no'], '__proto__'],
    ['callType', 'video_only', null, 1, ''],
    ['record', true, 'auto', null],
    ['people', 'bob', null, {}, {length: 1, 0: 'bob'}],
    ['people', [''], [' bob'], ['a\nb'], ['x'.repeat(129)], [7], [null], [['bob']]],
    ['people', [{}], [{sub: 'bob'}], [{alias: 'bob', role: 'host'}], [{alias: 'bob', role: null}]],
    ['startsAt', 1768042800000, null, '', 'tomorrow', '2026-01-11', '2026-01-11T09:00:00'],
    ['startsAt', '2026-02-30T09:00:00Z', '2026-13-01T09:00:00Z', '2026-01-11T25:00:00Z'],
    ['startsAt', '2026-01-11T09:00:00+99:99', '2026-01-11t09:00:00z', ' 2026-01-11T09:00:00Z'],
    ['startsAt', '2026-01-10T10:54:59Z', '2020-01-01T00:00:00Z', '2027-02-15T00:00:00Z'],
    [
      'endsAt',
      null,
      'later',
      '2026-01-11T08:59:59Z',
      '2026-01-11T09:00:00Z',
      '2026-01-18T09:00:01Z',
    ],
  ])
    for (const value of values)
      it(`is refused where ${name} is ${JSON.stringify(value)?.slice(0, 40)}`, () => {
        const times = {startsAt: '2026-01-11T09:00:00Z', endsAt: '2026-01-11T10:00:00Z'};
        const message = refusal({...(name.endsWith('At') && times), [name]: value});
        assert.match(message, new RegExp(`^"${name}" of the meeting must be `));
        if (typeof value === 'string' && value.length > 8) assert.ok(!message.includes(value));
      });

  it('has both times or none', () => {
    assert.match(refusal({startsAt: '2026-01-11T09:00:00Z'}), /^"endsAt"/);
    assert.match(refusal({endsAt: '2026-01-11T09:00:00Z'}), /^"startsAt"/);
  });

  it('may begin five minutes ago, as clocks differ, and be a week long', () => {
    const times = {startsAt: '2026-01-10T10:55:00Z', endsAt: '2026-01-17T10:55:00Z'};
    assert.equal(read(times).startsAt, NOW - 5 * 60_000);
  });

  it('may be on the day of a leap year', () => {
    const now = at('2028-02-01T00:00:00Z');
    const times = {startsAt: '2028-02-29T09:00:00Z', endsAt: '2028-02-29T10:00:00Z'};
    assert.equal(readMeetingRequest(times, now).startsAt, at('2028-02-29T09:00:00Z'));
  });

  for (const body of [undefined, null, 'x', 7, [], [{}]])
    it(`is an object, and not ${JSON.stringify(body)}`, () => refusal(body));

  it('does not count what stands in a prototype', () => {
    assert.deepEqual(read(Object.create({title: 'Mine', numeric: true})), DEFAULTS);
  });

  it('is read or refused whatever it is', () => {
    const names = [...Object.keys(DEFAULTS), 'room', 'startsAt', 'endsAt', '__proto__'];
    const text = fc.date({noInvalidDate: true}).map((date) => date.toISOString());
    const value = fc.oneof(fc.jsonValue(), text, fc.string({unit: 'binary'}));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (body) => {
        let plan;
        try {
          plan = read(body);
        } catch (error) {
          assert.equal(error.code, 'invalid-argument');
          return;
        }
        assert.ok(plan.title.length >= 1 && plan.title.length <= 256);
        assert.ok(plan.people.every(({sub, role}) => sub && ['chair', 'guest'].includes(role)));
        assert.deepEqual([typeof plan.numeric, typeof plan.guests], ['boolean', 'boolean']);
        assert.equal(plan.startsAt === undefined, plan.endsAt === undefined);
        if (plan.startsAt !== undefined) assert.ok(plan.endsAt > plan.startsAt);
      }),
      {numRuns: 500},
    );
  });
});
