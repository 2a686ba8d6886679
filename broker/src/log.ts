import type {PinoLoggerOptions} from 'fastify/types/logger.js';

import {loggedPath, lineRedaction, redact} from './log-redaction.js';
import {loggedError} from './logged-error.js';
import type {BrokerSettings} from './config/settings.js';

/** The little that is logged of a request: no header, no body, no query. */
const request = (given: {readonly method?: unknown; readonly url?: unknown}) => ({
  method: String(given.method),
  path: loggedPath(String(given.url)),
});

const reply = ({statusCode}: {readonly statusCode?: unknown}) => ({status: statusCode});

/** The message that pino would take from an error by itself, before anybody has looked at it. */
const messageOf = (first: unknown): string | undefined => {
  if (first instanceof Error) return first.message;
  if (typeof first !== 'object' || first === null || 'msg' in first || !('err' in first)) return;
  return first.err instanceof Error ? first.err.message : undefined;
};

/** The operator's own secrets, for {@link loggerOptions}. */
export const secretsOf = (settings: BrokerSettings): readonly string[] =>
  [
    settings.secret,
    settings.rocketChat.authToken,
    settings.rocketChat.createTokenSecret,
    settings.store.redis,
    settings.outgoing.proxy,
    // It has the key of a stream in it; other addresses are no secrets.
    settings.recording.protocol === 'rtmp' ? settings.recording.destination : undefined,
    settings.pexip.password,
    ...settings.jwt.map(({secret}) => secret),
    ...settings.apiKeys,
  ].filter((each) => each !== undefined);

/**
 * Options of the logger, for Fastify's `logger`: a line of JSON for each entry, with the time in ISO
 * 8601. Requests are logged with method and path, errors with type, code, message, stack and causes;
 * nothing that looks like a secret stays, and no control character.
 *
 * @param secrets that are known, exactly: they are hidden wherever they stand
 */
export const loggerOptions = (
  level: BrokerSettings['log']['level'],
  secrets: readonly string[] = [],
): PinoLoggerOptions => ({
  level,
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: {level: (label) => ({level: label})},
  serializers: {req: request, res: reply, err: loggedError, error: loggedError},
  hooks: {
    logMethod(given, method) {
      // Pino's own type has only the forms that one writes.
      const args: unknown[] = given;
      const message = args.length === 1 ? messageOf(args[0]) : undefined;
      const all = message === undefined ? args : [...args, message];
      const clean = all.map((each) => (typeof each === 'string' ? redact(each) : each));
      method.apply(this, clean as Parameters<typeof method>);
    },
    streamWrite: lineRedaction(secrets),
  },
});

/** Writes an error as the logger would, where there is none (any more). */
export const fatalLine = (thrown: unknown, msg: string, secrets: readonly string[] = []): string =>
  lineRedaction(secrets)(
    `${JSON.stringify({level: 'fatal', time: new Date().toISOString(), err: loggedError(thrown), msg})}\n`,
  );
