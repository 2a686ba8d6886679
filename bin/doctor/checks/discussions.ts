import {ok, unchecked, wrong, type Check} from '../verdict.js';
import {notSeen, withServer} from './common.js';
import {publicSettings} from './workspace-answers.js';

const PLACE = 'Manage > Workspace > Settings > Discussion (Discussion_enabled)';

/** Whether discussions are enabled, which persistent chat needs. */
export const discussions: Check = {
  id: 'discussions',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) => {
    const settings = await publicSettings(scene, server);
    if (typeof settings === 'string') {
      return notSeen('Whether discussions are enabled', settings, `Look at ${PLACE}.`);
    }
    const enabled = settings.get('Discussion_enabled');
    if (typeof enabled !== 'boolean') {
      return unchecked(
        'The workspace did not tell the setting Discussion_enabled.',
        `Look at ${PLACE}.`,
      );
    }
    return enabled
      ? ok('Discussions are enabled.')
      : wrong(
          'Discussions are not enabled (Discussion_enabled is off); persistent chat makes one for each meeting.',
          `Turn on ${PLACE}.`,
        );
  }),
};
