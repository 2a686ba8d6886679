import {expect} from '@open-wc/testing';

import type {EmbedRoom} from '../../src/protocol/rocket-chat-embed.js';
import {RoomWait} from '../../src/session/room-wait.js';

const ROOM: EmbedRoom = {roomId: 'GENERAL', name: 'general', type: 'c'};

describe('RoomWait', () => {
  let wait: RoomWait;

  beforeEach(() => {
    wait = new RoomWait();
  });

  it('resolves with the room that opens', async () => {
    const room = wait.next(true);
    wait.hit(ROOM);
    expect(await room).to.equal(ROOM);
  });

  it('resolves with nothing for a room that will not open', async () => {
    const room = wait.next(true);
    wait.miss();
    expect(await room).to.equal(undefined);
  });

  it('gives up after the time limit', async () => {
    const room = wait.next(true);
    wait.limit(1);
    expect(await room).to.equal(undefined);
  });

  it('replaces one limit by another, or by none', async () => {
    const room = wait.next(true);
    wait.limit(1);
    wait.limit(undefined);
    // A later timer of the same length tells that the first would have ended.
    const later = new RoomWait();
    const clock = later.next(true);
    later.limit(5);
    await clock;
    wait.hit(ROOM);
    expect(await room).to.equal(ROOM);
  });

  it('waits for one room after the other', async () => {
    const first = wait.next(false);
    expect(wait.last).to.equal(false);
    wait.miss();
    expect(await first).to.equal(undefined);
    const second = wait.next(true);
    expect(wait.last).to.equal(true);
    wait.hit(ROOM);
    expect(await second).to.equal(ROOM);
  });

  it('keeps to the first of several outcomes', async () => {
    const room = wait.next(true);
    wait.hit(ROOM);
    wait.miss();
    wait.end();
    expect(await room).to.equal(ROOM);
  });

  it('ends for good: what is waited for, and all that would follow', async () => {
    const room = wait.next(false);
    expect(wait.ended).to.equal(false);
    wait.end();
    expect(wait.ended).to.equal(true);
    expect(await room).to.equal(undefined);
    expect(await wait.next(true)).to.equal(undefined);
  });

  it('can be told an outcome before anyone waits', () => {
    expect(() => {
      wait.hit(ROOM);
      wait.miss();
      wait.end();
    }).not.to.throw();
  });
});
