import {judgeClock} from '../judge/clock.js';
import type {Asked} from '../net/answer.js';
import type {Check} from '../verdict.js';
import {askJoinPage} from './web-app.js';
import {askInfo} from './workspace-answers.js';

/** Whether the clocks of node and workspace agree with the one here. */
export const clock: Check = {
  id: 'clock',
  subject: 'Page',
  run: async (scene) => {
    const {node, server} = scene;
    const answers: [string, Asked][] = [
      ...(node ? [['the node', await askJoinPage(scene, node)] as [string, Asked]] : []),
      ...(server ? [['Rocket.Chat', await askInfo(scene, server)] as [string, Asked]] : []),
    ];
    return judgeClock(
      answers.flatMap(([who, answer]) =>
        answer.kind === 'answer'
          ? [{who, date: answer.headers['date'], receivedAt: answer.receivedAt}]
          : [],
      ),
    );
  },
};
