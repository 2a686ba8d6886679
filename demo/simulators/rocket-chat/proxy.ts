import type {IncomingMessage, ServerResponse} from 'node:http';

import {send} from '../http.js';

const PAGE = '<html><head><title>413 Request Entity Too Large</title></head></html>';

/**
 * Refuses a body that is too long for a proxy before the server, as nginx does: by a page of its own,
 * without the server's CORS headers.
 *
 * @param most bytes
 * @returns whether the request is answered
 */
export const refusesBody = (
  request: IncomingMessage,
  response: ServerResponse,
  most = Infinity,
): boolean => {
  if (Number(request.headers['content-length'] ?? 0) <= most) return false;
  // What is under way still comes, so that the answer is read and not a reset.
  request.resume();
  send(response, 413, PAGE, {'content-type': 'text/html'});
  return true;
};
