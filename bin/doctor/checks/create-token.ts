import {missingOf} from '../judge/permissions.js';
import {isAtLeast, numbersOf} from '../judge/version.js';
import {unchecked, wrong, type Check} from '../verdict.js';
import {accountRights, askMe, withoutAccount} from './account.js';
import {notSeen, withServer} from './common.js';
import {askInfo, versionOf} from './workspace-answers.js';

const PERMISSION = 'user-generate-access-token';

/** Whether the service account may make tokens for others. No token is made to find out. */
export const createToken: Check = {
  id: 'create-token',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) => {
    const version = numbersOf(versionOf(await askInfo(scene, server)) ?? '');
    const since8 = !version || isAtLeast(version, [8]);
    const start = since8
      ? 'that Rocket.Chat runs with CREATE_TOKENS_FOR_USERS_SECRET, and that the broker has the same secret'
      : 'that Rocket.Chat runs with CREATE_TOKENS_FOR_USERS=true';
    const byHand = `Check on the machine of Rocket.Chat ${start}; the broker says at its start and in its log which way of signing in works.`;
    if (!(await askMe(scene, server))) {
      return withoutAccount('Whether it may make tokens for others', byHand);
    }
    const rights = await accountRights(scene, server);
    if (typeof rights === 'string') {
      return notSeen('Whether the service account may make tokens', rights, byHand);
    }
    return missingOf([PERMISSION], rights.roles, rights.holders).length
      ? wrong(
          `No role of the service account holds ${PERMISSION}: users.createToken refuses it.`,
          `Under Manage > Workspace > Permissions, give ${PERMISSION} to a role of the service account; or let the broker sign in with passwords that it sets (mint = "managed-password").`,
        )
      : unchecked(
          `The service account holds ${PERMISSION}. Whether the server takes part is not seen without making a token.`,
          byHand,
        );
  }),
};
