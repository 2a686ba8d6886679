import {missingOf, NEEDED, rolesOf} from '../judge/permissions.js';
import {whatCame} from '../judge/page-kind.js';
import {jsonOf} from '../net/answer.js';
import {ok, wrong, type Check} from '../verdict.js';
import {accountRights, askMe, withoutAccount} from './account.js';
import {good, notSeen, withServer} from './common.js';

const PLACE = 'Manage > Workspace > Permissions';

/** Whether the service account can sign in, and may do what a broker does with it. */
export const servicePermissions: Check = {
  id: 'service-permissions',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) => {
    const byHand = `look at ${PLACE} for ${NEEDED.join(', ')}: a role of the service account must hold each.`;
    const answer = await askMe(scene, server);
    if (!answer) return withoutAccount('What the service account may do', byHand);
    if (answer.kind === 'answer' && answer.status === 401) {
      return wrong(
        'Rocket.Chat refuses the login of the service account (401).',
        'As the service account make a new token under Personal Access Tokens, with Ignore Two Factor Authentication, and give it together with the user id that is shown with it.',
      );
    }
    const me = good(answer);
    if (!me || !rolesOf(jsonOf(me))) {
      return notSeen('What the service account may do', whatCame(answer), byHand);
    }
    const rights = await accountRights(scene, server);
    if (typeof rights === 'string') {
      return notSeen('What the service account may do', rights, byHand);
    }
    const missing = missingOf(NEEDED, rights.roles, rights.holders);
    return missing.length === 0
      ? ok(`The service account may do what a broker does (${NEEDED.join(', ')}).`)
      : wrong(
          `No role of the service account holds ${missing.join(', ')}.`,
          `Under ${PLACE}, give ${missing.join(', ')} to a role of the service account. Without create-user missing accounts are not made; without edit-other-user-info the broker sets no passwords of its own accounts.`,
        );
  }),
};
