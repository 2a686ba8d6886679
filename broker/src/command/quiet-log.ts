import {fastify, type FastifyBaseLogger} from 'fastify';

import type {BrokerSettings} from '../config/settings.js';
import {loggerOptions, secretsOf} from '../log.js';

/** A logger for a command whose output is for other programs: errors only, to the other stream. */
export const quietLog = (
  settings: BrokerSettings,
  stream: {write(line: string): unknown},
): FastifyBaseLogger => {
  const options = loggerOptions('error', secretsOf(settings));
  const write = (line: string) => void stream.write(line);
  return fastify({logger: {...options, stream: {write}}}).log;
};
