import type {Check} from '../verdict.js';
import {judgeReachable, withNode} from './common.js';
import {askJoinPage} from './web-app.js';

/** Whether the node answers at all. */
export const nodeReachable: Check = {
  id: 'node-reachable',
  subject: 'Pexip Infinity',
  run: withNode(async (scene, node) =>
    judgeReachable(await askJoinPage(scene, node), {
      who: 'the Conferencing Node',
      at: node.origin,
      behindProxy: scene.behindProxy,
    }),
  ),
};
