import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {
  parseMembership,
  parseRoomFacts,
  parseRoomUnread,
  roomName,
  roomType,
  unreadCount,
  type Membership,
  type RoomFacts,
} from '../../src/protocol/chat-room.js';
import {LIMITS} from '../../src/protocol/guards.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

const TIME = Date.UTC(2026, 10, 21);
const SUB = {
  _id: 's-1',
  rid: 'GENERAL',
  t: 'c',
  name: 'general',
  unread: 2,
  alert: true,
  open: true,
  ts: {$date: TIME - 60_000},
  _updatedAt: {$date: TIME},
};
const READ = {
  id: 's-1',
  roomId: 'GENERAL',
  type: 'c',
  name: 'general',
  slug: 'general',
  path: 'channel/general',
  count: 2,
  alert: true,
  listed: true,
  joined: TIME - 60_000,
  updated: TIME,
};
const NO_TEXT = ODD_VALUES.filter((each) => typeof each !== 'string');
const NO_ID = [...NO_TEXT, '', 'x'.repeat(LIMITS.id + 1)];

/** What is read, without the data it was read from, which it keeps. */
const readMembership = (data: unknown): Omit<Membership, 'raw'> | undefined => {
  const read = parseMembership(data);
  if (!read) return;
  const {raw, ...rest} = read;
  expect(raw).to.equal(data);
  return rest;
};

/** What is read, without the data it was read from, which it keeps. */
const readFacts = (data: unknown): Omit<RoomFacts, 'raw'> | undefined => {
  const read = parseRoomFacts(data);
  if (!read) return;
  const {raw, ...rest} = read;
  expect(raw).to.equal(data);
  return rest;
};

describe('parseMembership', () => {
  it('reads a subscription of every kind of room', () => {
    expect(readMembership(SUB)).to.deep.equal(READ);
    expect(readMembership({...SUB, t: 'p'})).to.deep.equal({
      ...READ,
      type: 'p',
      path: 'group/general',
    });
    expect(readMembership({...SUB, t: 'p', prid: 'parent', fname: 'Our plan'})).to.deep.equal({
      ...READ,
      type: 'discussion',
      path: 'group/general',
      name: 'Our plan',
    });
    const direct = {...SUB, t: 'd', rid: 'u-au-b', name: 'bob', fname: 'Bob'};
    expect(readMembership(direct)).to.deep.equal({
      ...READ,
      roomId: 'u-au-b',
      type: 'd',
      name: 'Bob',
      slug: 'bob',
      path: 'direct/u-au-b',
    });
  });

  it('wants a room, a count and a known kind', () => {
    for (const rid of [...NO_ID, '\ud800']) {
      expect(readMembership({...SUB, rid})).to.equal(undefined);
      expect(parseRoomUnread({...SUB, rid})).to.equal(undefined);
    }
    for (const unread of [undefined, null, -1, 0.5, NaN, 1e309, '1', 2n, {}])
      expect(readMembership({...SUB, unread})).to.equal(undefined);
    for (const t of [...ODD_VALUES, 'l', 'v', 'C', 'constructor'])
      expect(readMembership({...SUB, t})).to.equal(undefined);
    for (const odd of ODD_VALUES) expect(readMembership(odd)).to.equal(undefined);
  });

  it('goes by the id of the room where there is none of its own', () => {
    for (const _id of NO_ID)
      expect(readMembership({...SUB, _id})).to.deep.equal({...READ, id: 'GENERAL'});
  });

  it('makes no path of a name that would lead elsewhere', () => {
    for (const name of ['../../x', '.', '..', '...', 'a/b', '\ud800', '', 'x'.repeat(1000), 7])
      expect(readMembership({...SUB, name})?.path).to.equal('channel/GENERAL');
    for (const name of ['a..b', '.a', 'Zoë ✆', 'a?b#c'])
      expect(readMembership({...SUB, name})?.path).to.equal(`channel/${name}`);
  });

  it('is listed unless it is hidden or archived, and then has nothing unread', () => {
    for (const hidden of [{open: false}, {archived: true}])
      expect(readMembership({...SUB, ...hidden})).to.deep.equal({
        ...READ,
        listed: false,
        count: 0,
        alert: false,
      });
    for (const odd of [undefined, null, 0, 1, 'false', {}])
      expect(readMembership({...SUB, open: odd, archived: odd})).to.deep.equal(READ);
  });

  it('takes what has no time for the oldest', () => {
    for (const odd of [undefined, '', 'x', {}, {$date: '1'}]) {
      expect(readMembership({...SUB, _updatedAt: odd})).to.deep.equal({...READ, updated: 0});
      expect(readMembership({...SUB, ts: odd})).to.deep.equal({...READ, joined: 0});
    }
    const iso = '2026-11-21T00:00:00Z';
    expect(readMembership({...SUB, _updatedAt: iso})?.updated).to.equal(TIME);
    expect(readMembership({...SUB, ts: iso})?.joined).to.equal(TIME);
  });

  it('reads no inherited name', () => {
    expect(readMembership(Object.create(SUB))).to.equal(undefined);
    expect(keepingPrototypes(() => readMembership(belowProto(SUB)))).to.equal(undefined);
  });

  it('never throws, and gives just known fields of the right type', () => {
    const value = fc.oneof(anything(), fc.string({maxLength: 200}), fc.boolean(), fc.integer());
    const data = fc
      .tuple(objectWith(Object.keys({...SUB, fname: '', prid: '', archived: ''}), value), fc.nat(3))
      .map(([odd, part]) => ({...(part && SUB), ...odd}));
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(data, anything()), (given) => {
        const membership = keepingPrototypes(() => readMembership(given));
        if (!membership) return;
        read++;
        expect(Object.keys(membership)).to.have.members(Object.keys(READ));
        expect(membership.type).to.be.oneOf(['c', 'p', 'd', 'discussion']);
        expect(membership.count).to.be.within(0, 9999);
        expect(membership.path).to.match(/^(channel|group|direct)\/[^/]/);
        for (const each of [membership.alert, membership.listed]) expect(each).to.be.a('boolean');
        expect(() => encodeURIComponent(membership.path)).not.to.throw();
        for (const time of [membership.joined, membership.updated])
          expect(new Date(time).getTime()).to.equal(time);
      }),
      HOSTILE_RUNS,
    );
    expect(read).to.be.greaterThan(500);
  });
});

describe('parseRoomUnread', () => {
  const unread = (fields: object): unknown => parseRoomUnread({...SUB, ...fields});
  const of = (count: number, alert: boolean): object => ({
    roomId: 'GENERAL',
    name: 'general',
    count,
    alert,
  });

  it('tells the count and the alert, each by itself', () => {
    expect(unread({})).to.deep.equal(of(2, true));
    expect(unread({unread: 0})).to.deep.equal(of(0, true));
    expect(unread({alert: false})).to.deep.equal(of(2, false));
    for (const alert of [undefined, null, 1, 'true', {}])
      expect(unread({alert})).to.deep.equal(of(2, false));
  });

  it('follows what the user wants to be told of', () => {
    expect(unread({unreadAlert: 'nothing'})).to.deep.equal(of(2, false));
    expect(unread({unreadAlert: 'all'})).to.deep.equal(of(2, true));
    expect(unread({hideUnreadStatus: true})).to.deep.equal(of(0, false));
    expect(unread({hideUnreadStatus: 1})).to.deep.equal(of(2, true));
  });
});

describe('unreadCount', () => {
  it('takes integers from 0, and no more than 9999', () => {
    expect([0, 1, 9998, 9999, 10_000, Number.MAX_SAFE_INTEGER].map(unreadCount)).to.deep.equal([
      0, 1, 9998, 9999, 9999, 9999,
    ]);
    for (const odd of [...NO_TEXT.filter((each) => each !== 0), 0.1, -1, 2 ** 53, '1', '9<b>'])
      expect(unreadCount(odd)).to.equal(undefined);
  });
});

describe('the name of a room', () => {
  it('is the one that people gave it, or else that of its address, cut', () => {
    expect(roomName({fname: 'Our plan', name: 'x7'})).to.equal('Our plan');
    expect(roomName({fname: '', name: 'x7'})).to.equal('x7');
    for (const odd of NO_TEXT) expect(roomName({fname: odd, name: odd})).to.equal('');
    expect(roomName({fname: 'x'.repeat(1e6)})).to.have.length(LIMITS.name);
    expect(roomName(undefined)).to.equal('');
  });

  it('is not that of its kind', () => {
    expect(roomType({t: 'c'})).to.equal('c');
    expect(roomType({t: 'd', prid: 'p'})).to.equal('discussion');
    for (const prid of [undefined, null, '', 0]) expect(roomType({t: 'p', prid})).to.equal('p');
    for (const odd of ODD_VALUES) expect(roomType(odd)).to.equal(undefined);
  });
});

describe('parseRoomFacts', () => {
  const ROOM = {_id: 'r', t: 'd', lm: {$date: TIME}, _updatedAt: {$date: TIME + 1}};
  const FACTS = {roomId: 'r', lastMessage: TIME, updated: TIME + 1, usernames: []};

  it('reads a room, and who is in a direct message', () => {
    expect(readFacts({...ROOM, usernames: ['alice', 'bob'], msgs: 7})).to.deep.equal({
      ...FACTS,
      usernames: ['alice', 'bob'],
    });
    const rest = {lm: '2026-11-21T00:00:00.000Z', _updatedAt: '2026-11-21T00:00:00.001Z'};
    expect(readFacts({...ROOM, ...rest})).to.deep.equal(FACTS);
  });

  it('names nobody of another room, and no more than a hundred', () => {
    for (const t of ['c', 'p', undefined, 'discussion'])
      expect(readFacts({...ROOM, t, usernames: ['alice']})).to.deep.equal(FACTS);
    const many = Array.from({length: 10_000}, (_, n) => (n % 2 ? `user${n}` : {n}));
    expect(readFacts({...ROOM, usernames: many})?.usernames).to.deep.equal(
      many.filter((each) => typeof each === 'string').slice(0, 100),
    );
    for (const usernames of [null, 'alice', {0: 'alice', length: 1}, 7])
      expect(readFacts({...ROOM, usernames})).to.deep.equal(FACTS);
  });

  it('wants an id, and takes what has no time for the oldest', () => {
    for (const _id of NO_ID) expect(readFacts({...ROOM, _id})).to.equal(undefined);
    for (const odd of ODD_VALUES) expect(readFacts(odd)).to.equal(undefined);
    expect(readFacts({_id: 'r'})).to.deep.equal({...FACTS, lastMessage: 0, updated: 0});
    expect(keepingPrototypes(() => readFacts(belowProto(ROOM)))).to.equal(undefined);
  });
});
