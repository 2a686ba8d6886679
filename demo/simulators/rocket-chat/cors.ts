import type {IncomingMessage, ServerResponse} from 'node:http';

import type {SettingsStore} from './settings.js';

const ALLOWED = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, HEAD, PATCH',
  'Access-Control-Allow-Headers':
    'Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token, x-visitor-token, Authorization',
};

const OFF = 'CORS not enabled. Go to "Admin > General > REST Api" to enable it.';

/**
 * Puts the CORS headers of the REST API on a response. Off by default; no header is ever exposed,
 * so that a page of another origin cannot read the rate limit.
 *
 * @returns whether the request is answered already: a preflight, or an origin that is not listed
 */
export const answerCors = (
  request: IncomingMessage,
  response: ServerResponse,
  settings: SettingsStore,
): boolean => {
  const {origin = ''} = request.headers;
  const preflight = request.method === 'OPTIONS';
  if (!settings.get('API_Enable_CORS')) {
    if (preflight) response.writeHead(405).end(OFF);
    return preflight;
  }
  // A caller without an origin is no page; it gets no header, and no refusal either.
  if (!origin && !request.headers['access-control-request-method']) return false;
  const listed = settings.get('API_CORS_Origin');
  const origins = listed.split(',').map((each) => each.trim().toLowerCase());
  if (listed !== '*' && !origins.includes(origin.toLowerCase())) {
    response.writeHead(403).end();
    return true;
  }
  const headers = {'Access-Control-Allow-Origin': listed === '*' ? '*' : origin, ...ALLOWED};
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (listed !== '*') response.setHeader('Vary', 'Origin');
  if (preflight) response.writeHead(200).end();
  return preflight;
};
