import {rolesOf} from '../judge/permissions.js';
import {ALL_PERMISSIONS, judgeRights, PERMISSIONS_PLACE} from '../judge/service-rights.js';
import {nameOf} from '../given.js';
import {whatCame} from '../judge/page-kind.js';
import {jsonOf} from '../net/answer.js';
import {wrong, type Check} from '../verdict.js';
import {accountRights, askMe, withoutAccount} from './account.js';
import {good, notSeen, withServer} from './common.js';

/** Whether the service account can sign in, and may do what a broker does with it. */
export const servicePermissions: Check = {
  id: 'service-permissions',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) => {
    const byHand = `look at ${PERMISSIONS_PLACE} for ${ALL_PERMISSIONS.join(', ')}, and which of them your broker needs (docs/broker-rocket-chat.md).`;
    const answer = await askMe(scene, server);
    if (!answer) return withoutAccount('What the service account may do', byHand);
    if (answer.kind === 'answer' && answer.status === 401) {
      return wrong(
        'Rocket.Chat refuses the login of the service account (401).',
        `As the service account make a new token under Personal Access Tokens, with Ignore Two Factor Authentication, and put the user id and the token that are shown together into ${nameOf(scene, 'account')}.`,
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
    return judgeRights(rights.roles, rights.holders, scene.brokerUse);
  }),
};
