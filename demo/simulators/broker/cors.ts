import type {IncomingMessage, ServerResponse} from 'node:http';

import {BrokerRefused} from './refusals.js';

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, x-requested-with, x-user-id, x-auth-token',
  'access-control-max-age': '600',
};

/** What a page of another origin may read of an answer's headers. */
const EXPOSED = [
  'Date',
  'Retry-After',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
].join(', ');

/**
 * Puts the CORS headers on a response. A caller without an origin is no page of another one, and
 * gets none. Throws the refusal of an origin that is not listed.
 *
 * @returns whether the request is answered already, being a preflight
 */
export const answerCors = (
  request: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): boolean => {
  const {origin} = request.headers;
  response.setHeader('vary', 'Origin');
  if (origin !== undefined) {
    if (!origins.includes(origin)) {
      throw new BrokerRefused(403, 'origin-not-allowed', 'This origin is not listed.');
    }
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader('access-control-expose-headers', EXPOSED);
  }
  const preflight = request.method === 'OPTIONS';
  if (preflight) response.writeHead(204, PREFLIGHT).end();
  return preflight;
};
