import type {BrokerContext} from '../context.js';
import {Locks} from '../sessions/locks.js';
import {createRoomCalls} from '../workspace/rocket-chat-rooms.js';
import type {Rooms} from '../workspace/rooms.js';
import {DiscussionMaker} from './discussion-maker.js';
import {DiscussionRecords} from './discussion-records.js';
import {Discussions} from './discussions.js';

/** Makes what makes discussions. */
export const createDiscussions = (context: BrokerContext, rooms: Rooms): Discussions => {
  const {settings, store, seal, audit, log, workspace} = context;
  const calls = createRoomCalls(context);
  return new Discussions({
    records: new DiscussionRecords(store, seal),
    maker: new DiscussionMaker(calls),
    calls,
    rooms,
    workspace,
    locks: new Locks(store, log, undefined, 'this discussion'),
    audit,
    timeZone: settings.discussions.timeZone,
  });
};
