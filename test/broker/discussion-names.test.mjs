import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {plainAlias, withoutDomain} from '../../broker/dist/discussions/conference-alias.js';
import {discussionName} from '../../broker/dist/discussions/discussion-name.js';

const named = (iso, zone) => discussionName(Date.parse(iso), zone);

describe('the name of a discussion', () => {
  it('has the date and time of the meeting', () => {
    assert.equal(
      named('2026-11-23T07:50:59.999Z', 'UTC'),
      'Conference Call Chat History - 2026-11-23 07:50',
    );
  });

  for (const [iso, zone, expected] of [
    ['2026-11-23T07:50:00Z', 'Europe/Berlin', '2026-11-23 08:50'],
    ['2026-03-29T00:59:00Z', 'Europe/Berlin', '2026-03-29 01:59'],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29 03:00'],
    ['2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25 02:30'],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25 02:30'],
    ['2026-11-01T05:59:00Z', 'America/New_York', '2026-11-01 01:59'],
    ['2026-11-01T06:00:00Z', 'America/New_York', '2026-11-01 01:00'],
    ['2026-12-31T23:00:00Z', 'Asia/Kolkata', '2027-01-01 04:30'],
    ['2026-01-01T00:00:00Z', 'America/Los_Angeles', '2025-12-31 16:00'],
    ['2026-06-01T00:00:00Z', 'UTC', '2026-06-01 00:00'],
    ['2026-06-01T22:00:00Z', 'Europe/Berlin', '2026-06-02 00:00'],
  ]) {
    it(`is that of ${zone} at ${iso}`, () => {
      assert.equal(named(iso, zone), `Conference Call Chat History - ${expected}`);
    });
  }
});

describe('the alias of a conference', () => {
  for (const [told, plain] of [
    ['meet.anna', 'meet.anna'],
    [' Meet.Anna@Example.com ', 'meet.anna@example.com'],
    ['sip:meet.anna@example.com;transport=tls', 'meet.anna@example.com'],
    ['SIPS:meet.anna@example.com?subject=x', 'meet.anna@example.com'],
    ['h323:1234', '1234'],
    ['bu\u0308ro', 'b\u00fcro'],
    ['a'.repeat(250), 'a'.repeat(250)],
    ['a'.repeat(251), undefined],
    ['', undefined],
    ['  ', undefined],
    ['sip:', undefined],
    [';x=1', undefined],
  ]) {
    it(`of "${told.slice(0, 30)}" is ${plain?.slice(0, 30)}`, () => {
      assert.equal(plainAlias(told), plain);
    });
  }

  it('is the broker’s own without the domain that Pexip may add', () => {
    assert.equal(withoutDomain('0123456789@vc.example.com'), '0123456789');
    assert.equal(withoutDomain('0123456789'), '0123456789');
  });
});
