import type {IncomingMessage, ServerResponse} from 'node:http';

import {field} from '../../../src/protocol/guards.js';
import {send} from '../http.js';
import {readJson} from './request-body.js';
import type {RocketChatSimulator} from './server.js';
import type {NewRoom} from './rooms.js';
import type {Settings} from './settings.js';

/** Where the commands of the remote are answered. */
export const REMOTE_PATH = '/__simulator/';

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

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'post',
    (simulator, params) =>
      simulator.post(named(params, 'username'), named(params, 'room'), named(params, 'text')),
  ],
  [
    'setting',
    (simulator, params) => {
      const value = field(params, 'value') as Settings[keyof Settings];
      simulator.settings.set(named(params, 'name') as keyof Settings, value);
      return simulator.settings.version;
    },
  ],
  [
    'revoke',
    (simulator, params) => {
      simulator.revokeTokens(named(params, 'username'));
    },
  ],
  ['token', (simulator, params) => simulator.issueToken(named(params, 'username'))],
  ['messages', (simulator, params) => simulator.messages(named(params, 'room'))],
  [
    'create-user',
    (simulator, params) => simulator.createUser({username: named(params, 'username')}),
  ],
  ['create-room', (simulator, params) => simulator.createRoom(params as NewRoom)],
  ['requests', (simulator) => simulator.requests()],
  [
    'reset',
    (simulator) => {
      simulator.reset();
    },
  ],
]);

/** Answers `POST /__simulator/<command>` for tests that run in a page and cannot call Node. */
export const answerRemote = async (
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  simulator: RocketChatSimulator,
): Promise<void> => {
  const command = COMMANDS.get(name);
  if (request.method === 'OPTIONS') return send(response, 204, '', CORS);
  if (request.method !== 'POST' || !command) return send(response, 404, '{}', CORS);
  try {
    const result = command(simulator, await readJson(request));
    send(response, 200, JSON.stringify(result ?? {}), CORS);
  } catch (error) {
    send(response, 400, JSON.stringify({error: String(error)}), CORS);
  }
};
