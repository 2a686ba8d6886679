import type {FastifyPluginAsync, FastifyReply, FastifyRequest} from 'fastify';

import {field} from '../../../src/protocol/guards.js';
import type {BrokerContext} from '../context.js';
import {BrokerError} from '../errors.js';
import {HARMLESS, headersDown, loginHeaders} from '../pass-through/headers.js';
import {answerBody, askWorkspace, discard} from '../pass-through/upstream.js';
import {nameIn, workspaceFile} from '../pass-through/workspace-file.js';
import {callerOf, departure, rawRest} from './caller.js';
import {closeLink, LINK_LIFETIME, linkInvalid, linkKey, openLink} from './file-link.js';
import {demandRate} from './rate.js';

const MINUTE = 60_000;
const OPENS_PER_MINUTE = 60;
const GONE: readonly number[] = [401, 403, 404, 410];
const UNSATISFIABLE = 416;

/** A file is saved under its own name, and never shown (RFC 6266, RFC 8187). */
const attachment = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  )}`;

const fileGone = (): BrokerError =>
  new BrokerError(
    410,
    'file-gone',
    'This file cannot be had by this link any more: it was deleted, or who made the link has signed out or may no longer read it.',
  );

/**
 * `POST /v1/files/sign` `{path}`: a link to one file of the workspace, for programs that must have no
 * token. Whoever has the link reads the file as the caller does now and then.
 */
export const fileRoutes =
  ({seal, settings}: BrokerContext): FastifyPluginAsync =>
  async (app) => {
    app.post('/v1/files/sign', async (request, reply) => {
      const {sub} = callerOf(request);
      const file = workspaceFile(field(request.body, 'path'), settings.rocketChat.server);
      if (!file) {
        throw new BrokerError(
          400,
          'invalid-argument',
          'The path is no file of the workspace. Send {"path": "/file-upload/<id>/<name>"}.',
        );
      }
      const expires = Date.now() + LINK_LIFETIME;
      const ticket = closeLink(seal, {alias: sub, path: file.path, expires});
      const url = `${settings.publicUrl}/v1/files/${encodeURIComponent(ticket)}/${encodeURIComponent(file.name)}`;
      return reply
        .header('cache-control', 'no-store')
        .send({url, expiresAt: new Date(expires).toISOString()});
    });
  };

const open = async (
  request: FastifyRequest,
  reply: FastifyReply,
  context: BrokerContext,
): Promise<unknown> => {
  reply.headers({...HARMLESS, 'referrer-policy': 'no-referrer'});
  const [ticket = '', name, ...more] = rawRest(request).path.split('/').map(decoded);
  const link = openLink(context.seal, ticket);
  // The name is for people; another one than the file's would mislead them.
  if (more.length > 0 || name !== nameIn(link.path)) throw linkInvalid();
  await demandRate(context.store, linkKey(link), OPENS_PER_MINUTE, MINUTE);
  const login = await context.sessions.login(link.alias);
  if (!login) throw fileGone();
  const signal = departure(reply);
  const isHead = request.method === 'HEAD';
  const {range} = request.headers;
  try {
    const answer = await askWorkspace(context, {
      method: isHead ? 'HEAD' : 'GET',
      path: link.path,
      headers: {
        'accept-encoding': 'identity',
        ...(range && {range}),
        ...loginHeaders(login),
      },
      signal,
    });
    const {statusCode, headers, body} = answer;
    if (statusCode >= 300 && statusCode !== UNSATISFIABLE) {
      discard(body);
      if (GONE.includes(statusCode)) throw fileGone();
      throw new BrokerError(
        502,
        'workspace-refused',
        'Rocket.Chat does not give this file now. Open the link again later.',
      );
    }
    reply
      .code(statusCode)
      .headers({...headersDown(headers), 'content-disposition': attachment(name)});
    if (!isHead) return await reply.send(answerBody(body));
    discard(body);
    return await reply.send();
  } catch (error) {
    if (signal.aborted) return reply.hijack();
    throw error;
  }
};

const decoded = (raw: string): string => {
  try {
    return decodeURIComponent(raw);
  } catch {
    return '';
  }
};

/**
 * `GET /v1/files/<ticket>/<name>`: the file of a link, without sign-in; not for scripts of other
 * origins. A wildcard, as a ticket is longer than what Fastify takes for a parameter.
 */
export const openFileRoutes =
  (context: BrokerContext): FastifyPluginAsync =>
  async (app) => {
    app.route({
      method: ['GET', 'HEAD'],
      url: '/v1/files/*',
      exposeHeadRoute: false,
      config: {cors: false},
      handler: (request, reply) => open(request, reply, context),
    });
  };
