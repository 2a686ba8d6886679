import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import type {Membership, RoomFacts} from '../../src/protocol/chat-room.js';
import {NOTHING_UNREAD} from '../../src/session/chat-state.js';
import {RoomDirectory} from '../../src/session/room-directory.js';

const member = (roomId: string, fields: Partial<Membership> = {}): Membership => ({
  roomId,
  id: `s-${roomId}`,
  type: 'c',
  name: roomId.toUpperCase(),
  slug: roomId,
  path: `channel/${roomId}`,
  count: 0,
  alert: false,
  listed: true,
  joined: 0,
  updated: 1,
  raw: undefined,
  ...fields,
});
const facts = (roomId: string, fields: Partial<RoomFacts> = {}): RoomFacts => ({
  roomId,
  lastMessage: 0,
  updated: 1,
  usernames: [],
  raw: undefined,
  ...fields,
});

describe('RoomDirectory', () => {
  let directory: RoomDirectory;
  beforeEach(() => {
    directory = new RoomDirectory();
  });

  const put = (...all: readonly Membership[]): void => all.forEach((each) => directory.put(each));
  const ids = (): string[] => directory.rooms.map(({roomId}) => roomId);

  it('knows nothing at first', () => {
    expect(directory.rooms).to.deep.equal([]);
    expect(directory.unread).to.equal(NOTHING_UNREAD);
    expect(directory.since).to.equal(0);
    expect(directory.find('channel/a')).to.equal(undefined);
    expect(directory.participants('a')).to.deep.equal([]);
  });

  it('lists the room with the latest message first, then by name, then by id', () => {
    put(member('a'), member('b'), member('d', {name: 'same'}), member('c', {name: 'same'}));
    put(member('e', {name: 'Äther'}));
    directory.putFacts(facts('b', {lastMessage: 5}));
    directory.putFacts(facts('nobody of ours', {lastMessage: 9}));
    expect(ids()).to.deep.equal(['b', 'a', 'e', 'c', 'd']);
  });

  it('tells of each room just what a page is to know, frozen', () => {
    put(member('a', {count: 3, alert: true}));
    directory.putFacts(facts('a', {lastMessage: 7, usernames: ['x']}));
    expect(directory.rooms).to.deep.equal([
      {roomId: 'a', name: 'A', count: 3, alert: true, type: 'c', path: 'channel/a', lastMessage: 7},
    ]);
    for (const each of [directory.rooms, directory.rooms[0], directory.unread])
      expect(Object.isFrozen(each)).to.equal(true);
    for (const each of [directory.unread.rooms, directory.unread.rooms[0]])
      expect(Object.isFrozen(each)).to.equal(true);
  });

  it('leaves out of the list what the user has hidden, but still knows it', () => {
    put(member('a', {listed: false}), member('b'));
    expect(ids()).to.deep.equal(['b']);
    expect(directory.membership('a')?.roomId).to.equal('a');
    expect(directory.find('channel/a')?.roomId).to.equal('a');
  });

  it('counts what is unread, in all and by room', () => {
    put(member('a', {count: 2}), member('b', {alert: true}), member('c'));
    expect(directory.unread).to.deep.equal({
      count: 2,
      alert: true,
      rooms: [
        {roomId: 'a', name: 'A', count: 2, alert: false},
        {roomId: 'b', name: 'B', count: 0, alert: true},
        {roomId: 'c', name: 'C', count: 0, alert: false},
      ],
    });
    put(member('b', {updated: 2}));
    expect(directory.unread).to.deep.include({count: 2, alert: true});
    put(member('a', {updated: 2}));
    expect(directory.unread).to.deep.include({count: 0, alert: false});
  });

  it('keeps the latest state of each room, in whatever order they come', () => {
    const state = fc.record({
      room: fc.constantFrom('a', 'b', 'c'),
      updated: fc.nat(6),
      facts: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(state, {maxLength: 20}), (states) => {
        const all = new RoomDirectory();
        for (const {room, updated, facts: isFacts} of states) {
          if (isFacts) all.putFacts(facts(room, {updated, usernames: [String(updated)]}));
          else all.put(member(room, {updated, count: updated}));
        }
        for (const room of ['a', 'b', 'c']) {
          const latest = (isFacts: boolean): number =>
            Math.max(
              -1,
              ...states
                .filter((each) => each.room === room && each.facts === isFacts)
                .map(({updated}) => updated),
            );
          expect(all.membership(room)?.count ?? -1).to.equal(latest(false));
          expect(Number(all.participants(room)[0] ?? -1)).to.equal(latest(true));
        }
        expect(all.since).to.equal(Math.max(0, ...states.map(({updated}) => updated)));
      }),
    );
  });

  it('knows until when it knows all, by any of the times that the server has told', () => {
    put(member('a', {updated: 5}));
    expect(directory.since).to.equal(5);
    directory.putFacts(facts('a', {updated: 3, lastMessage: 9}));
    expect(directory.since).to.equal(9);
    put(member('a', {updated: 4}));
    directory.remove('a');
    directory.clear();
    expect(directory.since).to.equal(9);
  });

  it('forgets a room by the id of the subscription or of the room, and nothing else', () => {
    put(member('a'), member('b'), member('c'));
    directory.remove('s-a');
    directory.remove('b');
    directory.remove('');
    directory.remove('__proto__');
    expect(ids()).to.deep.equal(['c']);
    directory.clear();
    expect(ids()).to.deep.equal([]);
    expect(directory.unread).to.equal(NOTHING_UNREAD);
  });

  it('takes a room again that the user has joined again', () => {
    put(member('a', {updated: 9}));
    directory.remove('s-a');
    put(member('a', {updated: 2, id: 's-new'}));
    expect(directory.membership('a')?.id).to.equal('s-new');
  });

  it('knows who is in a direct message', () => {
    directory.putFacts(facts('d', {usernames: ['alice', 'bob']}));
    expect(directory.participants('d')).to.deep.equal(['alice', 'bob']);
  });

  it('finds a room by its encoded path, by name or by id, of the right kind only', () => {
    put(
      member('x1', {slug: 'Zoë & co', path: 'channel/Zoë & co'}),
      member('x2', {slug: 'general', path: 'group/general', type: 'p'}),
      member('x3', {slug: 'bob', path: 'direct/x3', type: 'd'}),
    );
    const found = (path: string): string | undefined => directory.find(path)?.roomId;
    expect(found(`channel/${encodeURIComponent('Zoë & co')}`)).to.equal('x1');
    expect(found('channel/x1')).to.equal('x1');
    expect(found('group/general')).to.equal('x2');
    expect(found('channel/general')).to.equal(undefined);
    expect(found('direct/bob')).to.equal('x3');
    expect(found('direct/x3')).to.equal('x3');
    for (const none of ['channel/none', 'chan/x1', 'general', '', '/', 'constructor/x1'])
      expect(found(none)).to.equal(undefined);
  });

  it('finds nothing by a path that no address can have, but a name of such letters', () => {
    expect(directory.find('channel/100%')).to.equal(undefined);
    put(member('a', {slug: '100%', path: 'channel/100%'}));
    expect(directory.find('channel/100%25')?.roomId).to.equal('a');
  });

  it('finds nothing by a path without a name, though there is a room without one', () => {
    put(member('a', {slug: '', path: 'group/a'}));
    for (const none of ['group/', 'group']) expect(directory.find(none)).to.equal(undefined);
    expect(directory.find('group/a')?.roomId).to.equal('a');
  });
});
