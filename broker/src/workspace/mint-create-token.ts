import {
  type Answer,
  codeOf,
  demandsTwoFactor,
  isDone,
  isForbidden,
  isRouteMissing,
} from './answer.js';
import {permissionMissing, twoFactorDemanded, WayRefused, WorkspaceFault} from './faults.js';
import type {Rest} from './rest.js';
import {tokenOf} from './token-answer.js';
import type {Account} from './workspace.js';

const ROUTE = 'users.createToken';

/** Why `users.createToken` makes no token, whichever form it was called in. */
export const createTokenRefused = (answer: Answer, denied: WorkspaceFault): WayRefused => {
  const code = codeOf(answer);
  if (demandsTwoFactor(answer)) return new WayRefused(twoFactorDemanded(ROUTE), true);
  if (code === 'error-not-authorized') return new WayRefused(denied);
  if (isForbidden(answer)) {
    return new WayRefused(permissionMissing(ROUTE, 'user-generate-access-token'));
  }
  const what = isRouteMissing(answer) ? 'does not know' : `refuses (${answer.status}, ${code})`;
  return new WayRefused(
    new WorkspaceFault(
      'way-missing',
      `This Rocket.Chat ${what} ${ROUTE} as the broker calls it.`,
      'Set rocketChat.mint to the way that fits its version: create-token since 8.0, legacy-create-token for 6 and 7, managed-password for all.',
    ),
  );
};

/**
 * Makes a token by `users.createToken` of Rocket.Chat 8 and later, which wants the operator's secret.
 *
 * Source: Rocket.Chat, server/meteor-methods/auth/createToken.ts and rest-typings 8.8:
 * `{userId, secret}`, no other property.
 */
export const mintByCreateToken = async (
  rest: Rest,
  secret: string,
  {userId}: Account,
): Promise<string> => {
  const answer = await rest.post(ROUTE, {body: {userId, secret}});
  if (isDone(answer)) return tokenOf(ROUTE, answer, userId);
  throw createTokenRefused(
    answer,
    new WorkspaceFault(
      'secret-wrong',
      `Rocket.Chat does not accept the secret for ${ROUTE}, or the service account may not make tokens.`,
      "Set rocketChat.createTokenSecret to the value of Rocket.Chat's environment variable CREATE_TOKENS_FOR_USERS_SECRET, and grant the role of the service account the permission user-generate-access-token.",
    ),
  );
};
