import {createHmac, randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {promisify} from 'node:util';

import {readSettings, serveBroker} from 'pexip-chat-room-broker';

const HOST = {issuer: 'https://app.example.com', audience: 'pexip-chat-room'};
/** Seconds; a demo may stay open for a day. */
const TOKEN_LIFETIME = 86_400;
const TRIES = 10;

const encode = (data) => Buffer.from(JSON.stringify(data)).toString('base64url');

/** Makes the demo application's tokens: JSON Web Tokens, HS256, as docs/broker-sign-in.md shows. */
const hostTokens = () => {
  const secret = randomBytes(32).toString('base64url');
  const tokenFor = (sub) => {
    const iat = Math.floor(Date.now() / 1000);
    const claims = {sub, iss: HOST.issuer, aud: HOST.audience, iat, exp: iat + TOKEN_LIFETIME};
    const signed = `${encode({alg: 'HS256', typ: 'JWT'})}.${encode(claims)}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  return {secret, tokenFor};
};

/** A port that was free a moment ago. */
const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  await promisify(server.close.bind(server))();
  return port;
};

/** Starts a broker at an address that it knows from the start, as links to files have it. */
const startBroker = async (settingsAt) => {
  for (let tries = 1; ; tries += 1) {
    try {
      const port = await freePort();
      return await serveBroker(readSettings(settingsAt(port)));
    } catch (error) {
      // Somebody may have taken the port meanwhile.
      if (error.code !== 'EADDRINUSE' || tries === TRIES) throw error;
    }
  }
};

/**
 * Starts the demo's brokers, each on a free port: one with a store of its own, or several that share
 * the Redis at `redis`.
 */
export const startBrokers = async ({rocketChat, webApp3, origins, sqlite, count, redis}) => {
  const {secret: hostSecret, tokenFor} = hostTokens();
  const service = rocketChat.serviceAccount();
  const secret = randomBytes(32).toString('base64url');
  const pexip = {username: 'pexip', password: randomBytes(32).toString('base64url')};
  const settingsAt = (port) => ({
    listen: {host: '127.0.0.1', port},
    publicUrl: `http://localhost:${port}`,
    origins,
    secret,
    store: redis ? {redis} : {sqlite},
    rocketChat: {server: rocketChat.origin, ...service},
    pexip: {node: webApp3.origin, path: 'webapp3', ...pexip},
    // Discussions of meetings that have begun nowhere else.
    discussions: {room: rocketChat.room('general')._id},
    calls: {page: `${origins[0]}/`},
    recording: {destination: 'rtmp://record.example.com/live'},
    jwt: [{...HOST, secret: hostSecret}],
    // The demo's people have had their accounts before there was a broker.
    users: {link: 'username'},
    // Whoever tries how much the broker can do has two people for it.
    limits: {perUser: 1_000_000, mintsPerUser: 1000},
    log: {level: 'silent'},
  });
  const brokers = [];
  for (let number = 0; number < count; number += 1) brokers.push(await startBroker(settingsAt));
  return {
    origins: brokers.map(({origin}) => `http://localhost:${new URL(origin).port}`),
    /** By which Pexip Infinity asks the first one and tells it. */
    pexip: {origin: brokers[0].origin, ...pexip},
    tokenFor,
    close: () => Promise.all(brokers.map((broker) => broker.close())),
  };
};
