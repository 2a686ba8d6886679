import {whatCame} from '../judge/page-kind.js';
import {judgeFraming} from '../judge/framed-page.js';
import type {Check} from '../verdict.js';
import {good, notSeen, withNode} from './common.js';
import {askJoinPage} from './web-app.js';

const HEADER =
  'In the Management Node, in the Global Settings, add to HTTP Content Security Policy Header';

/** Whether the node lets the pages frame Web App 3. */
export const nodeFraming: Check = {
  id: 'node-framing',
  subject: 'Pexip Infinity',
  run: withNode(async (scene, node) => {
    const answer = await askJoinPage(scene, node);
    const page = good(answer);
    if (!page) {
      const byHand = `curl -I ${node.origin}/${scene.path}/m/test shows X-Frame-Options and Content-Security-Policy.`;
      return notSeen('Whether the node may be framed', whatCame(answer), byHand);
    }
    return judgeFraming([page], scene.origins, {
      who: 'Web App 3',
      remedy: (origins) =>
        `${HEADER}: frame-ancestors 'self' ${origins}. Where X-Frame-Options comes from a reverse proxy before the node, take it out there.`,
    });
  }),
};
