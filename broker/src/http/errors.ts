import type {Socket} from 'node:net';

import type {FastifyPluginAsync, FastifyReply, FastifyRequest} from 'fastify';
import plugin from 'fastify-plugin';

import {BrokerError} from '../errors.js';
import {loggedError} from '../logged-error.js';
import {brokerErrorOf, givenUp, notFound} from './fastify-errors.js';
import {knownRoutes} from './known-routes.js';

/** Ids that somebody may be told: those that Fastify makes, and common ones of proxies. */
const ID = /^[\w.-]{1,64}$/;

const internal = (request: FastifyRequest, cause: unknown): BrokerError => {
  const remedy = ID.test(request.id)
    ? `Try again; if it stays so, tell the operator this id: ${request.id}`
    : 'Try again; if it stays so, tell the operator the time.';
  return new BrokerError(500, 'internal', `The broker failed at this request. ${remedy}`, {cause});
};

const isGone = ({raw}: FastifyRequest): boolean => raw.destroyed && !raw.complete;

const bodyOf = ({code, message, position}: BrokerError): unknown => ({
  error: {code, message, ...(position !== undefined && {position})},
});

/**
 * A caller's fault is worth a line if there is more to know than the answer tells. The log may be
 * that of an operator's own server, which would write all that an error has.
 */
const note = ({log}: FastifyRequest, {status, code, cause}: BrokerError): void => {
  const more = {code, status, ...(cause !== undefined && {err: loggedError(cause)})};
  if (status >= 500) log.error(more, 'A request failed.');
  else if (cause !== undefined) log.info(more, 'A request was refused.');
};

/**
 * Answers an error: one of the broker's as it is, one of Fastify's as the broker words it, and for
 * any other nothing but the id under which it is logged. The app's error handler, and the option
 * `frameworkErrors` of a server.
 */
export const answerError = (
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const known = brokerErrorOf(error) ?? (isGone(request) ? givenUp() : internal(request, error));
  note(request, known);
  return reply
    .code(known.status)
    .headers({'cache-control': 'no-store', ...known.headers})
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(bodyOf(known)));
};

/** What is wrong with bytes that are no HTTP request, by Node's code. */
const BY_CODE: Readonly<Record<string, readonly [line: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The headers are longer than 16 kB. Send less, such as a shorter access token.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request came too slowly. Send it again.'],
};

/** Answers what is no HTTP request: the option `clientErrorHandler` of a server. */
export const answerClientError = (error: Error & {code?: string}, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [line, message] = BY_CODE[error.code ?? ''] ?? [
    '400 Bad Request',
    'The request is no HTTP that the broker understands. Look at the proxy before it.',
  ];
  const body = JSON.stringify({error: {code: 'invalid-argument', message}});
  const head = [
    `HTTP/1.1 ${line}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};

/**
 * Gives an app the broker's error answers, for its routes and for what has none: 405 with `Allow`
 * where the path has another method, else 404. Registered before all routes. Where hooks of the same
 * scope want a signed-in caller, they want him before a 404, too.
 */
export const errorAnswers: FastifyPluginAsync = plugin(
  async (app) => {
    const routes = knownRoutes(app);
    app.setErrorHandler(answerError);
    app.setNotFoundHandler((request) => {
      const methods = routes.methods(request.raw.url ?? '');
      if (!methods.length) throw notFound();
      const allow = methods.join(', ');
      throw new BrokerError(405, 'method-not-allowed', `This route takes ${allow} only.`, {
        headers: {allow},
      });
    });
  },
  {name: 'pexip-chat-room-errors', fastify: '5.x'},
);
