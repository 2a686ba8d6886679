import helmet from '@fastify/helmet';
import type {FastifyPluginAsync} from 'fastify';
import plugin from 'fastify-plugin';

/**
 * Headers that keep a browser from taking an answer for more than it is: never a page, never in a
 * frame, never of another type, no address passed on, and kept by no cache unless the route says so.
 * `Strict-Transport-Security` is left to the server with the certificate.
 */
export const safeHeaders: FastifyPluginAsync = plugin(
  async (app) => {
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {'default-src': ["'none'"], 'frame-ancestors': ["'none'"]},
      },
      frameguard: {action: 'deny'},
      referrerPolicy: {policy: 'no-referrer'},
      crossOriginOpenerPolicy: false,
      crossOriginResourcePolicy: false,
      dnsPrefetchControl: false,
      hidePoweredBy: false,
      hsts: false,
      ieNoOpen: false,
      originAgentCluster: false,
      permittedCrossDomainPolicies: false,
      xssFilter: false,
    });
    app.addHook('onRequest', (request, reply, done) => {
      // What is open without CORS, such as a signed link, may also be shown by a page.
      const isOpen = request.routeOptions.config?.cors === false;
      reply.headers({
        'cache-control': 'no-store',
        'cross-origin-resource-policy': isOpen ? 'cross-origin' : 'same-origin',
      });
      done();
    });
  },
  {name: 'pexip-chat-room-headers', fastify: '5.x'},
);
