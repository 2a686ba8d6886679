import {randomBytes} from 'node:crypto';

import {
  LogController,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';

/** One line for each request, when it has ended: also where the caller has gone before that. */
class RequestLog extends LogController {
  override incomingRequest(request: FastifyRequest, reply: FastifyReply): void {
    let said = false;
    const end = (cut: {readonly aborted?: true}) => {
      if (said) return;
      said = true;
      const duration = Math.round(reply.elapsedTime * 10) / 10;
      request.log.info({req: request, res: reply, duration, ...cut}, 'request');
    };
    reply.raw.once('finish', () => end({}));
    reply.raw.once('close', () => end({aborted: true}));
  }

  override requestCompleted(): void {
    // Said by then.
  }

  override routeNotFound(): void {
    // The line of the request has its status, and no query.
  }
}

/**
 * Fastify's options that go with the logger: an id for each request (`requestId`), made here and
 * never taken from a header, and one line for each, with method, path, status and ms.
 */
export const requestLogOptions = (): Pick<
  FastifyServerOptions,
  'genReqId' | 'logController' | 'requestIdHeader'
> => ({
  requestIdHeader: false,
  genReqId: () => randomBytes(9).toString('base64url'),
  logController: new RequestLog({requestIdLogLabel: 'requestId'}),
});
