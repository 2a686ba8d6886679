import {BrokerError} from '../errors.js';

/** Tells a client what kind of proof counts (RFC 9110 11.6.1); no browser asks its user for one. */
const CHALLENGE = {'www-authenticate': 'Bearer'};

/** Only the operator is told why: a guesser learns nothing from the answer. */
const because = (reason: string): Error => new Error(`Refused: ${reason}.`);

/** No proof of sign-in at all. */
export const proofMissing = (): BrokerError =>
  new BrokerError(
    401,
    'access-token-invalid',
    'The request has no proof of sign-in. Send "Authorization: Bearer <access token>", or the application\'s cookie together with "X-Requested-With: pexip-chat-room".',
    {headers: CHALLENGE},
  );

/** @param reason for the log; has nothing of the token */
export const tokenInvalid = (reason: string): BrokerError =>
  new BrokerError(
    401,
    'access-token-invalid',
    "The access token is not accepted. Get a new one from the application; if that is refused, too, compare its signature, iss, aud, sub, exp and nbf with the broker's configuration. The broker's log tells the reason.",
    {headers: CHALLENGE, cause: because(reason)},
  );

export const tokenExpired = (): BrokerError =>
  new BrokerError(
    401,
    'access-token-expired',
    'The access token has expired. Get a new one from the application. If it is new, the clocks of the application and the broker differ.',
    {headers: CHALLENGE},
  );

/** @param reason for the log; has nothing of the cookie */
export const cookieRefused = (reason: string): BrokerError =>
  new BrokerError(
    401,
    'access-token-invalid',
    "The application's cookie is for nobody who is signed in. Sign in at the application, and load the page again.",
    {headers: CHALLENGE, cause: because(reason)},
  );

/** A cookie without the header that a form of another site cannot send. */
export const guardMissing = (): BrokerError =>
  new BrokerError(
    403,
    'cookie-guard-missing',
    'The application\'s cookie counts together with the header "X-Requested-With: pexip-chat-room" only. Send it, too.',
  );

/**
 * Whoever could say whether a proof holds does not answer: the caller may be right, so it is no 401.
 *
 * @param who such as "the application"
 */
export const cannotTell = (who: string, cause: unknown): BrokerError =>
  new BrokerError(
    503,
    'broker-busy',
    `The broker cannot tell now who you are, as ${who} gave it no answer that it can use. Try again in some seconds.`,
    {headers: {'retry-after': '5'}, cause},
  );
