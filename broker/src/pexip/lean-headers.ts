import type {FastifyPluginAsync} from 'fastify';
import plugin from 'fastify-plugin';

/** As `http/headers.ts` has them. */
const HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * The headers of `safeHeaders` for routes with the option `helmet: false`. Helmet works them out anew
 * for each request, which takes longer than all that the policy of a meeting needs.
 */
export const leanHeaders: FastifyPluginAsync = plugin(
  async (app) => {
    app.addHook('onRequest', (_request, reply, done) => {
      reply.headers(HEADERS);
      done();
    });
  },
  {name: 'pexip-chat-room-lean-headers', fastify: '5.x'},
);
