import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import fc from 'fast-check';
import ICAL from 'ical.js';

import {calendarFile} from '../../broker/dist/shared/bin/invite/calendar.js';
import {invitationFor} from '../../broker/dist/shared/src/protocol/invitation.js';
import {
  invitationAlias,
  invitationTitle,
} from '../../broker/dist/shared/src/protocol/invitation-place.js';
import {
  invitationInstant,
  invitationTime,
} from '../../broker/dist/shared/src/protocol/invitation-time.js';
import {readCalendar} from '../support/calendar-grammar.mjs';

const PLACE = {workspace: 'chat.example.com', node: 'https://pexip.example.com'};
const ENTRY = {
  id: 'c0ffee00c0ffee00',
  title: 'Ward round; beds 1, 2',
  startsAt: Date.UTC(2026, 2, 29, 0, 30),
  endsAt: Date.UTC(2026, 2, 29, 2, 30),
  writtenAt: Date.UTC(2026, 0, 31, 9),
  invitation: invitationFor(PLACE, 'meet.alice'),
};

/** By another reader than ours, which calendar programs use (Thunderbird). */
const readByIcal = (file) => {
  const calendar = new ICAL.Component(ICAL.parse(file));
  const events = calendar.getAllSubcomponents('vevent');
  assert.equal(events.length, 1);
  const event = new ICAL.Event(events[0], {strictExceptions: true});
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    summary: event.summary,
    location: event.location,
    description: event.description,
    startsAt: event.startDate.toJSDate().getTime(),
    endsAt: event.endDate.toJSDate().getTime(),
    organizer: event.organizer,
    organizerName: events[0].getFirstProperty('organizer').getParameter('cn'),
    url: events[0].getFirstPropertyValue('url'),
    zone: event.startDate.zone.tzid,
  };
};

const hostileText = fc.oneof(
  fc.string({unit: 'binary', maxLength: 300}),
  fc.string({
    unit: fc.constantFrom(...'\r\n;,:\\"= \t\0é😀', 'BEGIN:VEVENT', '\r\n '),
    maxLength: 80,
  }),
  fc.constantFrom('x\r\nATTENDEE:mailto:eve@example.com', 'a\\nb', '"; X-A=b:', 'ü'.repeat(200)),
);

describe('a calendar file', () => {
  it('says to two readers when the meeting is, and how it is joined', () => {
    const file = calendarFile({...ENTRY, organizer: {name: 'Zoë', email: 'zoe@example.com'}});
    const own = readCalendar(file);
    const other = readByIcal(file);
    const {rocketChatUrl, webAppUrl} = ENTRY.invitation;
    assert.deepEqual(other, {
      method: 'PUBLISH',
      uid: 'c0ffee00c0ffee00@pexip-chat-room',
      summary: ENTRY.title,
      location: webAppUrl,
      description: `From a Rocket.Chat client:\n${rocketChatUrl}\n\nIn a browser:\n${webAppUrl}`,
      startsAt: ENTRY.startsAt,
      endsAt: ENTRY.endsAt,
      organizer: 'mailto:zoe@example.com',
      organizerName: 'Zoë',
      url: webAppUrl,
      zone: 'UTC',
    });
    assert.equal(own.UID.value, other.uid);
    assert.equal(own.SUMMARY.value, other.summary);
    assert.equal(own.LOCATION.value, other.location);
    assert.equal(own.DESCRIPTION.value, other.description);
    assert.equal(own.DTSTART.value, ENTRY.startsAt);
    assert.equal(own.DTEND.value, ENTRY.endsAt);
    assert.equal(own.DTSTAMP.value, ENTRY.writtenAt);
    assert.equal(own.ORGANIZER.parameters.CN, 'Zoë');
  });

  it('is the same file each time it is written in the same second', () => {
    assert.equal(calendarFile(ENTRY), calendarFile({...ENTRY}));
  });

  it('has an organizer whom nobody can write to where none is known, or his address is odd', () => {
    for (const email of [undefined, '', 'a b@c.d', 'a@b\r\nX:1', '"x"@example.com', 'a@b,c@d.e']) {
      const {ORGANIZER} = readCalendar(calendarFile({...ENTRY, organizer: {email}}));
      assert.equal(ORGANIZER.value, 'mailto:noreply@pexip-chat-room.invalid');
    }
  });

  it('says where a PIN is asked for, and has none', () => {
    const {DESCRIPTION} = readCalendar(calendarFile({...ENTRY, pin: true}));
    assert.match(DESCRIPTION.value, /\n\nYou will be asked for a PIN\. .*apart\.$/);
    assert.doesNotMatch(readCalendar(calendarFile(ENTRY)).DESCRIPTION.value, /PIN/);
  });

  it('stays one event of those properties, whatever title, name, alias and id are', () => {
    const names = Object.keys(readCalendar(calendarFile(ENTRY)));
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, hostileText, (title, name, alias, id) => {
        const invitation = invitationFor(PLACE, invitationAlias(alias) ?? 'meet.alice');
        const entry = {...ENTRY, title, invitation, organizer: {name}, id: `abcdefgh${id}`};
        const file = calendarFile(entry);
        const own = readCalendar(file);
        const other = readByIcal(file);
        assert.deepEqual(Object.keys(own), names);
        assert.equal(own.SUMMARY.value, invitationTitle(title) ?? 'Meeting');
        assert.equal(other.summary, own.SUMMARY.value);
        assert.equal(own.LOCATION.value, invitation.webAppUrl);
        assert.equal(own.URL.value, invitation.webAppUrl);
        assert.equal(other.description, own.DESCRIPTION.value);
        assert.ok(own.DESCRIPTION.value.includes(`\n${invitation.rocketChatUrl}\n`));
        assert.deepEqual([other.startsAt, other.endsAt], [ENTRY.startsAt, ENTRY.endsAt]);
      }),
      {numRuns: 2_000},
    );
  });
});

describe('the time of an invitation', () => {
  it('is read with its offset', () => {
    for (const [given, at] of [
      ['2026-01-31T09:00:00Z', Date.UTC(2026, 0, 31, 9)],
      ['2026-01-31T10:00+01:00', Date.UTC(2026, 0, 31, 9)],
      ['2026-01-31T09:00:00.5Z', Date.UTC(2026, 0, 31, 9, 0, 0, 500)],
      ['2028-02-29T23:59:59-12:00', Date.UTC(2028, 2, 1, 11, 59, 59)],
    ])
      assert.equal(invitationInstant(given), at, given);
  });

  for (const given of [
    '2026-01-31T09:00:00',
    '2026-01-31',
    '2026-02-30T09:00:00Z',
    '2027-02-29T09:00:00Z',
    '2026-00-10T09:00:00Z',
    '2026-13-01T09:00:00Z',
    '2026-01-00T09:00:00Z',
    '2026-01-31T24:00:00Z',
    '2026-01-31T09:60:00Z',
    '2026-01-31T09:00:60Z',
    '2026-01-31T09:00:00+99:00',
    '2026-01-31T09:00:00Z\n',
    ' 2026-01-31T09:00:00Z',
    '31.1.2026 9:00',
    'tomorrow',
    '',
    1_700_000_000_000,
    null,
  ])
    it(`is not read of ${JSON.stringify(given)}`, () => {
      assert.equal(invitationInstant(given), undefined);
    });

  it('is any moment as ECMAScript writes it', () => {
    const range = {min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z')};
    fc.assert(
      fc.property(fc.date({...range, noInvalidDate: true}), (date) => {
        assert.equal(invitationInstant(date.toISOString()), date.getTime());
      }),
    );
  });

  it('ends after it begins', () => {
    const [starts, ends] = ['2026-01-31T09:00:00Z', '2026-01-31T10:00:00Z'];
    assert.deepEqual(invitationTime(starts, ends), {
      startsAt: Date.parse(starts),
      endsAt: Date.parse(ends),
    });
    for (const [one, other] of [
      [ends, starts],
      [starts, starts],
      [starts, undefined],
      [undefined, ends],
    ])
      assert.equal(invitationTime(one, other), undefined);
  });
});
