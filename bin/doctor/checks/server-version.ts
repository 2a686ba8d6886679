import {nameOf} from '../given.js';
import {whatCame} from '../judge/page-kind.js';
import {judgeVersion} from '../judge/version.js';
import {wrong, type Check} from '../verdict.js';
import {notSeen, withServer} from './common.js';
import {askInfo, versionOf} from './workspace-answers.js';

const BY_HAND = 'An administrator sees the version in Rocket.Chat under Manage > Workspace.';

/** Whether the workspace is new enough. */
export const serverVersion: Check = {
  id: 'server-version',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) => {
    const answer = await askInfo(scene, server);
    if (answer.kind === 'failure') {
      return notSeen("Rocket.Chat's version", whatCame(answer), BY_HAND);
    }
    const version = versionOf(answer);
    if (version === undefined) {
      return wrong(
        `${server.href} does not answer as Rocket.Chat: in the place of api/info there is ${whatCame(answer)}.`,
        `Check ${nameOf(scene, 'server')}, with its path if it has one, and that the reverse proxy passes /api/ to Rocket.Chat without a sign-in of its own.`,
      );
    }
    return judgeVersion(version, {
      product: 'Rocket.Chat',
      least: '6.0',
      persistent: '6.11',
      remedy: 'Update the Rocket.Chat workspace.',
      byHand: BY_HAND,
    });
  }),
};
