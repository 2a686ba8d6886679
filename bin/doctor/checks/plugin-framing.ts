import {judgeFraming} from '../judge/framed-page.js';
import type {Check} from '../verdict.js';
import {good, notSeen, withNode} from './common.js';
import {pluginFiles} from './web-app.js';

/** Whether the plugin's own headers let Web App 3, inside of the pages, frame it. */
export const pluginFraming: Check = {
  id: 'plugin-framing',
  subject: 'Plugin',
  run: withNode(async (scene, node) => {
    const files = await pluginFiles(scene, node);
    const page = typeof files === 'string' ? undefined : good(files.page);
    if (!page) {
      const why = typeof files === 'string' ? files : 'its page did not come (see plugin-file)';
      return notSeen(
        'Whether the plugin may be framed',
        why,
        "curl -I on the plugin's index.html shows X-Frame-Options and Content-Security-Policy.",
      );
    }
    return judgeFraming([page], scene.origins, {
      who: 'The plugin',
      between: [node.origin],
      remedy: (origins) =>
        `All windows above the plugin must be allowed: frame-ancestors 'self' ${origins}, in HTTP Content Security Policy Header (Global Settings of the Management Node), and no X-Frame-Options from a proxy.`,
    });
  }),
};
