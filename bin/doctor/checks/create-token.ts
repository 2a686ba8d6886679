import {missingOf} from '../judge/permissions.js';
import {PERMISSIONS_PLACE} from '../judge/service-rights.js';
import {isAtLeast, numbersOf} from '../judge/version.js';
import {ok, unchecked, wrong, type Check} from '../verdict.js';
import {accountRights, askMe, withoutAccount} from './account.js';
import {notSeen, withServer} from './common.js';
import {askInfo, versionOf} from './workspace-answers.js';

const PERMISSION = 'user-generate-access-token';
/** What the other way of making tokens takes. */
const PASSWORDS = 'edit-other-user-info';
const GIVE = `Under ${PERMISSIONS_PLACE}, give ${PERMISSION} to a role of the service account`;

/** Whether the service account may make tokens for others. No token is made to find out. */
export const createToken: Check = {
  id: 'create-token',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) => {
    const mint = scene.brokerUse?.mint ?? 'auto';
    if (mint === 'managed-password') {
      return ok('The broker signs in with passwords that it sets, and makes no tokens for others.');
    }
    const version = numbersOf(versionOf(await askInfo(scene, server)) ?? '');
    const since8 = !version || isAtLeast(version, [8]);
    const start = since8
      ? 'that Rocket.Chat runs with CREATE_TOKENS_FOR_USERS_SECRET, and that the broker has the same secret'
      : 'that Rocket.Chat runs with CREATE_TOKENS_FOR_USERS=true';
    const byHand = `Check on the machine of Rocket.Chat ${start}. The broker's log tells it from the first sign-in on: an error if this way was refused, and with mint = "auto" which way was found.`;
    if (!(await askMe(scene, server))) {
      return withoutAccount('Whether it may make tokens for others', byHand);
    }
    const rights = await accountRights(scene, server);
    if (typeof rights === 'string') {
      return notSeen('Whether the service account may make tokens', rights, byHand);
    }
    const lacks = (permission: string): boolean =>
      missingOf([permission], rights.roles, rights.holders).length > 0;
    if (!lacks(PERMISSION)) {
      return unchecked(
        `The service account holds ${PERMISSION}. Whether the server takes part is not seen without making a token.`,
        byHand,
      );
    }
    const refused = `No role of the service account holds ${PERMISSION}: users.createToken refuses it`;
    return mint !== 'auto' || lacks(PASSWORDS)
      ? wrong(
          `${refused}.`,
          `${GIVE}; or let the broker sign in with passwords that it sets (mint = "managed-password").`,
        )
      : unchecked(
          `${refused}, and passwords that the broker sets are the only way; ${PASSWORDS}, which that takes, is held.`,
          `Nothing is to be done if the broker makes all accounts itself (mint = "managed-password"). For accounts of before: ${GIVE}.`,
        );
  }),
};
