import type {Check} from '../verdict.js';
import {judgeReachable, withServer} from './common.js';
import {askInfo} from './workspace-answers.js';

/** Whether the workspace answers at all. */
export const serverReachable: Check = {
  id: 'server-reachable',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) =>
    judgeReachable(await askInfo(scene, server), {
      who: 'Rocket.Chat',
      at: server.href,
      behindProxy: scene.behindProxy,
    }),
  ),
};
