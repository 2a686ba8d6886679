import SimpleDdp from 'simpleddp';

import {field} from '../../../src/protocol/guards.js';
import type {Entry} from './contender.js';
import type {Telling} from './told.js';

/**
 * What our own first attempt waits on average, so that neither is helped by its pace. simpleddp's
 * default is 10 seconds, and it never slows down. It has no other setting of the kind: it answers
 * the server's pings, and sends none.
 */
const RECONNECT_INTERVAL = 250;

const MESSAGES = 'stream-room-messages';
const OF_ROOM = 'stream-notify-room';
const OPTIONS = {useCollection: false, args: []};

/** What an application would make of a change in the room. */
const hear = (frame: unknown, telling: Telling): void => {
  const stream = field(frame, 'collection');
  const args = field(field(frame, 'fields'), 'args');
  const data: unknown = Array.isArray(args) ? args[0] : undefined;
  const id = String(field(data, '_id'));
  if (stream === OF_ROOM) telling.add('deleted', id);
  else if (stream === MESSAGES)
    telling.add(field(data, 'editedAt') ? 'edited' : 'new', id, String(field(data, 'msg')));
};

/**
 * Starts simpleddp as its documentation says. It subscribes again by itself; it signs in again in
 * the way of its own plugin (simpleddp-plugin-login 4.0.2, MIT): on `clientReady`, with the queue
 * held since the connection was lost, so that the sign-in goes before the subscriptions.
 */
export const startTheirs = async (
  {origin, authToken, roomId}: Entry,
  telling: Telling,
): Promise<void> => {
  const client = new SimpleDdp({
    endpoint: `${origin.replace(/^http/, 'ws')}/websocket`,
    SocketConstructor: WebSocket,
    autoReconnect: true,
    reconnectInterval: RECONNECT_INTERVAL,
  });
  client.on('changed', (frame) => hear(frame, telling));
  await client.connect();
  const login = (): Promise<unknown> => client.apply('login', [{resume: authToken}], true);
  await login();
  client.on('disconnected', () => client.ddpConnection.pauseQueue());
  client.on('clientReady', () => {
    // What does not work now is done again by the next connection.
    login().catch(() => undefined);
    client.ddpConnection.continueQueue();
  });
  await Promise.all([
    client.subscribe(MESSAGES, roomId, OPTIONS).ready(),
    client.subscribe(OF_ROOM, `${roomId}/deleteMessage`, OPTIONS).ready(),
  ]);
};
