import type {FastifyPluginAsync} from 'fastify';
import {request} from 'undici';

import type {BrokerContext} from '../context.js';
import {soon} from '../soon.js';

/** Whether the workspace answers. */
export type WorkspaceState = 'ok' | 'unreachable' | 'unknown';

/** The workspace limits calls of a route, for everybody behind the broker's address. */
const FRESH = 30_000;
/** Balancers give up after a few seconds. */
const PATIENCE = 2000;

type Needs = Pick<BrokerContext, 'dispatcher' | 'settings' | 'store'>;

/** Looks whether the workspace answers, at most once in {@link FRESH}. */
class WorkspaceLook {
  readonly #context: Needs;
  #looked = -Infinity;
  #state: Promise<WorkspaceState> = Promise.resolve('unknown');

  constructor(context: Needs) {
    this.#context = context;
  }

  state(): Promise<WorkspaceState> {
    const now = performance.now();
    if (now - this.#looked >= FRESH) {
      this.#looked = now;
      this.#state = this.#look();
    }
    return this.#state;
  }

  async #look(): Promise<WorkspaceState> {
    const {dispatcher, settings} = this.#context;
    try {
      // Open to everybody in every version (Rocket.Chat, apps/meteor/app/api/server/default/info.ts).
      const answer = await request(`${settings.rocketChat.internalUrl}/api/info`, {dispatcher});
      await answer.body.dump();
      return answer.statusCode < 500 ? 'ok' : 'unreachable';
    } catch {
      return 'unreachable';
    }
  }
}

/**
 * `GET /health/live`: the process answers. `GET /health/ready`: send it requests; 503 while the store
 * cannot be used, or the broker is closing. A workspace that is away is told, and fails neither: all
 * brokers would go at once, and with them what needs no workspace.
 */
export const healthRoutes =
  (context: Needs, closing: () => boolean = () => false): FastifyPluginAsync =>
  async (app) => {
    const workspace = new WorkspaceLook(context);
    const usable = () =>
      context.store.ping().then(
        () => true,
        () => false,
      );

    app.get('/health/live', {config: {cors: false}}, async (_request, reply) => {
      return reply.header('cache-control', 'no-store').send({status: 'ok'});
    });
    app.get('/health/ready', {config: {cors: false}}, async (_request, reply) => {
      const [store, seen] = await Promise.all([
        soon(usable(), PATIENCE, false),
        soon(workspace.state(), PATIENCE, 'unknown' as const),
      ]);
      const status = closing() ? 'closing' : store ? 'ok' : 'unavailable';
      return reply
        .status(status === 'ok' ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({status, store: store ? 'ok' : 'unavailable', workspace: seen});
    });
  };
