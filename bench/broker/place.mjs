import {fork} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {SignJWT} from 'jose';
import {readSettings, serveBroker} from 'pexip-chat-room-broker';

import {MeetingRecords} from '../../broker/dist/meetings/meeting-records.js';
import {startRocketChat} from '../../dist/testing/index.js';

const HOST = {issuer: 'https://app.example.com', audience: 'pexip-chat-room'};
const ORIGIN = 'https://app.example.com';
const HOUR = 60 * 60_000;

const settingsFor = (chat, {store, hostSecret, password, level}) => {
  const settings = readSettings({
    listen: {host: '127.0.0.1', port: 0},
    publicUrl: 'https://broker.example.com',
    origins: [ORIGIN],
    secret: randomBytes(32).toString('base64url'),
    store,
    rocketChat: {server: chat.origin, ...chat.serviceAccount()},
    pexip: {node: 'https://pexip.example.com', username: 'pexip', password},
    jwt: [{...HOST, secret: hostSecret}],
    log: {level},
  });
  // The bench is one user, who asks far more often than any page does.
  return {...settings, limits: {...settings.limits, perUser: Number.MAX_SAFE_INTEGER}};
};

/** A meeting as `POST /v1/meetings` leaves it. */
const makeMeeting = async ({store, seal}) => {
  const records = new MeetingRecords({store, seal});
  const alias = randomBytes(16).toString('hex');
  const now = Date.now();
  await records.insert({
    id: records.idFor(alias),
    alias,
    title: 'Weekly meeting',
    creator: 'bench',
    people: [],
    hostPin: '123456',
    guests: true,
    chat: 'default',
    callType: 'video',
    record: 'none',
    createdAt: now,
    expiresAt: now + 24 * HOUR,
  });
  return alias;
};

/** What Pexip Infinity tells when somebody joins with Web App 3. */
const policyQuery = (alias) =>
  new URLSearchParams({
    call_direction: 'dial_in',
    protocol: 'api',
    bandwidth: '0',
    vendor: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
    encryption: 'On',
    registered: 'False',
    trigger: 'web',
    remote_display_name: 'Anna',
    remote_alias: 'Anna',
    remote_address: '192.0.2.7',
    remote_port: '58435',
    call_tag: '',
    idp_uuid: '',
    has_authenticated_display_name: 'False',
    supports_direct_media: 'False',
    teams_tenant_id: '',
    location: 'London',
    node_ip: '192.0.2.9',
    version_id: '39',
    pseudo_version_id: '77683.0.0',
    local_alias: alias,
  });

/**
 * A broker with its store in a file, or in the Redis at REDIS_URL, with two routes beside the others
 * that do nothing, behind the broker's hooks and before them, and a process that asks them.
 */
export const startPlace = async ({level = 'silent'} = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-broker-'));
  const hostSecret = randomBytes(32).toString('base64url');
  const password = randomBytes(32).toString('base64url');
  const chat = await startRocketChat({settings: {API_Enable_Rate_Limiter: false}});
  const {REDIS_URL: redis} = process.env;
  const store = redis ? {redis} : {sqlite: join(folder, 'broker.sqlite')};
  const served = await serveBroker(settingsFor(chat, {store, hostSecret, password, level}), {
    prepare: (app) => void app.get('/bare', async () => ({})),
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
  const asPage = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      origin: ORIGIN,
    },
    body: JSON.stringify({surfaces: ['embed', 'live']}),
  };
  const basic = Buffer.from(`pexip:${password}`).toString('base64');
  const asPexip = {method: 'GET', headers: {authorization: `Basic ${basic}`}};
  const query = policyQuery(await makeMeeting(served.broker.context));
  return {
    routes: {
      session: {...asPage, path: '/v1/chat/session'},
      nothing: {...asPage, path: '/v1/nothing'},
      policy: {...asPexip, path: `/policy/v1/service/configuration?${query}`},
      bare: {...asPexip, path: `/bare?${query}`},
    },
    /** Asks a route so often, by 50 connections; resolves with the requests a second. */
    ask: async ({path, ...order}, count) => {
      child.send({...order, url: served.origin + path, count});
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
