import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {roomTraits} from '../../src/protocol/room-traits.js';
import {anything, HOSTILE_RUNS, keepingPrototypes, ODD_VALUES} from './hostile.js';

const TIME = Date.UTC(2026, 10, 22);
const MEMBER = {rid: 'r', ls: {$date: TIME}};

describe('roomTraits', () => {
  it('lets a member of an ordinary room write', () => {
    expect(roomTraits({topic: 'News'}, MEMBER, 'alice')).to.deep.equal({
      topic: 'News',
      bar: undefined,
      encrypted: false,
      read: TIME,
    });
  });

  it('knows a member by the subscription alone, as the room may not be told yet', () => {
    expect(roomTraits(undefined, MEMBER, undefined).bar).to.equal(undefined);
  });

  it('lets nobody write who is no member', () => {
    expect(roomTraits({}, undefined, 'alice').bar).to.equal('not-member');
  });

  it('lets nobody write in a room that is archived or encrypted', () => {
    for (const where of ['archived', 'encrypted'] as const) {
      expect(roomTraits({[where]: true}, MEMBER, 'alice').bar).to.equal(where);
      expect(roomTraits({}, {...MEMBER, [where]: true}, 'alice').bar).to.equal(where);
    }
    expect(roomTraits({encrypted: true}, MEMBER, 'alice').encrypted).to.equal(true);
  });

  it('lets owners, moderators and whoever is unmuted write in a room that is read-only', () => {
    const room = {ro: true, unmuted: ['alice']};
    expect(roomTraits(room, MEMBER, 'bob').bar).to.equal('read-only');
    expect(roomTraits(room, MEMBER, undefined).bar).to.equal('read-only');
    expect(roomTraits(room, MEMBER, 'alice').bar).to.equal(undefined);
    for (const role of ['owner', 'moderator', 'admin'])
      expect(roomTraits(room, {...MEMBER, roles: [role]}, 'bob').bar).to.equal(undefined);
    expect(roomTraits(room, {...MEMBER, roles: ['leader']}, 'bob').bar).to.equal('read-only');
  });

  it('does not let those write who are muted', () => {
    const room = {muted: ['bob']};
    expect(roomTraits(room, MEMBER, 'bob').bar).to.equal('muted');
    expect(roomTraits(room, MEMBER, 'alice').bar).to.equal(undefined);
    expect(roomTraits(room, MEMBER, undefined).bar).to.equal(undefined);
  });

  it('takes only what is of the right type, and cuts a topic', () => {
    for (const odd of ODD_VALUES) {
      const room = {archived: odd, encrypted: odd, ro: odd, muted: odd, unmuted: odd};
      if (odd !== true) expect(roomTraits(room, MEMBER, 'bob').bar).to.equal(undefined);
      if (typeof odd !== 'string')
        expect(roomTraits({topic: odd}, MEMBER, 'bob').topic).to.equal('');
    }
    expect(roomTraits({topic: 'x'.repeat(5000)}, MEMBER, 'bob').topic).to.have.lengthOf(1024);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(anything(), anything(), fc.option(fc.string()), (room, subscription, name) => {
        const {topic, read} = keepingPrototypes(() =>
          roomTraits(room, subscription, name ?? undefined),
        );
        expect(topic).to.be.a('string');
        expect(read).to.be.a('number');
      }),
      HOSTILE_RUNS,
    );
  });
});
