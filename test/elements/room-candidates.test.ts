import {expect} from '@open-wc/testing';

import {roomCandidates} from '../../src/elements/native/room-candidates.js';
import type {ChatRoom} from '../../src/session/chat-state.js';

const room = (fields: Partial<ChatRoom>): ChatRoom => ({
  roomId: 'id',
  name: 'General Chat',
  path: 'channel/general-chat',
  type: 'c',
  count: 0,
  alert: false,
  lastMessage: 0,
  ...fields,
});

describe('rooms that can be named', () => {
  it('are written by their names in addresses, and shown as people call them', () => {
    expect(roomCandidates([room({})], 'gen')).to.deep.equal([
      {name: 'general-chat', title: 'General Chat'},
    ]);
    expect(roomCandidates([room({name: 'general-chat'})], 'gen')).to.deep.equal([
      {name: 'general-chat'},
    ]);
  });

  it('are found by either, in any case and without accents', () => {
    const rooms = [room({path: 'channel/about-us', name: 'Über uns'})];
    for (const query of ['about', 'ABOUT-', 'uber', 'üBer', 'uns'])
      expect(roomCandidates(rooms, query), query).to.have.lengthOf(1);
    for (const query of ['General', 'channel'])
      expect(roomCandidates(rooms, query), query).to.have.lengthOf(0);
  });

  it('are channels alone, and those that have a name to be written by', () => {
    const rooms = [
      room({type: 'p', path: 'group/general-chat'}),
      room({type: 'd', path: 'direct/id'}),
      room({type: 'discussion', path: 'channel/x7'}),
      room({path: 'channel/id'}),
    ];
    expect(roomCandidates(rooms, '')).to.deep.equal([]);
  });
});
