import {PexipChatError} from '../errors.js';
import type {Credentials} from '../protocol/credentials.js';
import {endToken, isRefusal, resume} from '../session/live-login.js';
import {overBriefConnection} from '../transport/brief-connection.js';

/** A file that is loaded to test tokens or to end them, each over a connection of its own. */

/** Whether the workspace takes a token. @throws {ConnectionLost} it cannot be reached */
export const tokenWorks = (url: string, credentials: Credentials): Promise<boolean> =>
  overBriefConnection(url, (connection) =>
    resume(connection, credentials).then(
      () => true,
      (error: unknown) => {
        if (isRefusal(error)) return false;
        throw error;
      },
    ),
  );

/** Each takes a connection of its own, and a page that was open for days has had many. */
const AT_ONCE = 8;

/**
 * Ends tokens for good, all of them; one that the workspace does not know any more has ended, too.
 *
 * @throws {PexipChatError} `disconnected`: the workspace cannot be reached
 */
export const endTokens = async (url: string, tokens: readonly Credentials[]): Promise<void> => {
  const end = (credentials: Credentials): Promise<void> =>
    overBriefConnection(url, (connection) => endToken(connection, credentials));
  try {
    for (let next = 0; next < tokens.length; next += AT_ONCE) {
      await Promise.all(
        tokens
          .slice(next, next + AT_ONCE)
          // Once more, as one failure must not leave a token good that nobody holds any more.
          .map((credentials) => end(credentials).catch(() => end(credentials))),
      );
    }
  } catch (cause) {
    throw new PexipChatError(
      'disconnected',
      "Rocket.Chat could not be reached to end the user's tokens. End them on your server.",
      {cause},
    );
  }
};
