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

/**
 * Ends tokens for good; one that the workspace does not know any more has ended, too.
 *
 * @throws {ConnectionLost} the workspace cannot be reached
 */
export const endTokens = async (url: string, tokens: readonly Credentials[]): Promise<void> => {
  await Promise.all(
    tokens.map((credentials) =>
      overBriefConnection(url, (connection) => endToken(connection, credentials)),
    ),
  );
};
