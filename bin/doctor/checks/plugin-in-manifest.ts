import {judgeManifest} from '../judge/manifest.js';
import {pageKind, whatCame} from '../judge/page-kind.js';
import {jsonOf} from '../net/answer.js';
import {wrong, type Check} from '../verdict.js';
import {good, notSeen, withNode} from './common.js';
import {askManifest} from './web-app.js';

/** Whether the branding manifest lists the plugin. */
export const pluginInManifest: Check = {
  id: 'plugin-in-manifest',
  subject: 'Plugin',
  run: withNode(async (scene, node) => {
    const answer = await askManifest(scene, node);
    const where = `${node.origin}/${scene.path}/branding/manifest.json`;
    if (answer.kind === 'failure') {
      return notSeen('The branding manifest', whatCame(answer), `Open ${where} in a browser.`);
    }
    const found = good(answer);
    const manifest = found && jsonOf(found);
    if (manifest !== undefined) return judgeManifest(manifest, where);
    if (found && !found.whole) {
      return wrong(`${where} is larger than any manifest.`, 'Look at what answers there.');
    }
    const kind = pageKind(answer);
    if (kind === 'other' && found) {
      return wrong(
        `${where} is no valid JSON; Web App 3 then takes its default branding, without plugins.`,
        'Correct manifest.json in the branding (make package writes a valid one), and upload it again under Web App > Web App Branding.',
      );
    }
    return wrong(
      `In the place of a branding manifest ${where} has ${whatCame(answer)}: no plugin is loaded.`,
      kind === 'missing' || kind === 'html'
        ? 'In the Management Node, under Web App > Web App Paths, choose a branding with the plugin for this path; make package ORIGINS="<origin of your page>" packages one.'
        : 'Look at the node and at the reverse proxy before it; the manifest must be there without a sign-in.',
    );
  }),
};
