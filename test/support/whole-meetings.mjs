import {randomBytes, randomUUID} from 'node:crypto';

import Redis from 'ioredis';

import {startRedis} from './redis.mjs';
import {client, ending, patiently, runBroker, startPlace, until} from './whole-broker.mjs';

export const NODE = 'https://pexip.example.com';
const PEXIP = {username: 'infinity', password: `näh:${randomBytes(18).toString('base64url')}`};
const BASIC = `Basic ${Buffer.from(`${PEXIP.username}:${PEXIP.password}`).toString('base64')}`;

/** What Web App 3 reads the caller's ticket from. */
export const ticketOf = ({element}) => new URL(element.url).searchParams.get('callTag');

/** One Conferencing Node: counts its events, as each node does by itself. */
export class Node {
  #seq = 0;

  constructor(name) {
    this.name = name;
  }

  /** @param {string} event @param {object} data */
  says(event, data = {}, time = Date.now() / 1000) {
    return {node: this.name, seq: ++this.#seq, version: 2, time, event, data};
  }

  started(meeting, startTime) {
    return this.says('conference_started', conference(meeting, startTime));
  }

  ended(meeting, startTime) {
    const data = {...conference(meeting, startTime), end_time: Date.now() / 1000};
    return this.says('conference_ended', data);
  }

  /** The media of somebody in a browser. */
  connected(meeting, {uuid = randomUUID(), ticket = '', name = 'Somebody', role = 'guest'}) {
    return this.says('participant_connected', {
      uuid,
      conference: meeting,
      call_direction: 'in',
      call_tag: ticket,
      display_name: name,
      role,
      protocol: 'WebRTC',
      has_media: true,
      is_muted: false,
      is_presenting: false,
      is_streaming: false,
      connect_time: Date.now() / 1000,
      related_uuids: [],
      service_tag: 'rocket.chat',
      signalling_node: this.name,
    });
  }

  disconnected(meeting, uuid) {
    const data = {uuid, conference: meeting, disconnect_reason: 'Call disconnected', duration: 1};
    return this.says('participant_disconnected', data);
  }
}

const conference = (name, startTime) => ({
  name,
  start_time: startTime,
  is_started: true,
  is_locked: false,
  guests_muted: false,
  service_type: 'conference',
  tag: 'rocket.chat',
});

/** Many events in one request, as after an outage. */
export const bulk = (node, events) => ({
  node: node.name,
  seq: 0,
  event: 'eventsink_bulk',
  data: events,
});

/** All keys and values of a Redis. */
const everythingIn = async (url) => {
  const redis = new Redis(url);
  const read = {
    string: (key) => redis.get(key),
    hash: (key) => redis.hgetall(key),
    list: (key) => redis.lrange(key, 0, -1),
    set: (key) => redis.smembers(key),
    zset: (key) => redis.zrange(key, 0, -1),
    stream: (key) => redis.xrange(key, '-', '+'),
  };
  try {
    const found = [];
    for (const key of await redis.keys('*'))
      found.push(key, await read[await redis.type(key)]?.(key));
    return JSON.stringify(found);
  } finally {
    redis.disconnect();
  }
};

/**
 * A workspace with the channel `ward`, a Redis, and two brokers that Pexip Infinity asks and tells.
 *
 * @param {import('node:test').TestContext} t
 * @param {object} [more] `settings` of the brokers
 */
export const meetingScene = async (t, {settings = {}, members = ['ada', 'ben']} = {}) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd);
  const redis = await startRedis();
  atEnd(() => redis.stop());
  const env = {BROKER_STORE_REDIS: redis.url, BROKER_PEXIP_PASSWORD: PEXIP.password};
  const hall = place.simulator.createRoom({type: 'c', name: 'hall', members: ['admin']});
  const all = {
    pexip: {node: NODE, username: PEXIP.username},
    meetings: {grace: '0s'},
    discussions: {room: hall._id},
    calls: {page: 'https://app.example.com/call'},
    ...settings,
  };
  const startBroker = () => runBroker(atEnd, place, {settings: all, env});
  const brokers = await Promise.all([startBroker(), startBroker()]);
  const send = client(atEnd);
  const usernames = new Map();
  /** Signs a user in at the broker, which makes the account. */
  const signIn = async (sub, broker = brokers[0]) => {
    const {status, text, body} = await patiently(send, broker.origin, await place.tokenFor(sub));
    if (status !== 200) throw new Error(`${sub} cannot sign in: ${text}`);
    usernames.set(sub, body.username);
    return body;
  };
  for (const sub of members) await signIn(sub);
  const names = members.map((sub) => usernames.get(sub));
  const ward = place.simulator.createRoom({type: 'c', name: 'ward', members: names});
  return {
    ...place,
    redis,
    brokers,
    hall,
    ward,
    usernames,
    signIn,
    startBroker,
    send,
    /** Asks a broker in the name of a user. */
    ask: async (broker, sub, method, path, body) =>
      send(broker.origin, method, path, {token: await place.tokenFor(sub), body}),
    /** What Pexip Infinity asks. */
    policy: (broker, path, query = {}) =>
      send(broker.origin, 'GET', `/policy/v1/${path}?${new URLSearchParams(query)}`, {
        headers: {authorization: BASIC},
      }),
    /** What Pexip Infinity tells. */
    tell: (broker, body) =>
      send(broker.origin, 'POST', '/events', {headers: {authorization: BASIC}, body}),
    until,
    everything: () => everythingIn(redis.url),
    secrets: {...place.secrets, pexip: PEXIP.password},
  };
};
