import {PexipChatError, type ErrorCode} from '../errors.js';

/** What says that this user cannot be signed in, however often it is tried. */
const DEFINITE: readonly ErrorCode[] = ['other-user', 'sign-in-required', 'token-rejected'];

/**
 * Nobody is going to be signed in this way. Any other failure may be over in a moment: a page's `auth`
 * that throws has as a rule not reached its own server.
 */
export const isDefinite = (error: unknown): boolean =>
  error instanceof PexipChatError &&
  (DEFINITE.includes(error.code) || (error.code === 'credentials-failed' && !error.cause));
