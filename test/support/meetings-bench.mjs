import {mock} from 'node:test';

import Fastify from 'fastify';

import {answerError} from '../../broker/dist/http/errors.js';
import {jsonBodies} from '../../broker/dist/http/body.js';
import {accessOf} from '../../broker/dist/meetings/access.js';
import {Links} from '../../broker/dist/meetings/links.js';
import {MeetingRecords} from '../../broker/dist/meetings/meeting-records.js';
import {Meetings} from '../../broker/dist/meetings/meetings.js';
import {Tickets} from '../../broker/dist/meetings/tickets.js';
import {meetingRoutes} from '../../broker/dist/routes/meeting-routes.js';
import {fakeAudit} from './broker-fakes.mjs';
import {fakeSeal} from './fake-seal.mjs';
import {MemoryStore} from './memory-store.mjs';

export const HOUR = 60 * 60_000;
export const DAY = 24 * HOUR;
export const NODE = 'https://node.example.com';

/** What somebody decides who says nothing. */
export const PLAN = {
  title: 'Ward round',
  people: [],
  numeric: false,
  guests: true,
  chat: 'default',
  callType: 'video',
  record: 'none',
};

/** Puts the clock of the brokers forward, or back; put right at the test's end. */
export const clockOf = (t) => {
  const real = Date.now;
  let ahead = 0;
  const mocked = mock.method(Date, 'now', () => real() + ahead);
  t.after(() => mocked.mock.restore());
  return {forward: (ms) => void (ahead += ms)};
};

/** A log whose entries are kept: `[{level, fields, message}]`. */
export const keptLog = () => {
  const entries = [];
  const level = (name) => (fields, message) => void entries.push({level: name, fields, message});
  return {
    entries,
    ...Object.fromEntries(['debug', 'info', 'warn', 'error'].map((each) => [each, level(each)])),
  };
};

/** What the events of Pexip Infinity say of meetings, as a test has it. */
export class FakeRoster {
  empty = new Map();
  live = new Set();
  people = new Map();
  seen = new Set();

  async emptySince(id) {
    return this.empty.get(id);
  }

  async isLive(id) {
    return this.live.has(id);
  }

  async participants(id) {
    return this.people.get(id) ?? [];
  }

  async hasSeen(id, sub) {
    return this.seen.has(`${id} ${sub}`);
  }
}

/** One broker's meetings; several may share a store and a roster. */
export const meetingsOf = (
  t,
  {store = new MemoryStore(), roster = new FakeRoster(), grace = 60_000} = {},
) => {
  const seal = fakeSeal();
  const log = keptLog();
  const audit = fakeAudit();
  const records = new MeetingRecords({store, seal});
  const tickets = new Tickets({store, seal});
  const meetings = new Meetings({store, records, conferences: roster, audit, log, grace});
  t.after(() => meetings.close());
  return {store, roster, seal, log, audit, records, tickets, meetings};
};

/**
 * The routes of meetings, whose caller is named by a header; `rooms` has a set of members for each
 * room, or an error that asking for it ends with.
 */
export const startMeetingRoutes = async (t, {settings: own = {}, ...options} = {}) => {
  const parts = meetingsOf(t, options);
  const rooms = new Map();
  const asked = [];
  const belongs = async (sub, room) => {
    asked.push([sub, room]);
    const members = rooms.get(room);
    if (members instanceof Error) throw members;
    return members?.has(sub) ?? false;
  };
  const settings = {
    pexip: {},
    meetings: {admins: []},
    recording: {protocol: 'rtmp', name: 'Recording'},
    ...own,
    limits: {meetingsPerUser: 30, ...own.limits},
  };
  const app = Fastify();
  t.after(() => app.close());
  app.setErrorHandler(answerError);
  app.decorateRequest('identity');
  app.addHook('onRequest', async (request) => {
    const {'x-sub': sub, 'x-name': name} = request.headers;
    if (sub) request.identity = {sub, by: 'jwt', ...(name && {name})};
  });
  await app.register(jsonBodies(64 * 1024));
  const access = accessOf(parts, {belongs});
  const links = new Links({node: NODE, path: settings.pexip.path, tickets: parts.tickets});
  await app.register(meetingRoutes({...parts, settings, rooms: {belongs}, access, links}));
  const ask = async (method, url, {as = 'alice', name, body} = {}) => {
    const headers = {...(as && {'x-sub': as}), ...(name && {'x-name': name})};
    const answer = await app.inject({method, url, headers, ...(body && {payload: body})});
    return {
      status: answer.statusCode,
      body: answer.json(),
      text: answer.body,
      headers: answer.headers,
    };
  };
  /** Makes a meeting by the route; the answer is the maker's. */
  const make = async (body = {}, as = 'alice') => {
    const {status, body: made} = await ask('POST', '/v1/meetings', {as, body});
    if (status !== 201) throw new Error(JSON.stringify(made));
    return made;
  };
  return {...parts, app, ask, make, rooms, asked, settings};
};
