import type {IncomingMessage, ServerResponse} from 'node:http';

import {field} from '../../../src/protocol/guards.js';
import {sendJson} from './refusals.js';
import type {BrokerFault, FaultOptions} from './faults.js';
import type {BrokerSimulator} from './server.js';

/** Where the commands of the remote are answered. */
export const REMOTE_PATH = '/__broker/';

const CORS = {'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type'};

const named = (params: unknown, name: string): string => {
  const value = field(params, name);
  if (typeof value !== 'string') throw new TypeError(`${name} is missing.`);
  return value;
};
const count = (params: unknown, name: string): number => {
  const value = field(params, name);
  if (typeof value !== 'number') throw new TypeError(`${name} is missing.`);
  return value;
};

type Command = (broker: BrokerSimulator, params: unknown) => unknown;

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'access-token',
    (broker, params) => {
      const options = {expiresIn: count(params, 'expiresIn')};
      return broker.accessToken(named(params, 'username'), options);
    },
  ],
  ['cookie', (broker, params) => broker.cookie(named(params, 'username'))],
  ['mints', (broker) => broker.mints()],
  ['tokens', (broker, params) => broker.tokens(named(params, 'username'))],
  ['replace-tokens', (broker, params) => broker.replaceTokens(named(params, 'username'))],
  ['sessions', (broker) => broker.sessions()],
  ['leases', (broker, params) => broker.leases(named(params, 'username'))],
  ['requests', (broker) => broker.requests()],
  [
    'queue',
    (broker, params) =>
      broker.queue(count(params, 'positions'), count(params, 'retryAfterSeconds')),
  ],
  [
    'answer-as',
    (broker, params) =>
      broker.answerAs(field(params, 'username') === null ? null : named(params, 'username')),
  ],
  [
    'fail',
    (broker, params) => {
      // JSON has no Infinity: no number means all requests.
      const times = field(params, 'count') as number | undefined;
      const fault = field(params, 'fault') as BrokerFault | null;
      broker.fail(fault, times, field(params, 'options') as FaultOptions | undefined);
    },
  ],
]);

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
};

/** Answers `POST /__broker/<command>` for tests that run in a page and cannot call Node. */
export const answerRemote = async (
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  broker: BrokerSimulator,
): Promise<void> => {
  const command = COMMANDS.get(name);
  if (request.method === 'OPTIONS') return sendJson(response, 204, '', CORS);
  if (request.method !== 'POST' || !command) return sendJson(response, 404, {}, CORS);
  try {
    const result = command(broker, await bodyOf(request));
    sendJson(response, 200, result ?? {}, CORS);
  } catch (error) {
    sendJson(response, 400, {error: String(error)}, CORS);
  }
};
