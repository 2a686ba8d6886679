import type {FastifyPluginAsync} from 'fastify';
import plugin from 'fastify-plugin';

/** Should a browser come by: what it gets is no page, and in no frame. */
const HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/**
 * What counts of the headers of `safeHeaders` for routes with the option `helmet: false`. Helmet works
 * them out anew for each request, which takes longer than all that the policy of a meeting needs.
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
