import {createHmac, randomBytes} from 'node:crypto';

import {readSettings, serveBroker} from 'pexip-chat-room-broker';

const HOST = {issuer: 'https://app.example.com', audience: 'pexip-chat-room'};
/** Seconds; a demo may stay open for a day. */
const TOKEN_LIFETIME = 86_400;

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

/**
 * Starts the demo's brokers, each on a free port: one with a store of its own, or several that share
 * the Redis at REDIS_URL.
 */
export const startBrokers = async ({rocketChat, webApp3, origins, sqlite, count, redis}) => {
  if (count > 1 && !redis) {
    throw new Error('Several brokers need a Redis: set REDIS_URL, such as redis://127.0.0.1:6379.');
  }
  const {secret, tokenFor} = hostTokens();
  const service = rocketChat.serviceAccount();
  const settings = readSettings({
    listen: {host: '127.0.0.1', port: 0},
    publicUrl: 'http://localhost',
    origins,
    secret: randomBytes(32).toString('base64url'),
    store: redis ? {redis} : {sqlite},
    rocketChat: {server: rocketChat.origin, ...service},
    pexip: {node: webApp3.origin, path: 'webapp3'},
    jwt: [{...HOST, secret}],
    // The demo's people have had their accounts before there was a broker.
    users: {link: 'username'},
    log: {level: 'silent'},
  });
  const brokers = [];
  for (let number = 0; number < count; number += 1) brokers.push(await serveBroker(settings));
  return {
    origins: brokers.map(({origin}) => `http://localhost:${new URL(origin).port}`),
    tokenFor,
    close: () => Promise.all(brokers.map((broker) => broker.close())),
  };
};
