import Fastify, {type FastifyBaseLogger, type FastifyPluginAsync} from 'fastify';

import {createAudit} from './audit-log.js';
import {createCallers} from './callers/callers.js';
import {credentialsRoutes} from './callers/credentials-routes.js';
import {signIn} from './callers/fastify-identity.js';
import type {BrokerSettings} from './config/settings.js';
import type {BrokerContext} from './context.js';
import {createDispatcher} from './http/dispatcher.js';
import {healthRoutes} from './http/health.js';
import {brokerHooks} from './http/hooks.js';
import {limitUsers} from './http/limits.js';
import {Refusals} from './http/refusals.js';
import {loggerOptions, secretsOf} from './log.js';
import {createMeetings} from './meetings/meeting-context.js';
import {routesForPages, routesForPexip} from './meetings/meeting-plugins.js';
import {configRoutes} from './routes/config-routes.js';
import {diagnoseRoutes} from './routes/diagnose-routes.js';
import {dialOutRoutes} from './routes/dial-out-routes.js';
import {fileRoutes, openFileRoutes} from './routes/file-routes.js';
import {passThroughRoutes} from './routes/pass-through-routes.js';
import {sessionRoutes} from './routes/session-routes.js';
import {userRoutes} from './routes/user-routes.js';
import {createSessions} from './sessions/chat-sessions.js';
import {openStore} from './store/open-store.js';
import {createSeal} from './store/secrets.js';
import {createWorkspace} from './workspace/rocket-chat-workspace.js';

/** A broker that is to be mounted. */
export interface Broker {
  /** All routes, for `app.register(broker.plugin, {prefix: '/chat'})`. */
  readonly plugin: FastifyPluginAsync;
  /** What the routes work with. */
  readonly context: BrokerContext;
  /** From now on the broker says that it is not ready, for its balancer to hear of it. */
  drain(): void;
  /** Ends everything but the requests under way. Called as well when the server it is mounted in closes. */
  close(): Promise<void>;
}

/** What may be added to a broker. */
export interface BrokerOptions {
  /** Where its lines go; by default one of its own, to the standard output. */
  readonly log?: FastifyBaseLogger;
  /** Routes behind the broker's sign-in: each request has its `identity`. */
  readonly signedIn?: FastifyPluginAsync;
}

const ownLog = (settings: BrokerSettings): FastifyBaseLogger =>
  Fastify({logger: loggerOptions(settings.log.level, secretsOf(settings))}).log;

/**
 * Makes a broker that is not yet served, for a Fastify server of one's own.
 *
 * @param settings from `readSettings` or `loadSettings`, which refuse what is missing or weak
 * @throws {BrokerError} `store-unavailable`
 */
export const createBroker = async (
  settings: BrokerSettings,
  {log = ownLog(settings), signedIn}: BrokerOptions = {},
): Promise<Broker> => {
  const store = await openStore(settings.store, log, {...settings.outgoing, alone: true});
  const seal = createSeal(settings.secret);
  const dispatcher = createDispatcher(settings);
  const audit = createAudit({store, log, retention: settings.audit.retention});
  const base = {settings, store, seal, audit, dispatcher, log};
  const workspace = createWorkspace(base);
  const sessions = createSessions({...base, workspace});
  const context: BrokerContext = {...base, workspace, sessions};
  const meetings = createMeetings(context);
  const callers = createCallers(context);
  const {refusedPerAddress: limit, perUser} = settings.limits;
  const refusals = new Refusals({store, log, kind: 'proof', limit});
  let draining = false;
  let closed: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    draining = true;
    await meetings?.closeMeetings();
    await sessions.close();
    await workspace.close();
    // Not close(), which waits for the calls that nobody waits for any more.
    await dispatcher.destroy();
    await audit.close();
    await store.close();
  };

  sessions.start();
  void workspace.probe();
  return {
    context,
    drain: () => {
      draining = true;
      meetings?.calls.drain();
    },
    close: () => (closed ??= close()),
    plugin: async (app) => {
      app.addHook('onClose', () => (closed ??= close()));
      await app.register(brokerHooks(settings));
      await app.register(healthRoutes(context, () => draining));
      await app.register(configRoutes(context));
      await app.register(credentialsRoutes(context, callers));
      await app.register(openFileRoutes(context));
      if (meetings) await app.register(routesForPexip(meetings));
      await app.register(async (inner) => {
        await inner.register(signIn(callers, refusals));
        await inner.register(limitUsers(perUser));
        await inner.register(sessionRoutes(context));
        await inner.register(passThroughRoutes(context));
        await inner.register(fileRoutes(context));
        await inner.register(userRoutes(context));
        await inner.register(dialOutRoutes(context));
        await inner.register(diagnoseRoutes(context));
        if (meetings) await inner.register(routesForPages(meetings));
        if (signedIn) await inner.register(signedIn);
      });
    },
  };
};
