import {loadPart} from '../../parts/load-part.js';
import type {Auth} from '../../protocol/credentials.js';
import {AuthTokens} from '../../session/auth-tokens.js';
import type {SignIn} from '../../session/token-pool.js';
import type {AccessToken} from '../../transport/broker-client.js';

/** Who the user of a pane is: the page's `auth`, or who the broker takes them for. */
export type Identity =
  {readonly auth: Auth} | {readonly broker: string; readonly accessToken: AccessToken | undefined};

/** How this user's tokens are got. @throws {PexipChatError} `part-failed` */
export const signInBy = async (identity: Identity): Promise<SignIn> => {
  if ('auth' in identity) {
    const {auth} = identity;
    return {given: [auth], source: () => new AuthTokens(auth)};
  }
  const {broker: base, accessToken} = identity;
  const {brokerTokens} = await loadPart('broker');
  return {
    given: [base, accessToken],
    source: (queued) => brokerTokens({base, accessToken}, queued),
  };
};
