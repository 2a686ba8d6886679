import {policiesAllow, policiesOf} from '../judge/csp.js';
import {whatCame} from '../judge/page-kind.js';
import {ok, wrong, type Check} from '../verdict.js';
import {good, notSeen, withNode} from './common.js';
import {askJoinPage, pluginPlace} from './web-app.js';

const HEADER = 'HTTP Content Security Policy Header (Global Settings of the Management Node)';

/** Whether the policy of the node lets Web App 3 frame its plugin; and Rocket.Chat, as Pexip's own plugin does. */
export const nodeCspFrameSrc: Check = {
  id: 'node-csp-frame-src',
  subject: 'Pexip Infinity',
  run: withNode(async (scene, node) => {
    const answer = await askJoinPage(scene, node);
    const page = good(answer);
    if (!page) {
      return notSeen("The node's policy", whatCame(answer), `Look for frame-src in ${HEADER}.`);
    }
    const policies = policiesOf(page.headers['content-security-policy']);
    const place = await pluginPlace(scene, node);
    const plugin = typeof place === 'string' ? new URL(`${node.origin}/${scene.path}/`) : place.url;
    if (!policiesAllow(policies, 'frame-src', plugin, page.url)) {
      return wrong(
        `The node's Content-Security-Policy does not let Web App 3 frame its plugin (frame-src lacks 'self').`,
        `Add 'self' to frame-src in ${HEADER}.`,
      );
    }
    const {server} = scene;
    if (server && !policiesAllow(policies, 'frame-src', server, page.url)) {
      return ok(
        `The node's policy lets Web App 3 frame its plugin, but not ${server.origin}: enough for a page with <rc-chat-pane>, where the chat is outside of Web App 3.`,
        `Only for Pexip's own plugin, which shows Rocket.Chat inside: add ${server.origin} to frame-src in ${HEADER}.`,
      );
    }
    return ok("The node's policy lets Web App 3 frame what it needs.");
  }),
};
