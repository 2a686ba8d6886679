import {judgeCommands, judgeEvents, type PublicSettings} from '../judge/iframe-settings.js';
import type {Check, Verdict} from '../verdict.js';
import {notSeen, withServer} from './common.js';
import {publicSettings} from './workspace-answers.js';

const byJudge = (
  what: string,
  judge: (settings: PublicSettings, origins: readonly string[]) => Verdict,
): Check['run'] =>
  withServer(async (scene, server) => {
    const settings = await publicSettings(scene, server);
    return typeof settings === 'string'
      ? notSeen(
          what,
          settings,
          'Look at Manage > Workspace > Settings > General > Iframe Integration.',
        )
      : judge(settings, scene.origins);
  });

/** Whether the workspace's page tells the pages what happens in it. */
export const iframeEvents: Check = {
  id: 'iframe-events',
  subject: 'Rocket.Chat',
  run: byJudge('Whether the embedded page sends events', judgeEvents),
};

/** Whether the workspace's page takes commands of the pages. */
export const iframeCommands: Check = {
  id: 'iframe-commands',
  subject: 'Rocket.Chat',
  run: byJudge('Whether the embedded page takes commands', judgeCommands),
};
