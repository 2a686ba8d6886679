import {field, identifier} from '../../../src/protocol/guards.js';
import {judgeVersion} from '../judge/version.js';
import {whatCame} from '../judge/page-kind.js';
import {jsonOf} from '../net/answer.js';
import {unchecked, type Check} from '../verdict.js';
import {withoutAccount} from './account.js';
import {good, notSeen, withServer} from './common.js';

/** The Pexip app of the Rocket.Chat Marketplace. */
const APP = '7fc612f5-b585-4e46-8c4e-6d2c13e2f451';
const BY_HAND =
  'In Rocket.Chat look at Manage > Marketplace > Installed > Pexip: 1.5.0 is the least for scheduled meetings, 1.6.1 for persistent chat. Pages with these elements alone do not need the app.';

/** Whether the marketplace's Pexip app is new enough. */
export const appVersion: Check = {
  id: 'app-version',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) => {
    const answer = await scene.askAsAccount(server, `api/apps/${APP}`);
    if (!answer) return withoutAccount("The Pexip app's version", BY_HAND);
    const found = good(answer);
    const version = identifier(field(field(found && jsonOf(found), 'app'), 'version'));
    if (version) {
      return judgeVersion(version, {
        product: 'The Pexip app',
        least: '1.5.0',
        persistent: '1.6.1',
        remedy: 'Update it under Manage > Marketplace > Installed.',
        byHand: BY_HAND,
      });
    }
    return answer.kind === 'answer' && answer.status === 404
      ? unchecked('The workspace knows no Pexip app of the marketplace.', BY_HAND)
      : notSeen("The Pexip app's version", whatCame(answer), BY_HAND);
  }),
};
