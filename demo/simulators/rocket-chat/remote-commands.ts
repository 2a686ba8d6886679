import type {IncomingMessage, ServerResponse} from 'node:http';

import {field} from '../../../src/protocol/guards.js';
import {send} from '../http.js';
import {readJson} from './request-body.js';
import type {MessageFields, RocketChatSimulator} from './simulator.js';
import type {NewRoom} from './rooms.js';
import type {Settings} from './settings.js';
import type {UploadFault} from './upload-fault.js';

/** Where the commands of the remote are answered. */
export const REMOTE_PATH = '/__simulator/';

// Tests post messages of a megabyte, and thousands in one go.
const MOST_BYTES = 64_000_000;

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type',
  'content-type': 'application/json',
};

type Command = (simulator: RocketChatSimulator, params: unknown) => unknown;

const named = (params: unknown, name: string): string => {
  const value = field(params, name);
  if (typeof value !== 'string') throw new TypeError(`${name} is missing.`);
  return value;
};

const number = (params: unknown, name: string): number => {
  const value = field(params, name);
  if (typeof value !== 'number') throw new TypeError(`${name} is missing.`);
  return value;
};

/** Who does it, where, and to which message. */
const target = (params: unknown): [username: string, room: string, messageId: string] => [
  named(params, 'username'),
  named(params, 'room'),
  named(params, 'messageId'),
];

const COMMANDS: Readonly<Record<string, Command>> = {
  post: (simulator, params) => {
    const [username, room] = [named(params, 'username'), named(params, 'room')];
    const more = (field(params, 'more') ?? {}) as MessageFields;
    return simulator.post(username, room, named(params, 'text'), more);
  },
  fill: (simulator, params) => simulator.fill(named(params, 'room'), number(params, 'count')),
  edit: (simulator, params) => simulator.edit(...target(params), named(params, 'text')),
  remove: (simulator, params) => simulator.remove(...target(params)),
  react: (simulator, params) => simulator.react(...target(params), named(params, 'emoji')),
  'remove-member': (simulator, params) =>
    simulator.removeMember(named(params, 'room'), named(params, 'username')),
  archive: (simulator, params) =>
    simulator.archive(named(params, 'room'), field(params, 'archived') !== false),
  'read-only': (simulator, params) =>
    simulator.readOnly(named(params, 'room'), field(params, 'on') !== false),
  encrypt: (simulator, params) =>
    simulator.encrypt(named(params, 'room'), field(params, 'on') !== false),
  mute: (simulator, params) =>
    simulator.mute(named(params, 'room'), named(params, 'username'), field(params, 'on') !== false),
  setting: (simulator, params) => {
    const value = field(params, 'value') as Settings[keyof Settings];
    simulator.settings.set(named(params, 'name') as keyof Settings, value);
    return simulator.settings.version;
  },
  revoke: (simulator, params) => simulator.revokeTokens(named(params, 'username')),
  'force-logout': (simulator, params) => simulator.forceLogout(named(params, 'username')),
  token: (simulator, params) => simulator.issueToken(named(params, 'username')),
  'token-expiry': (simulator, params) =>
    simulator.setTokenExpiry(named(params, 'authToken'), number(params, 'epochMs')),
  'expire-token': (simulator, params) => {
    simulator.setTokenExpiry(named(params, 'authToken'), Date.now());
    simulator.sweepTokens();
  },
  messages: (simulator, params) => simulator.messages(named(params, 'room')),
  room: (simulator, params) => simulator.room(named(params, 'room')),
  'create-user': (simulator, params) => simulator.createUser({username: named(params, 'username')}),
  'create-room': (simulator, params) => simulator.createRoom(params as NewRoom),
  requests: (simulator) => simulator.requests(),
  sockets: (simulator) => ({open: simulator.sockets(), ever: simulator.socketsEver()}),
  'disconnect-all': (simulator) => simulator.disconnectAll(),
  restart: (simulator, params) => {
    const ms = number(params, 'ms');
    // The answer goes out first: the restart cuts its connection, too.
    setImmediate(() => void simulator.restart(ms));
  },
  'fail-uploads': (simulator, params) => simulator.failUploads(params as UploadFault),
  deafen: (simulator, params) => simulator.deafen(field(params, 'on') !== false),
  reset: (simulator) => simulator.reset(),
};

const commandOf = (name: unknown): Command | undefined => {
  if (name === 'batch') return batch;
  return typeof name === 'string' && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
};

/** Many commands at once, as a page that fills a workspace would wait for each otherwise. */
const batch: Command = (simulator, params) => {
  const steps = field(params, 'steps');
  if (!Array.isArray(steps)) throw new TypeError('steps is missing.');
  return steps.map((step: unknown) => {
    const command = commandOf(field(step, 'command'));
    if (!command) throw new TypeError('A step has no command.');
    return command(simulator, step) ?? null;
  });
};

/** Answers `POST /__simulator/<command>` for tests that run in a page and cannot call Node. */
export const answerRemote = async (
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  simulator: RocketChatSimulator,
): Promise<void> => {
  const command = commandOf(name);
  if (request.method === 'OPTIONS') return send(response, 204, '', CORS);
  if (request.method !== 'POST' || !command) return send(response, 404, '{}', CORS);
  try {
    const result = command(simulator, await readJson(request, MOST_BYTES));
    send(response, 200, JSON.stringify(result ?? {}), {...CORS, connection: 'close'});
  } catch (error) {
    send(response, 400, JSON.stringify({error: String(error)}), CORS);
  }
};
