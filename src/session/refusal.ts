import {PexipChatError, type ErrorCode} from '../errors.js';

/** A token is of another user than the one whose chat this is. */
export const otherUser = (): PexipChatError =>
  new PexipChatError(
    'other-user',
    'The token is of another user than was said, or than before, and was not used. Check what auth or the broker gives.',
  );

/** There is nobody any more for whom it could be done. */
export const gone = (): PexipChatError =>
  new PexipChatError(
    'disconnected',
    'The pane was removed, or its user has signed out, before this was done.',
  );

/** What says that this user cannot be signed in, however often it is tried. */
const DEFINITE: readonly ErrorCode[] = ['other-user', 'sign-in-required', 'token-rejected'];

/**
 * Nobody is going to be signed in this way. Any other failure may be over in a moment: a page's `auth`
 * that throws has as a rule not reached its own server.
 */
export const isDefinite = (error: unknown): boolean =>
  error instanceof PexipChatError &&
  (DEFINITE.includes(error.code) || (error.code === 'credentials-failed' && !error.cause));
