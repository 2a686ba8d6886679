import type {Credentials, CredentialsAsk} from '../protocol/credentials.js';
import type {TokenGiver} from './live-hub.js';

/** Gives the embedded page its token, or another where that was refused. @throws {PexipChatError} */
export const embedToken = (
  {keeper}: TokenGiver,
  reason: CredentialsAsk['reason'],
): Promise<Credentials> => {
  const known = keeper.of('embed');
  return known && reason === 'rejected'
    ? keeper.replace('embed', known.authToken)
    : keeper.get('embed');
};
