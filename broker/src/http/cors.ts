import type {FastifyPluginAsync} from 'fastify';
import plugin from 'fastify-plugin';

import {BrokerError} from '../errors.js';
import {knownRoutes} from './known-routes.js';

/** What a page of another origin may send; how long its browser remembers that, in seconds. */
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, x-requested-with, x-user-id, x-auth-token',
  'access-control-max-age': '600',
};

/** What such a page may read of an answer's headers. */
const EXPOSED = [
  'Date',
  'Retry-After',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
].join(', ');

/** The refusal of a page whose origin is not listed. Does not repeat the origin. */
export const originNotAllowed = (): BrokerError =>
  new BrokerError(
    403,
    'origin-not-allowed',
    'Pages of this origin may not ask here. The operator lists the origins in the broker\'s setting "origins", exactly as a browser writes them: https://app.example.com, without a slash at the end.',
  );

/**
 * Answers pages of the listed origins, compared exactly, and refuses all others before anything is
 * done for them. A request without `Origin` comes from no page of another origin, and gets no
 * headers. Routes with the config `{cors: false}` are left alone.
 *
 * Written by hand as `@fastify/cors` lets a request of an unlisted origin through to its route.
 */
export const cors = (origins: readonly string[]): FastifyPluginAsync =>
  plugin(
    async (app) => {
      const listed = new Set(origins);
      const routes = knownRoutes(app);
      app.addHook('onRequest', async (request, reply) => {
        const {method, headers, routeOptions, raw} = request;
        if (routeOptions.config?.cors === false) return;
        const isPreflight =
          method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
        // A preflight has no route of its own.
        if (isPreflight && routes.isClosed(raw.url ?? '')) return;
        reply.header('vary', 'Origin');
        const {origin} = headers;
        if (origin === undefined) return;
        if (!listed.has(origin)) throw originNotAllowed();
        reply.headers({
          'access-control-allow-origin': origin,
          'access-control-allow-credentials': 'true',
          'access-control-expose-headers': EXPOSED,
        });
        if (isPreflight) return reply.code(204).headers(PREFLIGHT).send();
      });
    },
    {name: 'pexip-chat-room-cors', fastify: '5.x'},
  );
