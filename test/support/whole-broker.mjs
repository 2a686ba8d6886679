import {spawn} from 'node:child_process';
import {createSecretKey, randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';

import {SignJWT} from 'jose';
import {stringify} from 'smol-toml';
import {Agent, request} from 'undici';

import {startRocketChat} from '../../dist/testing/index.js';
import {eventually} from './eventually.mjs';
import {startGate} from './whole-gate.mjs';

const BIN = fileURLToPath(new URL('../../broker/dist/bin.js', import.meta.url));
const LISTENS = /The broker listens at (\S+?)"/;

/** The application's page, and the issuer of its users' tokens. */
export const PAGE = 'https://app.example.com';
export const ISSUER = 'https://login.example.com';
export const AUDIENCE = 'pexip-chat-room';

const random = () => randomBytes(32).toString('base64url');

/** What was set up is taken down in the opposite order: `const atEnd = ending(t)`. */
export const ending = (t) => {
  const ends = [];
  t.after(async () => {
    for (const end of ends.reverse()) await end();
  });
  return (end) => void ends.push(end);
};

/**
 * A workspace with its service account behind a gate, and an operator's secrets and settings for
 * brokers before it.
 *
 * @param {(end: () => unknown) => void} atEnd
 * @param {object} [options] of the simulator
 */
export const startPlace = async (atEnd, options = {}) => {
  const simulator = await startRocketChat({bypassRateLimit: true, ...options});
  atEnd(() => simulator.close());
  const gate = await startGate(simulator.origin);
  atEnd(() => gate.close());
  const folder = await mkdtemp(join(tmpdir(), 'whole-broker-'));
  atEnd(() => rm(folder, {recursive: true, force: true}));
  const {userId, ...service} = simulator.serviceAccount();
  const secrets = {secret: random(), apiKey: random(), jwtSecret: random(), ...service};
  const sqlite = join(folder, 'broker.sqlite');
  /** What stands in the configuration file; the rest is told by the environment. */
  const settings = {
    publicUrl: 'http://127.0.0.1:8090',
    origins: [PAGE],
    listen: {port: 0},
    store: {sqlite},
    rocketChat: {server: gate.origin, userId},
    jwt: [{issuer: ISSUER, audience: AUDIENCE}],
  };
  const env = {
    BROKER_SECRET: secrets.secret,
    BROKER_API_KEYS: secrets.apiKey,
    BROKER_JWT_SECRET: secrets.jwtSecret,
    BROKER_ROCKET_CHAT_AUTH_TOKEN: secrets.authToken,
    BROKER_ROCKET_CHAT_CREATE_TOKEN_SECRET: secrets.createTokenSecret,
  };
  const key = createSecretKey(secrets.jwtSecret, 'utf8');
  /** A user's access token, as the application signs it; `claims` and `header` as they are given. */
  const tokenFor = (sub, {claims = {}, header = {}, by = key} = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const all = {iss: ISSUER, aud: AUDIENCE, sub, iat: now, exp: now + 3600, ...claims};
    return new SignJWT(all).setProtectedHeader({alg: 'HS256', ...header}).sign(by);
  };
  return {simulator, gate, folder, sqlite, secrets, settings, env, tokenFor};
};

const merged = (one, other) => {
  const all = {...one};
  for (const [name, value] of Object.entries(other))
    all[name] =
      value && typeof value === 'object' && !Array.isArray(value)
        ? merged(one[name] ?? {}, value)
        : value;
  return all;
};

/**
 * Runs the command to its end or, where it starts, to the moment where it listens. `program` is another
 * one in its place, as own-broker.mjs.
 */
export const runBroker = async (
  atEnd,
  place,
  {settings, env, node = [], noFile = false, program = BIN} = {},
) => {
  const file = join(place.folder, `broker-${randomBytes(4).toString('hex')}.toml`);
  await writeFile(file, stringify(merged(place.settings, settings ?? {})));
  const words = noFile ? [] : ['--config', file];
  const child = spawn(process.execPath, [...node, program, ...words], {
    env: {PATH: process.env.PATH, ...place.env, ...env},
    cwd: place.folder,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8');
    child[name].on('data', (text) => (said[name] += text));
  }
  const ended = once(child, 'close').then(([status, signal]) => ({status, signal}));
  atEnd(() => {
    child.kill('SIGKILL');
    return ended;
  });
  const listens = async () => {
    while (!LISTENS.test(said.stdout)) await once(child.stdout, 'data');
    return LISTENS.exec(said.stdout)[1];
  };
  const origin = await Promise.race([listens(), ended.then(() => undefined)]);
  return {
    origin,
    child,
    said,
    ended,
    /** All that it has written. */
    output: () => said.stdout + said.stderr,
    /** Its log, line by line; throws for a line that is no JSON. */
    lines: () =>
      said.stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    /** Ends it with a signal. */
    kill: (signal = 'SIGKILL') => {
      child.kill(signal);
      return ended;
    },
    /** Bytes of memory that the system gives it. */
    memory: () =>
      1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]),
  };
};

/** Asks brokers, by as many connections as there are requests at once. */
export const client = (atEnd) => {
  const dispatcher = new Agent({headersTimeout: 120_000, bodyTimeout: 120_000});
  atEnd(() => dispatcher.destroy());
  return async (origin, method, path, {token, body, headers = {}} = {}) => {
    const answer = await request(origin + path, {
      method,
      dispatcher,
      headers: {
        ...(token && {authorization: `Bearer ${token}`}),
        ...(body !== undefined && {'content-type': 'application/json'}),
        ...headers,
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.body.text();
    const {statusCode: status, headers: got} = answer;
    const isJson = String(got['content-type']).startsWith('application/json');
    return {status, headers: got, text, body: isJson ? JSON.parse(text) : undefined};
  };
};

/**
 * Opens a session as src/session/broker-tokens.ts does: who is told to wait asks again after that
 * time. Resolves with the answer; what was refused meanwhile is told to `told`.
 */
export const patiently = async (ask, origin, token, body = {surfaces: ['live']}, told = []) => {
  for (;;) {
    const answer = await ask(origin, 'POST', '/v1/chat/session', {token, body});
    if (answer.status !== 429) return answer;
    const seconds = Number(answer.headers['retry-after']);
    told.push({at: performance.now(), seconds, ...answer.body.error});
    await sleep(Math.max(1, seconds) * 1000);
  }
};

/** Waits until something holds. */
export const until = (look, patience) =>
  eventually(async () => {
    if (!(await look())) throw new Error(`It never came to: ${look}`);
  }, patience);
