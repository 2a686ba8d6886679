import type {FastifyPluginAsync} from 'fastify';

import type {BrokerContext} from '../context.js';
import {readSessionRequest} from './session-request.js';

const PATH = '/v1/chat/session';

/**
 * A page's chat session: begins and is renewed (`POST`), is let go (`DELETE` with its lease), and the
 * user is signed out everywhere (`DELETE`). Wants to be where callers are identified.
 */
export const sessionRoutes =
  ({sessions}: Pick<BrokerContext, 'sessions'>): FastifyPluginAsync =>
  async (app) => {
    app.post(PATH, async (request, reply) => {
      // A request without a body has none that is wrong.
      const asked = readSessionRequest(request.body === undefined ? {} : request.body);
      const session = await sessions.open(request.identity, asked);
      reply.header('cache-control', 'no-store');
      return session;
    });

    app.delete<{Params: {lease: string}}>(`${PATH}/:lease`, async (request, reply) => {
      await sessions.release(request.identity.sub, request.params.lease);
      return reply.code(204).send();
    });

    app.delete(PATH, async (request, reply) => {
      await sessions.end(request.identity.sub);
      return reply.code(204).send();
    });
  };
