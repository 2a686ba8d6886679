import type {FastifyReply, FastifyRequest} from 'fastify';

import type {Identity} from '../callers/identity.js';
import {BrokerError} from '../errors.js';

/**
 * Who asks. A route that was mounted without the sign-in before it refuses everybody.
 *
 * @throws {BrokerError} `access-token-invalid`
 */
export const callerOf = (request: FastifyRequest): Identity => {
  const {identity} = request as FastifyRequest & {readonly identity?: Identity};
  if (!identity) {
    throw new BrokerError(401, 'access-token-invalid', 'Sign in first: send an access token.');
  }
  return identity;
};

/** Aborts when the caller has gone, or has his answer. */
export const departure = ({raw}: FastifyReply): AbortSignal => {
  const gone = new AbortController();
  if (raw.destroyed) gone.abort();
  raw.once('close', () => gone.abort());
  return gone.signal;
};

/**
 * What a wildcard route was asked for, as it came: Fastify's own parameters are decoded, and no
 * longer tell `%2f` from a slash.
 *
 * @returns the path after the route's `*` and the query from its `?` on; an empty path for a request
 *   in another form than a path
 */
export const rawRest = ({
  raw,
  routeOptions,
}: FastifyRequest): {readonly path: string; readonly query: string} => {
  const [target = ''] = (raw.url ?? '').split('#');
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const depth = (routeOptions.url ?? '').split('/').length - 1;
  return {
    path: path.startsWith('/') ? path.split('/').slice(depth).join('/') : '',
    query: at < 0 ? '' : target.slice(at),
  };
};
