import fp from 'fastify-plugin';

/** One line a request, when it is answered or its caller has gone. */
export const accessLog = fp(async (app) => {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {req: request, res: reply, responseTime: Math.round(reply.elapsedTime)},
      'answered',
    );
  });
  app.addHook('onRequestAbort', async (request) => {
    request.log.info({req: request}, 'caller gone');
  });
});
