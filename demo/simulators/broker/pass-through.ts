import {type IncomingMessage, request as ask, type ServerResponse} from 'node:http';

import {BrokerRefused, sendRefusal} from './refusals.js';
import {demandJson} from './request-body.js';
import {addressOf, type BrokerWorkspace, unreachable} from './workspace.js';

const ROUTES: ReadonlySet<string> = new Set([
  'GET channels.history',
  'GET chat.syncMessages',
  'GET groups.history',
  'GET im.history',
  'GET me',
  'GET rooms.get',
  'GET rooms.info',
  'GET settings.public',
  'GET subscriptions.get',
  'GET subscriptions.getOne',
  'POST chat.delete',
  'POST chat.sendMessage',
  'POST chat.update',
  'POST logout',
  'POST subscriptions.read',
]);

/** What goes up: the caller's own login, and never anything by which he is known to the broker. */
const UP = [
  'accept',
  'content-length',
  'content-type',
  'transfer-encoding',
  'x-auth-token',
  'x-user-id',
];
const DOWN = /^(content-type|content-length|retry-after|x-ratelimit-.+)$/;

const pick = (
  headers: IncomingMessage['headers'],
  wanted: (name: string) => boolean,
): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value !== undefined && wanted(name) ? [[name, value]] : [],
    ),
  );

/** Hands an allow-listed call on to the workspace's REST API, and the answer back. */
export const passThrough = (
  request: IncomingMessage,
  response: ServerResponse,
  {route, search, workspace}: {route: string; search: string; workspace: BrokerWorkspace},
): void => {
  const {method = ''} = request;
  if (!ROUTES.has(`${method} ${route}`)) {
    throw new BrokerRefused(403, 'route-not-allowed', 'This route is not passed on.');
  }
  demandJson(request);
  const headers = pick(request.headers, (name) => UP.includes(name));
  const url = `${addressOf(workspace)}/api/v1/${route}${search}`;
  const upstream = ask(url, {method, headers}, (answer) => {
    response.writeHead(answer.statusCode ?? 502, {
      'cache-control': 'no-store',
      ...pick(answer.headers, (name) => DOWN.test(name)),
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
