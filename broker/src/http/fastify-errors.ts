import {BrokerError} from '../errors.js';
import {contentTypeRefused, invalidJson} from './body.js';

/** The path is no route. Does not repeat it. */
export const notFound = (): BrokerError =>
  new BrokerError(
    404,
    'not-found',
    "The broker has no such route. Compare the address with the broker's documentation, and its path with the setting publicUrl.",
  );

const malformed = (what: string): BrokerError =>
  new BrokerError(400, 'invalid-argument', `${what} Compare it with the route's documentation.`);

const tooLarge = (): BrokerError =>
  new BrokerError(
    413,
    'body-too-large',
    'The body is longer than the broker takes. Send less, or let the operator raise its limit.',
  );

/** The caller went before his request was complete; nobody hears it, and nobody is to blame. */
export const givenUp = (): BrokerError =>
  malformed('The connection ended before the request was complete.');

/** What Fastify finds fault with, by its code. Its own messages repeat what was sent. */
const BY_CODE: Readonly<Record<string, () => BrokerError>> = {
  FST_ERR_BAD_URL: () => malformed("The request's address is not well-formed."),
  FST_ERR_MAX_PARAM_LENGTH: notFound,
  FST_ERR_NOT_FOUND: notFound,
  FST_ERR_VALIDATION: () =>
    malformed('The request has a field that is missing or of a wrong type.'),
  FST_ERR_CTP_BODY_TOO_LARGE: tooLarge,
  FST_ERR_CTP_EMPTY_JSON_BODY: invalidJson,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    malformed('The body is not as long as its Content-Length says.'),
  FST_ERR_CTP_INVALID_JSON_BODY: invalidJson,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: contentTypeRefused,
  FST_ERR_CTP_INVALID_TYPE: contentTypeRefused,
};

/** The broker's error for one of Fastify's; `undefined` for any other. */
export const brokerErrorOf = (error: unknown): BrokerError | undefined => {
  if (error instanceof BrokerError) return error;
  // Anything at all can be thrown.
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && Object.hasOwn(BY_CODE, code) ? BY_CODE[code]?.() : undefined;
};
