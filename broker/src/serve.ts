import Fastify, {type FastifyInstance} from 'fastify';

import type {BrokerSettings} from './config/settings.js';
import {createBroker, type Broker, type BrokerOptions} from './create-broker.js';
import {answerClientError, answerError} from './http/errors.js';
import {logOptions} from './log-options.js';

/** How long a request may take to arrive, an upload's last byte included; ms. */
const REQUEST_TIME = 600_000;
const HEADERS_TIME = 15_000;
/** How often Node looks for connections that have been too slow; by default each 30 s. */
const LOOK_EVERY = 5_000;
/** Longer than a balancer keeps its connections, so that none is used while it closes; ms. */
const KEEP_ALIVE = 75_000;
/** How long requests under way may take when the broker ends; ms. The command waits for longer. */
const LAST_REQUESTS = 20_000;

/** A broker that listens. */
export interface ServedBroker {
  /** Where it listens, without a slash at its end. */
  readonly origin: string;
  readonly broker: Broker;
  /** Says that it is not ready, ends what is under way within 20 seconds, then everything. */
  close(): Promise<void>;
}

/** What may be added to a broker with a server of its own. */
export interface ServeOptions extends Omit<BrokerOptions, 'log'> {
  /** Called with the server before the broker's own routes are in it. */
  readonly prepare?: (app: FastifyInstance) => void | Promise<void>;
  /** How long requests under way may take when the broker ends, in ms; default 20,000. */
  readonly lastRequests?: number;
}

/** Starts a broker with a server of its own. Rejects if its port is taken or its store cannot be used. */
export const serveBroker = async (
  settings: BrokerSettings,
  {prepare, lastRequests = LAST_REQUESTS, ...options}: ServeOptions = {},
): Promise<ServedBroker> => {
  const app = Fastify({
    ...logOptions(settings),
    trustProxy: settings.trustProxy.length ? [...settings.trustProxy] : false,
    bodyLimit: settings.limits.body,
    requestTimeout: REQUEST_TIME,
    http: {connectionsCheckingInterval: LOOK_EVERY},
    keepAliveTimeout: KEEP_ALIVE,
    forceCloseConnections: 'idle',
    // A lease, and a link to a file, are longer than the usual 100 characters.
    routerOptions: {maxParamLength: 2048},
    frameworkErrors: answerError,
    clientErrorHandler: answerClientError,
  });
  app.server.headersTimeout = HEADERS_TIME;
  const broker = await createBroker(settings, {...options, log: app.log});
  let closed: Promise<void> | undefined;
  const underWay = new Set<Promise<unknown>>();
  app.addHook('onRequest', (_request, reply, done) => {
    const over: Promise<unknown> = new Promise((resolve) => reply.raw.once('close', resolve));
    underWay.add(over);
    void over.then(() => underWay.delete(over));
    done();
  });
  // A connection that stays open after the last answer on it would be waited for.
  app.addHook('onSend', async (_request, reply) => {
    if (closed) reply.header('connection', 'close');
  });
  const close = async (): Promise<void> => {
    broker.drain();
    const limit = setTimeout(() => app.server.closeAllConnections(), lastRequests);
    try {
      // The port stays open for as long, so that a balancer can hear that no more should come.
      await Promise.all(underWay);
      await app.close();
    } finally {
      clearTimeout(limit);
    }
  };
  try {
    await prepare?.(app);
    await app.register(broker.plugin);
    const {host, port} = settings.listen;
    const origin = await app.listen({
      host,
      port,
      listenTextResolver: (address) => `The broker listens at ${address}`,
    });
    return {origin, broker, close: () => (closed ??= close())};
  } catch (error) {
    await app.close();
    throw error;
  }
};
