import {fork} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {SignJWT} from 'jose';
import {readSettings, serveBroker} from 'pexip-chat-room-broker';

import {startRocketChat} from '../../dist/testing/index.js';

const HOST = {issuer: 'https://app.example.com', audience: 'pexip-chat-room'};
const ORIGIN = 'https://app.example.com';

const settingsFor = (chat, {store, hostSecret, level}) => {
  const settings = readSettings({
    listen: {host: '127.0.0.1', port: 0},
    publicUrl: 'https://broker.example.com',
    origins: [ORIGIN],
    secret: randomBytes(32).toString('base64url'),
    store,
    rocketChat: {server: chat.origin, ...chat.serviceAccount()},
    jwt: [{...HOST, secret: hostSecret}],
    log: {level},
  });
  // The bench is one user, who asks far more often than any page does.
  return {...settings, limits: {...settings.limits, perUser: Number.MAX_SAFE_INTEGER}};
};

/**
 * A broker with its store in a file, or in the Redis at REDIS_URL, with a route of its own beside the
 * others that does nothing, and a process that asks them.
 */
export const startPlace = async ({level = 'silent'} = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-broker-'));
  const hostSecret = randomBytes(32).toString('base64url');
  const chat = await startRocketChat({settings: {API_Enable_Rate_Limiter: false}});
  const {REDIS_URL: redis} = process.env;
  const store = redis ? {redis} : {sqlite: join(folder, 'broker.sqlite')};
  const served = await serveBroker(settingsFor(chat, {store, hostSecret, level}), {
    signedIn: async (app) => {
      app.post('/v1/nothing', async () => ({}));
    },
  });
  const child = fork(fileURLToPath(new URL('load.mjs', import.meta.url)));
  const token = await new SignJWT({})
    .setProtectedHeader({alg: 'HS256', typ: 'JWT'})
    .setSubject('bench')
    .setIssuer(HOST.issuer)
    .setAudience(HOST.audience)
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(Buffer.from(hostSecret));
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    origin: ORIGIN,
  };
  return {
    /** Asks a route so often, by 50 connections; resolves with the requests a second. */
    ask: async (path, body, count) => {
      child.send({url: served.origin + path, headers, body: JSON.stringify(body), count});
      const [{rate, error}] = await once(child, 'message');
      if (error) throw new Error(error);
      return rate;
    },
    stop: async () => {
      child.disconnect();
      await served.close();
      await chat.close();
      await rm(folder, {recursive: true});
    },
  };
};
