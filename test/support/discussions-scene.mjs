import Fastify, {LogController} from 'fastify';

import {createDiscussions} from '../../broker/dist/discussions/create-discussions.js';
import {MeetingRecords} from '../../broker/dist/meetings/meeting-records.js';
import {Meetings} from '../../broker/dist/meetings/meetings.js';
import {discussionRoutes} from '../../broker/dist/routes/discussion-routes.js';
import {createRooms} from '../../broker/dist/workspace/rocket-chat-rooms.js';
import {startRocketChat} from '../../dist/testing/index.js';
import {answerError} from '../../broker/dist/http/errors.js';
import {fakeAudit, noLog, openDispatcher, readableLog} from './broker-fakes.mjs';
import {fakeSeal} from './fake-seal.mjs';
import {MemoryStore} from './memory-store.mjs';
import {startGate} from './whole-gate.mjs';

const SECOND = 1_000;

/** What whoever makes a meeting decides, in a test that is about something else. */
export const PLAN = {
  title: 'Round',
  people: [],
  numeric: false,
  guests: true,
  chat: 'default',
  callType: 'video',
  record: 'none',
};

/**
 * The route of discussions before a Rocket.Chat, with what else a broker is played: `Bearer alice` is
 * Alice, who is signed in to chat by `signIn('alice')`. `chat` are options of the workspace, `settings`
 * those of the broker: `room` is `discussions.room`. Other brokers share `store`.
 */
export const discussionsScene = async (t, {chat: options, settings = {}, place} = {}) => {
  const chat = place?.chat ?? (await startRocketChat({bypassRateLimit: true, ...options}));
  const gate = place?.gate ?? (await startGate(chat.origin));
  const service = place?.service ?? chat.serviceAccount();
  const store = place?.store ?? new MemoryStore();
  const logins = place?.logins ?? new Map();
  const seen = place?.seen ?? new Set();
  const accounts = new Map();
  const log = readableLog();
  const audit = fakeAudit();
  const app = Fastify({
    logger: log.options,
    logController: new LogController({disableRequestLogging: true}),
    frameworkErrors: answerError,
    // As serve.ts has it.
    routerOptions: {maxParamLength: 2048},
  });
  const context = {
    settings: {
      rocketChat: {
        internalUrl: gate.origin,
        userId: service.userId,
        authToken: service.authToken,
        timeout: 5 * SECOND,
        calls: 10,
        window: 60 * SECOND,
      },
      discussions: {room: settings.room, timeZone: settings.timeZone ?? 'UTC'},
      users: {create: settings.create ?? true},
      limits: {meetingsPerUser: settings.meetingsPerUser ?? 1_000},
    },
    store,
    seal: fakeSeal(),
    audit,
    log: app.log,
    workspace: {find: async (alias) => accounts.get(alias)},
    sessions: {login: async (sub) => logins.get(sub)},
    dispatcher: openDispatcher(t),
    roster: {hasSeen: async (id, sub) => seen.has(`${id} ${sub}`)},
  };
  const records = new MeetingRecords({store, seal: context.seal});
  const conferences = {emptySince: async () => undefined};
  const meetings = new Meetings({store, records, conferences, audit, log: noLog, grace: 0});
  const rooms = createRooms(context);
  const whole = {...context, meetings, rooms, discussions: createDiscussions(context, rooms)};
  app.setErrorHandler(answerError);
  app.addHook('onRequest', async (request) => {
    const [, sub] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (sub) request.identity = {sub, by: 'jwt'};
  });
  await app.register(discussionRoutes(whole));
  t.after(async () => {
    await app.close();
    if (place) return;
    gate.close();
    await chat.close();
  });
  return {
    chat,
    gate,
    service,
    store,
    logins,
    seen,
    accounts,
    audit,
    log,
    meetings,
    signIn: (...names) => {
      for (const name of names) logins.set(name, chat.issueToken(name));
    },
    idOf: (name) => chat.room(name)._id,
    /** Makes a meeting in somebody's name. */
    meet: (sub, plan = {}) => meetings.create({sub}, {...PLAN, ...plan}),
    /** Asks for the discussion of a meeting, by its alias. */
    ask: async (sub, alias) => {
      const {statusCode, body, headers} = await app.inject({
        method: 'POST',
        url: `/v1/meetings/${encodeURIComponent(alias)}/discussion`,
        headers: sub ? {authorization: `Bearer ${sub}`} : {},
      });
      return {status: statusCode, headers, body: JSON.parse(body)};
    },
  };
};

/** The discussions that hang off a room. */
export const discussionsOf = (chat, room) =>
  chat
    .messages(room)
    .filter(({drid}) => drid)
    .map(({drid}) => chat.room(drid));

/** Status and code of a refusal. */
export const refusal = ({status, body}) => [status, body.error?.code];
