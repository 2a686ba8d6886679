import {hkdfSync, randomBytes} from 'node:crypto';

import Fastify, {LogController} from 'fastify';
import {Agent} from 'undici';

import {answerClientError, answerError, errorAnswers} from '../../broker/dist/http/errors.js';
import {jsonBodies} from '../../broker/dist/http/body.js';

/** A clock that goes on only when it is told to; ms. */
export const fakeClock = (start = 1_000) => {
  let time = start;
  const now = () => time;
  now.forward = (ms) => (time += ms);
  return now;
};

/** Counters as the store keeps them, in memory. `calls` has every key that was counted. */
export const fakeStore = (now = () => performance.now()) => {
  const windows = new Map();
  const calls = [];
  return {
    calls,
    async count(key, length, by = 1) {
      calls.push(key);
      let window = windows.get(key);
      if (!window || window.end <= now())
        windows.set(key, (window = {count: 0, end: now() + length}));
      return {count: (window.count += by), resetIn: window.end - now()};
    },
  };
};

/** The keys of a seal, which two with the same secret have in common. */
export const fakeSeal = (secret = randomBytes(32)) => ({
  key: (use) => Buffer.from(hkdfSync('sha256', secret, '', use, 32)),
});

/** Keeps what it was told. */
export const fakeAudit = () => {
  const events = [];
  return {events, note: async (event) => void events.push(event), close: async () => undefined};
};

/** A log whose lines can be read. */
export const readableLog = () => {
  const lines = [];
  return {
    lines,
    /** Everything that was logged, as one text. */
    text: () => lines.join(''),
    options: {level: 'debug', stream: {write: (line) => void lines.push(line)}},
  };
};

/** A log that nobody reads. */
export const noLog = Fastify().log;

/** Settings of the callers' part: what a test is about, and nothing beside it. */
export const callerSettings = (own = {}) => ({
  publicUrl: 'https://broker.example.com',
  origins: ['https://app.example.com'],
  jwt: [],
  apiKeys: [],
  ...own,
  limits: {perUser: 1_000, refusedPerAddress: 1_000, body: 65_536, ...own.limits},
});

/** The way out; closed when the test ends. */
export const openDispatcher = (t) => {
  const agent = new Agent({connect: {timeout: 2_000}});
  t.after(() => agent.destroy());
  return agent;
};

/** An app with the broker's answers and bodies, as `createBroker` puts them together. */
export const brokerApp = async (t, {log, bodyLimit = 65_536, ...options} = {}) => {
  const app = Fastify({
    logger: log?.options ?? false,
    logController: new LogController({disableRequestLogging: true}),
    frameworkErrors: answerError,
    clientErrorHandler: answerClientError,
    ...options,
  });
  t.after(() => app.close());
  await app.register(errorAnswers);
  await app.register(jsonBodies(bodyLimit));
  return app;
};

/** Starts an app on a port of its own; resolves with its address. */
export const listen = (app) => app.listen({port: 0, host: '127.0.0.1'});

/** A plain HTTP server that counts its requests; resolves with its address and what it was asked. */
export const hostServer = async (t, answer) => {
  const {createServer} = await import('node:http');
  const asked = [];
  const server = createServer((request, response) => {
    asked.push({url: request.url, headers: request.headers});
    answer(request, response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {origin: `http://127.0.0.1:${server.address().port}`, asked, server};
};
