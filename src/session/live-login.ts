import {PexipChatError} from '../errors.js';
import type {Credentials} from '../protocol/credentials.js';
import {field} from '../protocol/guards.js';
import {isDdpRefusal, type DdpConnection} from '../transport/ddp-connection.js';
import {otherUser} from './refusal.js';
import type {TokenKeeper} from './token-keeper.js';

/** Who has the tokens now. Each rejects with a {@link PexipChatError} where there is none. */
export type LiveTokens = () => Pick<TokenKeeper, 'get' | 'replace' | 'expire'>;

/** The code of Rocket.Chat's refusal of a token that has ended or never was one. */
const REFUSED = '403';

const rejected = (): PexipChatError =>
  new PexipChatError(
    'token-rejected',
    "Rocket.Chat takes none of the user's tokens. Sign in again.",
  );

/** The workspace does not take the token; any other error is the connection's. */
export const isRefusal = (error: unknown): boolean => isDdpRefusal(error) && error.code === REFUSED;

/** Signs a connection in. Nobody else's messages are ever taken for those of this user. */
export const resume = async (
  connection: DdpConnection,
  {authToken, userId}: Credentials,
): Promise<void> => {
  const answer = await connection.call('login', [{resume: authToken}]);
  if (field(answer, 'id') !== userId) throw otherUser();
};

/**
 * Signs a new connection in and subscribes, in one go: the server takes one after the other, and
 * each round trip counts. A token that is refused is replaced once.
 *
 * @throws {PexipChatError} nobody can be signed in; any other error is the connection's
 */
export const signIn = async (
  connection: DdpConnection,
  tokens: LiveTokens,
  subscribe: (userId: string) => Promise<unknown>,
): Promise<{readonly credentials: Credentials; readonly replaced: boolean}> => {
  const credentials = await tokens().get('live');
  try {
    await inOneGo(connection, credentials, subscribe);
    return {credentials, replaced: false};
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const other = await tokens().replace('live', credentials.authToken);
  try {
    await inOneGo(connection, other, subscribe);
    return {credentials: other, replaced: true};
  } catch (error) {
    if (!isRefusal(error)) throw error;
    tokens().expire('live');
    throw rejected();
  }
};

const inOneGo = async (
  connection: DdpConnection,
  credentials: Credentials,
  subscribe: (userId: string) => Promise<unknown>,
): Promise<void> => {
  const signedIn = resume(connection, credentials);
  const subscribed = subscribe(credentials.userId);
  // Refused together with the sign-in, which tells why.
  subscribed.catch(() => undefined);
  await signedIn;
  await subscribed;
};

/** Ends a token for good, over a connection of its own that is closed afterwards. */
export const endToken = async (
  connection: DdpConnection,
  credentials: Credentials,
): Promise<void> => {
  try {
    await resume(connection, credentials);
    await connection.call('logout');
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
};
