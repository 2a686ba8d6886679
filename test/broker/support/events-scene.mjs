import {fakeSeal} from '../../support/fake-seal.mjs';
import {MemoryStore} from '../../support/memory-store.mjs';
import {EventSink} from '../../../broker/dist/events/event-sink.js';
import {StoreRoster} from '../../../broker/dist/events/store-roster.js';
import {parseSinkBody} from '../../../broker/dist/events/sink-body.js';
import {randomAlias} from '../../../broker/dist/meetings/meeting-aliases.js';
import {MeetingRecords} from '../../../broker/dist/meetings/meeting-records.js';
import {Tickets} from '../../../broker/dist/meetings/tickets.js';

const HOUR = 60 * 60_000;

/** A log whose lines can be read: `[level, ...arguments]`. */
export const heardLog = () => {
  const lines = [];
  const at =
    (level) =>
    (...args) =>
      void lines.push([level, ...args]);
  const levels = ['trace', 'debug', 'info', 'warn', 'error'];
  return {lines, ...Object.fromEntries(levels.map((level) => [level, at(level)]))};
};

/** Places of meetings that any number of brokers share. */
export const eventsPlace = ({store = new MemoryStore(), seal = fakeSeal()} = {}) => {
  const records = new MeetingRecords({store, seal});
  const tickets = new Tickets({store, seal});
  const roster = new StoreRoster({store, seal});
  return {
    store,
    seal,
    records,
    tickets,
    roster,
    /** Makes a meeting as Meetings does. */
    meeting: async (own = {}) => {
      const alias = randomAlias();
      const createdAt = Date.now();
      const meeting = {
        ...{id: records.idFor(alias), alias, creator: 'anna', title: 'Review', people: []},
        ...{hostPin: '123456', guests: true, chat: 'default', callType: 'video', record: 'none'},
        ...{createdAt, expiresAt: createdAt + 24 * HOUR, ...own},
      };
      if (!(await records.insert(meeting))) throw new Error('The alias was taken.');
      return meeting;
    },
    ticketFor: (meeting, sub, role = 'guest') => tickets.issue(meeting, {sub, role, name: sub}),
    /** The sink of a broker, which has not yet begun. */
    sink: (t, {log = heardLog(), store: own = store, meetings = records, pause = 20} = {}) => {
      const sink = new EventSink({store: own, seal, log, meetings, tickets, pause});
      t?.after(() => sink.close());
      return Object.assign(sink, {log});
    },
    /** All that is known of a meeting by its events. */
    known: async ({id}) => ({
      participants: await roster.participants(id),
      isLive: await roster.isLive(id),
      emptySince: await roster.emptySince(id),
    }),
  };
};

/** Events of one node, numbered as Pexip Infinity does; times in epoch ms. */
export const node = (name, {seq = 0, clock = Date.now} = {}) => {
  let last = seq;
  const event = (kind, data, at = clock()) => ({
    node: name,
    seq: (last += 1),
    version: 2,
    time: at / 1000,
    event: kind,
    data,
  });
  return {
    event,
    /** Its sink starts anew: it counts from 1. */
    restart: (at) => {
      last = 0;
      return event('eventsink_started', {}, at);
    },
    started: ({id}, start, at) =>
      event('conference_started', {name: id, start_time: start / 1000, is_started: true}, at),
    ended: ({id}, start, at) =>
      event('conference_ended', {name: id, start_time: start / 1000, end_time: at / 1000}, at),
    connected: ({id}, uuid, data = {}, at = clock()) =>
      event(
        'participant_connected',
        {
          ...{uuid, conference: id, display_name: uuid, role: 'guest', protocol: 'WebRTC'},
          ...{has_media: true, is_streaming: false, is_muted: false, is_client_muted: false},
          ...{is_presenting: false, connect_time: at / 1000, related_uuids: [], call_tag: ''},
          ...{remote_address: '192.0.2.7', vendor: 'a browser', ...data},
        },
        at,
      ),
    updated: ({id}, uuid, data, at) =>
      event('participant_updated', {uuid, conference: id, ...data}, at),
    gone: ({id}, uuid, at, data = {}) =>
      event('participant_disconnected', {uuid, conference: id, duration: 1, ...data}, at),
  };
};

export const bulk = (events, name = '192.0.2.1') => ({
  node: name,
  seq: 0,
  version: 2,
  time: Date.now() / 1000,
  event: 'eventsink_bulk',
  data: events,
});

/** What a route makes of a body. */
export const bodyOf = (events) => parseSinkBody(bulk(events));

/** The same items in another order, by a random number generator of one's own. */
export const shuffled = (items, random = Math.random) => {
  const all = [...items];
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [all[at], all[other]] = [all[other], all[at]];
  }
  return all;
};

/** Numbers that look random, the same each time for a seed. */
export const randomBy = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};
