import {judgeId} from '../judge/plugin-page.js';
import type {Check} from '../verdict.js';
import {good, notSeen, withNode} from './common.js';
import {pluginFiles} from './web-app.js';

/** Whether the manifest lists the plugin by the id that it registers with. */
export const pluginId: Check = {
  id: 'plugin-id',
  subject: 'Plugin',
  run: withNode(async (scene, node) => {
    const files = await pluginFiles(scene, node);
    const script = typeof files === 'string' ? undefined : good(files.script?.answer);
    if (typeof files === 'string' || !script) {
      const why = typeof files === 'string' ? files : 'its script did not come (see plugin-file)';
      return notSeen(
        'The id of the plugin',
        why,
        'Compare "id" in manifest.json with the id in registerPlugin() of its script.',
      );
    }
    return judgeId(files.plugin.id, script.body);
  }),
};
