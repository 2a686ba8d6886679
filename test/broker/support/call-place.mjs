import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {connect} from 'node:net';

import {client, runBroker, startPlace} from '../../support/whole-broker.mjs';
import {eventually} from '../../support/eventually.mjs';
import {eventsIn} from './calls.mjs';

/** What an operator adds for meetings and calls. */
export const PEXIP = {
  pexip: {node: 'https://node.example.com', path: 'webapp3', username: 'pexip'},
  calls: {page: 'https://app.example.com/phone?tab=calls'},
};
export const PEXIP_ENV = {BROKER_PEXIP_PASSWORD: randomBytes(24).toString('base64url')};

/** A workspace, and brokers with calls; `store` is the environment that says where theirs is. */
export const startCallPlace = async (atEnd, {store = {}, settings = {}, brokers = 1} = {}) => {
  const place = await startPlace(atEnd);
  const all = {...PEXIP, ...settings};
  const env = {...PEXIP_ENV, ...store};
  const running = await Promise.all(
    Array.from({length: brokers}, () => runBroker(atEnd, place, {settings: all, env})),
  );
  for (const {origin, output} of running) assert.ok(origin, output());
  const send = client(atEnd);
  const tokens = new Map();
  const tokenFor = async (sub, options) => {
    if (options) return place.tokenFor(sub, options);
    if (!tokens.has(sub)) tokens.set(sub, await place.tokenFor(sub));
    return tokens.get(sub);
  };
  return {
    ...place,
    brokers: running,
    tokenFor,
    /** Asks a broker in the name of a user; `POST` with a body, else `GET`. */
    ask: async ({origin}, sub, path, body, method = body === undefined ? 'GET' : 'POST') =>
      send(origin, method, path, {token: await tokenFor(sub), body}),
  };
};

/**
 * Opens a call stream with a socket and nothing more, so that thousands fit into one process; resolves
 * when its first event has come.
 *
 * @param {string} origin of the broker
 * @param {string} token
 * @param {{from?: string, headers?: string[]}} [options] `from`: the address of this machine that is used
 */
export const openStream = async (origin, token, {from = '127.0.0.1', headers = []} = {}) => {
  const {hostname, port} = new URL(origin);
  const socket = connect({host: hostname, port: Number(port), localAddress: from});
  const head = ['GET /v1/calls/events HTTP/1.1', `host: ${hostname}`];
  if (token) head.push(`authorization: Bearer ${token}`);
  let text = '';
  socket.setEncoding('latin1').on('data', (data) => (text += data));
  const failed = once(socket, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => undefined);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.write([...head, ...headers, '', ''].join('\r\n'));
  const body = () =>
    text.slice(text.indexOf('\r\n\r\n') + 4).replace(/[\da-f]+\r\n(.*?)\r\n/gs, '$1');
  const arrived = (async () => {
    while (!text.includes('event: stream') && !text.includes('}}')) {
      await Promise.race([once(socket, 'data'), ended, failed]);
      if (socket.destroyed) throw new Error(`The stream ended: ${text}`);
    }
  })();
  await arrived;
  return {
    socket,
    ended,
    /** All that has come, with the status line and headers. */
    text: () => text,
    events: () => eventsIn(body()),
    names: () => eventsIn(body()).map(({event}) => event),
    /** Resolves with the latest event of a name once there is one. */
    heard: (name) =>
      eventually(() => {
        const found = eventsIn(body()).findLast(({event}) => event === name);
        if (!found) throw new Error(`There was no ${name}: ${text}`);
        return found;
      }),
    close: () => socket.destroy(),
  };
};
