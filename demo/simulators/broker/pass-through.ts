import {type IncomingMessage, request as ask, type ServerResponse} from 'node:http';

import {passageOf} from './pass-through-routes.js';
import {BrokerRefused, sendRefusal} from './refusals.js';
import {demandForm, demandJson} from './request-body.js';
import {addressOf, type BrokerWorkspace, unreachable} from './workspace.js';

/** What goes up: the caller's own login, and never anything by which he is known to the broker. */
const UP = [
  'accept',
  'content-length',
  'content-type',
  'transfer-encoding',
  'x-auth-token',
  'x-user-id',
];
const DOWN = /^(content-disposition|content-type|content-length|retry-after|x-ratelimit-.+)$/;

/** A file is somebody's: on the broker's address it may do nothing but be looked at. */
const FILE_HEADERS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
};

const pick = (
  headers: IncomingMessage['headers'],
  wanted: (name: string) => boolean,
): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value !== undefined && wanted(name) ? [[name, value]] : [],
    ),
  );

/** The cookies of Rocket.Chat's own pages, made of the login in the headers. */
const loginCookie = ({headers}: IncomingMessage): {cookie?: string} => {
  const {'x-user-id': userId, 'x-auth-token': token} = headers;
  if (typeof userId !== 'string' || typeof token !== 'string') return {};
  return {cookie: `rc_uid=${encodeURIComponent(userId)}; rc_token=${encodeURIComponent(token)}`};
};

/** Hands an allow-listed call on to the workspace, and the answer back, as they come. */
export const passThrough = (
  request: IncomingMessage,
  response: ServerResponse,
  {route, search, workspace}: {route: string; search: string; workspace: BrokerWorkspace},
): void => {
  const {method = ''} = request;
  const passage = passageOf(method, route);
  if (!passage) {
    throw new BrokerRefused(403, 'route-not-allowed', 'This route is not passed on.');
  }
  const {path, body, isFile, byCookie} = passage;
  if (body === 'form') demandForm(request);
  else demandJson(request);
  const headers = {
    ...pick(request.headers, (name) => UP.includes(name)),
    ...(byCookie && loginCookie(request)),
  };
  // Files take a login in the query, where no secret may be.
  const url = `${addressOf(workspace)}${path}${isFile ? '' : search}`;
  const upstream = ask(url, {method, headers}, (answer) => {
    response.writeHead(answer.statusCode ?? 502, {
      'cache-control': 'no-store',
      ...pick(answer.headers, (name) => DOWN.test(name)),
      ...(isFile && FILE_HEADERS),
    });
    answer.on('error', () => response.destroy()).pipe(response);
  });
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else sendRefusal(response, unreachable());
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
};
