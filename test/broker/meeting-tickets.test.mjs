import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {TICKET_LIFETIME, Tickets} from '../../broker/dist/meetings/tickets.js';
import {fakeSeal} from '../support/fake-seal.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {DAY, HOUR} from '../support/meetings-bench.mjs';

const NOW = Date.parse('2026-01-10T11:00:00Z');
const ANNA = {sub: 'anna', role: 'chair', name: 'Anna Keller'};
const MEETING = {id: 'meeting-one', expiresAt: NOW + DAY};
const OTHER = {id: 'meeting-two', expiresAt: NOW + DAY};

const setup = ({store = new MemoryStore(), secret} = {}) => {
  const clock = {now: NOW};
  const tickets = new Tickets({store, seal: fakeSeal(secret), now: () => clock.now});
  return {store, clock, tickets};
};

/** The place of each kept person, as it is in the store. */
const kept = (store, id = MEETING.id) => store.entries(`meeting-people:${id}`);

describe('a ticket', () => {
  it('names one person, his role and his name', async () => {
    const {tickets} = setup();
    assert.deepEqual(await tickets.read(MEETING, await tickets.issue(MEETING, ANNA)), ANNA);
    const nameless = {sub: 'bob', role: 'guest'};
    assert.deepEqual(await tickets.read(MEETING, await tickets.issue(MEETING, nameless)), nameless);
  });

  it('is read by every broker of the same secret and store', async () => {
    const store = new MemoryStore();
    const ticket = await setup({store}).tickets.issue(MEETING, ANNA);
    assert.deepEqual(await setup({store}).tickets.read(MEETING, ticket), ANNA);
    const foreign = setup({store, secret: 'another secret of thirty-two bytes'});
    assert.equal(await foreign.tickets.read(MEETING, ticket), undefined);
    assert.equal(await setup().tickets.read(MEETING, ticket), undefined);
  });

  it('tells nothing of the person, and neither does what is kept', async () => {
    const {store, tickets} = setup();
    let written = '';
    store.before = (...call) => void (written += JSON.stringify(call));
    const ticket = await tickets.issue(MEETING, ANNA);
    for (const text of [written, Buffer.from(ticket, 'base64url').toString('latin1')])
      assert.doesNotMatch(text, /anna|keller|chair/i);
    assert.ok(!written.includes(ticket));
  });

  it('is 39 characters that need no escape in an address', async () => {
    assert.match(await setup().tickets.issue(MEETING, ANNA), /^[\w-]{39}$/);
  });

  it('opens no other meeting, not even where the person is known', async () => {
    const {tickets} = setup();
    const ticket = await tickets.issue(MEETING, ANNA);
    await tickets.issue(OTHER, ANNA);
    assert.equal(await tickets.read(OTHER, ticket), undefined);
  });

  it('is another one for another person, another role, another meeting', async () => {
    const {tickets} = setup();
    const all = [
      await tickets.issue(MEETING, ANNA),
      await tickets.issue(MEETING, {...ANNA, role: 'guest'}),
      await tickets.issue(MEETING, {...ANNA, sub: 'Anna'}),
      await tickets.issue(OTHER, ANNA),
    ];
    assert.equal(new Set(all.map((ticket) => ticket.slice(0, 12))).size, all.length);
    assert.deepEqual((await tickets.read(MEETING, all[1])).role, 'guest');
    assert.deepEqual((await tickets.read(MEETING, all[2])).sub, 'Anna');
  });

  it('with another’s person in it is none', async () => {
    const {tickets} = setup();
    const [guest, host] = [
      await tickets.issue(MEETING, {sub: 'bob', role: 'guest'}),
      await tickets.issue(MEETING, ANNA),
    ].map((ticket) => Buffer.from(ticket, 'base64url'));
    const mixed = Buffer.concat([host.subarray(0, 9), guest.subarray(9)]).toString('base64url');
    assert.equal(await tickets.read(MEETING, mixed), undefined);
  });

  it('lasts for a day, and no longer than the meeting', async () => {
    for (const [expiresAt, life] of [
      [NOW + 30 * DAY, TICKET_LIFETIME],
      [NOW + HOUR, HOUR],
    ]) {
      const {clock, tickets} = setup();
      const meeting = {...MEETING, expiresAt};
      const ticket = await tickets.issue(meeting, ANNA);
      clock.now = NOW + life - 1;
      assert.deepEqual(await tickets.read(meeting, ticket), ANNA);
      clock.now = NOW + life;
      assert.equal(await tickets.read(meeting, ticket), undefined);
    }
  });

  it('of a meeting that is over is none', async () => {
    const {tickets} = setup();
    const over = {...MEETING, expiresAt: NOW - 1};
    assert.equal(await tickets.read(over, await tickets.issue(over, ANNA)), undefined);
  });

  it('does not last longer with another time in it', async () => {
    const {clock, tickets} = setup();
    const bytes = Buffer.from(await tickets.issue(MEETING, ANNA), 'base64url');
    bytes.writeUInt32BE(0xffffffff, 9);
    clock.now = NOW + 2 * DAY;
    assert.equal(await tickets.read(MEETING, bytes.toString('base64url')), undefined);
  });

  it('is none with any of its bits turned', async () => {
    const {tickets} = setup();
    const bytes = Buffer.from(await tickets.issue(MEETING, ANNA), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3] ^= 1 << (bit & 7);
      const text = altered.toString('base64url');
      assert.equal(await tickets.read(MEETING, text), undefined, `bit ${bit}`);
    }
  });

  it('has one form only: other texts of the same bytes are none', async () => {
    const {tickets} = setup();
    const ticket = await tickets.issue(MEETING, ANNA);
    const bytes = Buffer.from(ticket, 'base64url');
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const same = [...letters]
      .map((letter) => ticket.slice(0, -1) + letter)
      .filter((text) => text !== ticket && Buffer.from(text, 'base64url').equals(bytes));
    assert.equal(same.length, 3, 'two bits to spare');
    for (const text of [
      ...same,
      `${ticket}=`,
      `${ticket}\n`,
      ` ${ticket}`,
      bytes.toString('base64'),
    ])
      assert.equal(await tickets.read(MEETING, text), undefined, text);
  });

  it('is asked of the store only where its proof holds', async () => {
    const {store, tickets} = setup();
    const ticket = await tickets.issue(MEETING, ANNA);
    store.before = () => assert.fail('the store was asked');
    for (const text of ['', 'x', 'A'.repeat(39), ticket.slice(1), `A${ticket}`, 'é'.repeat(39)])
      assert.equal(await tickets.read(MEETING, text), undefined, text);
    assert.equal(await tickets.read(OTHER, ticket), undefined);
    await assert.rejects(tickets.read(MEETING, ticket), /the store was asked/);
  });

  it('is none whose person is gone, or was put in another’s place', async () => {
    const {store, tickets} = setup();
    const guest = await tickets.issue(MEETING, {sub: 'bob', role: 'guest'});
    const [[place]] = [...(await kept(store))];
    await tickets.issue(MEETING, ANNA);
    const [, other] = [...(await kept(store))].find(([each]) => each !== place);
    await store.put(`meeting-people:${MEETING.id}`, place, other, DAY);
    assert.equal(await tickets.read(MEETING, guest), undefined);
    await store.remove(`meeting-people:${MEETING.id}`, place);
    assert.equal(await tickets.read(MEETING, guest), undefined);
  });

  it('is for anybody of any name, and only for him', async () => {
    const text = fc.string({unit: 'binary', minLength: 1, maxLength: 128});
    const role = fc.constantFrom('chair', 'guest');
    await fc.assert(
      fc.asyncProperty(text, role, text, async (sub, as, name) => {
        const {tickets} = setup();
        const holder = {sub, role: as, name};
        const read = await tickets.read(MEETING, await tickets.issue(MEETING, holder));
        // Half a character is no text of a store.
        assert.deepEqual(read, JSON.parse(JSON.stringify(holder)));
      }),
      {numRuns: 50},
    );
  });

  it('is no text that somebody made up', async () => {
    const {tickets} = setup();
    const ticket = await tickets.issue(MEETING, ANNA);
    const likely = fc
      .tuple(fc.nat(38), fc.constantFrom(...'ABCxyz019-_=+/ \0é'))
      .map(([at, letter]) => ticket.slice(0, at) + letter + ticket.slice(at + 1));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({unit: 'binary'}), likely), async (text) => {
        if (text !== ticket) assert.equal(await tickets.read(MEETING, text), undefined);
      }),
    );
  });
});

describe('whether somebody was given a ticket', () => {
  it('is known by person and role', async () => {
    const {tickets} = setup();
    await tickets.issue(MEETING, ANNA);
    const was = (meeting, sub, role) => tickets.wasIssued(meeting, {sub, role});
    assert.equal(await was(MEETING, 'anna', 'chair'), true);
    assert.equal(await was(MEETING, 'anna', 'guest'), false);
    assert.equal(await was(MEETING, 'bob', 'chair'), false);
    assert.equal(await was(OTHER, 'anna', 'chair'), false);
  });
});
