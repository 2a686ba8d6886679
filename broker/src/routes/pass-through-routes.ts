import {Readable} from 'node:stream';

import type {FastifyPluginAsync, FastifyReply, FastifyRequest} from 'fastify';

import type {BrokerContext} from '../context.js';
import {BrokerError} from '../errors.js';
import {type Passage, passageOf} from '../pass-through/allowed-routes.js';
import {bodyTooLarge, drain, metered} from '../pass-through/body-meter.js';
import {claimedLogin, HARMLESS, headersDown, headersUp} from '../pass-through/headers.js';
import {answerBody, askWorkspace} from '../pass-through/upstream.js';
import type {Login} from '../workspace/workspace.js';
import {callerOf, departure, rawRest} from './caller.js';

const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];
/** A message of full length, or one with attachments, is longer than what the broker's own routes take. */
const LONGER = 4;

/**
 * How long Rocket.Chat may take to store a file that it has received, in ms: who is told too early that
 * it failed sends it again, and has it twice.
 */
const STORING = 120_000;

const TYPES = {
  json: [/^application\/json\s*(;|$)/i, 'A body is sent as application/json here.'],
  form: [/^multipart\/form-data\s*;/i, 'A file is sent as multipart/form-data here.'],
} as const;

/** The body of a request, before anything of it is read. @throws {BrokerError} `content-type-refused` */
const bodyOf = (
  {headers, body}: FastifyRequest,
  expected: Passage['body'],
): Readable | undefined => {
  if (expected === 'none') return;
  const hasBody =
    headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
  const [type, message] = TYPES[expected];
  if ((hasBody || expected === 'form') && !type.test(headers['content-type'] ?? '')) {
    throw new BrokerError(415, 'content-type-refused', message);
  }
  return hasBody && body instanceof Readable ? body : undefined;
};

/** Whose login a request brings along. @throws {BrokerError} it is not the caller's own */
const loginFor = async (
  request: FastifyRequest,
  {isOpen}: Passage,
  {sessions}: BrokerContext,
): Promise<Partial<Login> | undefined> => {
  const {sub} = callerOf(request);
  const claimed = claimedLogin(request.headers);
  if (!claimed && isOpen) return;
  const own = claimed && (await sessions.login(sub));
  if (!own) {
    throw new BrokerError(
      401,
      'session-missing',
      'This needs a chat session: ask for one by POST /v1/chat/session, and send its X-User-Id and X-Auth-Token.',
    );
  }
  if (own.userId !== claimed.userId) {
    throw new BrokerError(
      403,
      'other-user',
      'The X-User-Id is not that of the user who is signed in. Send the one of his own chat session.',
    );
  }
  return claimed;
};

const pass = async (
  request: FastifyRequest,
  reply: FastifyReply,
  context: BrokerContext,
  storing: number,
): Promise<unknown> => {
  const {path, query} = rawRest(request);
  const passage = passageOf(request.method, path);
  const {chats, limits, rocketChat} = context.settings;
  if (!passage || (passage.deletesChat && !chats.delete)) {
    throw new BrokerError(
      403,
      'route-not-allowed',
      'The broker does not pass this route on. Ask for one of those in docs/broker-routes.md.',
    );
  }
  const body = bodyOf(request, passage.body);
  const login = await loginFor(request, passage, context);
  const limit = passage.body === 'form' ? limits.upload : limits.body * LONGER;
  if (body && Number(request.headers['content-length']) > limit) {
    drain(body, limit);
    throw bodyTooLarge(limit);
  }
  const {timeout} = rocketChat;
  const signal = departure(reply);
  try {
    const answer = await askWorkspace(context, {
      method: request.method as 'GET' | 'POST',
      // Files take a login in the query, where no secret may be.
      path: passage.path + (passage.isFile ? '' : query),
      headers: headersUp(request.headers, passage, {login, hasBody: body !== undefined}),
      body: body && metered(body, limit),
      ...(passage.body === 'form' && {patience: Math.max(timeout, storing)}),
      signal,
    });
    return reply
      .code(answer.statusCode)
      .headers({...headersDown(answer.headers), ...HARMLESS})
      .send(answerBody(answer.body));
  } catch (error) {
    // Who has left is told nothing.
    if (signal.aborted) return reply.hijack();
    throw error;
  }
};

/**
 * `/v1/rc/<route>`: Rocket.Chat's REST API, files and avatars, as far as they are listed, with the
 * login that the caller himself sends. Bodies are handed on as they come, both ways.
 *
 * @param storing ms that the answer to an upload may take, where `rocketChat.timeout` is not longer
 */
export const passThroughRoutes =
  (context: BrokerContext, storing = STORING): FastifyPluginAsync =>
  async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.route({
      method: METHODS,
      url: '/v1/rc/*',
      exposeHeadRoute: false,
      handler: (request, reply) => pass(request, reply, context, storing),
    });
  };
