import {expect} from '@open-wc/testing';

import type {RoomUnread} from '../../src/protocol/chat-room.js';
import type {Unread} from '../../src/session/chat-state.js';
import {UnreadTally} from '../../src/session/unread-tally.js';

const room = (roomId: string, count: number, alert = false): RoomUnread => ({
  roomId,
  name: `Room ${roomId}`,
  count,
  alert,
});

describe('UnreadTally', () => {
  let tally: UnreadTally;

  beforeEach(() => {
    tally = new UnreadTally();
  });

  const addRoom = (unread: RoomUnread): Unread => {
    tally.add({type: 'unread-changed-by-subscription', unread});
    return tally.unread;
  };
  const addTotal = (count: number, alert = false): Unread => {
    tally.add({type: 'unread-changed', count, alert});
    return tally.unread;
  };

  it('adds up the rooms while no total is known', () => {
    addRoom(room('a', 2));
    expect(addRoom(room('b', 3))).to.deep.equal({
      count: 5,
      alert: true,
      rooms: [room('a', 2), room('b', 3)],
    });
  });

  it('replaces what it knew of a room', () => {
    addRoom(room('a', 2));
    addRoom(room('b', 3));
    expect(addRoom(room('a', 0))).to.deep.equal({
      count: 3,
      alert: true,
      rooms: [room('a', 0), room('b', 3)],
    });
  });

  it('counts the total where one is known, even where the rooms say otherwise', () => {
    addRoom(room('a', 2));
    expect(addTotal(7)).to.include({count: 7, alert: true});
    expect(addRoom(room('b', 3))).to.include({count: 7});
    expect(addTotal(0)).to.include({count: 0, alert: true});
  });

  it('alerts as long as any room has something new, counted or not', () => {
    expect(addRoom(room('a', 0, true))).to.include({count: 0, alert: true});
    expect(addRoom(room('b', 0))).to.include({count: 0, alert: true});
    expect(addRoom(room('a', 0))).to.include({count: 0, alert: false});
    expect(addRoom(room('b', 1))).to.include({count: 1, alert: true});
  });

  it('alerts as long as the total does', () => {
    expect(addTotal(0, true)).to.deep.equal({count: 0, alert: true, rooms: []});
    expect(addRoom(room('a', 0))).to.include({alert: true});
    expect(addTotal(0)).to.include({alert: false});
  });

  it('alerts where the total alone counts something', () => {
    expect(addTotal(3)).to.include({count: 3, alert: true});
  });

  it('forgets everything', () => {
    addRoom(room('a', 2, true));
    addTotal(7, true);
    tally.clear();
    expect(addRoom(room('b', 1))).to.deep.equal({count: 1, alert: true, rooms: [room('b', 1)]});
  });

  it('freezes what it tells, down to the rooms', () => {
    const unread = addRoom(room('a', 2));
    expect(Object.isFrozen(unread)).to.equal(true);
    expect(Object.isFrozen(unread.rooms)).to.equal(true);
    expect(Object.isFrozen(unread.rooms[0])).to.equal(true);
  });

  it('leaves what it told before as it was', () => {
    const before = addRoom(room('a', 2));
    addRoom(room('a', 5));
    addRoom(room('b', 1));
    expect(before).to.deep.equal({count: 2, alert: true, rooms: [room('a', 2)]});
  });
});
