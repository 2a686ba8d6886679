import {nameOf} from '../given.js';
import {pageKind, whatCame} from '../judge/page-kind.js';
import type {Scene} from '../scene.js';
import {ok, wrong, type Check} from '../verdict.js';
import {notSeen, withNode} from './common.js';
import {askJoinPage} from './web-app.js';

const pathsOf = (scene: Scene): string =>
  `In the Management Node look at Web App > Web App Paths: the path must be there, enabled, for Web App 3. Its path identifier is what the attribute path and ${nameOf(scene, 'path')} name (default webapp3).`;

/** Whether a join link opens Web App 3, and no error page or page to sign in. */
export const nodeWebApp: Check = {
  id: 'node-web-app',
  subject: 'Pexip Infinity',
  run: withNode(async (scene, node) => {
    const answer = await askJoinPage(scene, node);
    const at = `${node.origin}/${scene.path}/m/…`;
    if (answer.kind === 'failure') {
      return notSeen('Web App 3', whatCame(answer), `Open ${at} in a browser.`);
    }
    const kind = pageKind(answer);
    if (kind === 'html') return ok(`A join link at ${at} opens a web app (${answer.status}).`);
    const message = `A join link at ${at} opens no web app: ${whatCame(answer)}.`;
    if (kind === 'sign-in' || kind === 'refused' || kind === 'elsewhere') {
      return wrong(
        message,
        'A proxy before the node wants a sign-in or sends people elsewhere, and neither works in a frame: let the path through without.',
      );
    }
    return wrong(
      message,
      kind === 'server-error'
        ? 'Look at the node and at the reverse proxy before it.'
        : pathsOf(scene),
    );
  }),
};
