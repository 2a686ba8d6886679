import {judgeOrigins} from '../judge/plugin-page.js';
import type {Check} from '../verdict.js';
import {good, notSeen, withNode} from './common.js';
import {pluginFiles} from './web-app.js';

/** Whether the plugin was packaged for the pages. */
export const pluginOrigins: Check = {
  id: 'plugin-origins',
  subject: 'Plugin',
  run: withNode(async (scene, node) => {
    const files = await pluginFiles(scene, node);
    const html = typeof files === 'string' ? undefined : good(files.page);
    if (!html) {
      const why = typeof files === 'string' ? files : 'its page did not come (see plugin-file)';
      return notSeen(
        "The plugin's origins",
        why,
        'Look at <meta name="external-chat-origins"> in the plugin\'s index.html.',
      );
    }
    return judgeOrigins(html.body, scene.origins);
  }),
};
