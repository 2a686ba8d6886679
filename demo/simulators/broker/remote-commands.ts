import type {FastifyPluginAsync} from 'fastify';

import {field} from '../../../src/protocol/guards.js';
import type {BrokerFault, FaultOptions} from './broker-fault.js';
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

/** Answers `POST /__broker/<command>` for tests that run in a page and cannot call Node. */
export const remoteRoutes =
  (simulator: () => BrokerSimulator): FastifyPluginAsync =>
  async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', {parseAs: 'string'}, (_, body, done) => done(null, body));
    app.addHook('onRequest', async (_, reply) => void reply.headers(CORS));
    app.options(`${REMOTE_PATH}*`, async (_, reply) => reply.code(204).send());
    app.post(`${REMOTE_PATH}:name`, async ({params, body}, reply) => {
      const command = COMMANDS.get(named(params, 'name'));
      if (!command) return reply.code(404).send({});
      try {
        const result = await command(simulator(), JSON.parse(String(body)));
        return reply.type('application/json').send(JSON.stringify(result ?? {}));
      } catch (error) {
        return reply.code(400).send({error: String(error)});
      }
    });
  };
