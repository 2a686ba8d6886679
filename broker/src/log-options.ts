import type {FastifyServerOptions} from 'fastify';
import type {PinoLoggerOptions} from 'fastify/types/logger.js';

import type {BrokerSettings} from './config/settings.js';
import {requestLogOptions} from './http/request-log.js';
import {loggerOptions, secretsOf} from './log.js';

/** Options of a Fastify server that are about its log. */
export interface LogOptions extends Pick<
  FastifyServerOptions,
  'genReqId' | 'logController' | 'requestIdHeader'
> {
  readonly logger: PinoLoggerOptions;
}

/**
 * The log of `serveBroker()`, for a server of one's own that has the broker in it: one line of JSON for
 * each request of the server, with method, path, status, ms and an id; no header, no query, no link to
 * a file, no lease, and none of the secrets of the settings.
 *
 * @param settings whose `log.level` counts
 */
export const logOptions = (settings: BrokerSettings): LogOptions => ({
  ...requestLogOptions(),
  logger: loggerOptions(settings.log.level, secretsOf(settings)),
});
