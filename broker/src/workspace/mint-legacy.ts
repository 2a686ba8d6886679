import {isDone} from './answer.js';
import {WorkspaceFault} from './faults.js';
import {createTokenRefused} from './mint-create-token.js';
import type {Rest} from './rest.js';
import {tokenOf} from './token-answer.js';
import type {Account} from './workspace.js';

const ROUTE = 'users.createToken';

/**
 * Makes a token by `users.createToken` of Rocket.Chat 6 and 7, where the operator has turned it on.
 *
 * Source: Rocket.Chat issues 32216 and 32722: refused unless the environment variable
 * CREATE_TOKENS_FOR_USERS is `true`.
 */
export const mintByLegacyToken = async (rest: Rest, {userId}: Account): Promise<string> => {
  const answer = await rest.post(ROUTE, {body: {userId}});
  if (isDone(answer)) return tokenOf(ROUTE, answer, userId);
  throw createTokenRefused(
    answer,
    new WorkspaceFault(
      'permission-missing',
      `Rocket.Chat does not make tokens for other users by ${ROUTE}.`,
      "Set Rocket.Chat's environment variable CREATE_TOKENS_FOR_USERS to true (versions 6 and 7), and grant the role of the service account the permission user-generate-access-token.",
    ),
  );
};
