import {ok, wrong, type Check} from '../verdict.js';
import {whatCame} from '../judge/page-kind.js';
import {askMe, withoutAccount} from './account.js';
import {good, notSeen, withServer} from './common.js';

const PLACE = 'Manage > Workspace > Permissions, api-bypass-rate-limit';

/** Whether the workspace limits the calls of the service account (`api-bypass-rate-limit`). */
export const rateLimit: Check = {
  id: 'rate-limit',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) => {
    const byHand = `look at ${PLACE}: a role of the service account must hold it.`;
    const answer = await askMe(scene, server);
    if (!answer) return withoutAccount('Whether its calls are limited', byHand);
    const me = good(answer);
    const limited =
      answer.kind === 'answer' &&
      (answer.status === 429 || (me && answer.headers['x-ratelimit-limit'] !== undefined));
    if (limited) {
      const limit = /^\d{1,6}$/.exec(answer.headers['x-ratelimit-limit'] ?? '')?.[0];
      return wrong(
        `Rocket.Chat limits the calls of the service account${limit ? ` (${limit} in a window)` : ''}: many people who sign in at once wait for each other.`,
        `Give a role of the service account the permission: ${PLACE}.`,
      );
    }
    return me
      ? ok('Rocket.Chat does not limit the calls of the service account.')
      : notSeen('Whether its calls are limited', whatCame(answer), byHand);
  }),
};
