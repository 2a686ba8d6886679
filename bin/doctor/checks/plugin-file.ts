import {pageKind, whatCame} from '../judge/page-kind.js';
import {ok, wrong, type Check} from '../verdict.js';
import {good, notSeen, withNode} from './common.js';
import {pluginFiles, type PluginFiles} from './web-app.js';

const UPLOAD =
  'Package it with make package ORIGINS="<origin of your page>", and upload the zip under Web App > Web App Branding: index.html and index.js belong into webapp3/branding/plugins/external-chat/.';

/** A module is fetched with CORS from the opaque origin that Web App 3 gives to a plugin. */
const moduleWithoutCors = ({plugin, script}: PluginFiles): boolean =>
  Boolean(script?.tag.isModule) &&
  !plugin.sandboxValues.includes('allow-same-origin') &&
  good(script?.answer)?.headers['access-control-allow-origin'] !== '*';

/** Whether the files of the plugin are there. */
export const pluginFile: Check = {
  id: 'plugin-file',
  subject: 'Plugin',
  run: withNode(async (scene, node) => {
    const files = await pluginFiles(scene, node);
    if (typeof files === 'string') {
      return notSeen("The plugin's file", files, 'Open its index.html in a browser.');
    }
    const {url, page, script} = files;
    const html = good(page);
    if (!html || pageKind(html) !== 'html') {
      return wrong(`The manifest lists ${url.href}, but there is ${whatCame(page)}.`, UPLOAD);
    }
    if (!script) {
      return wrong(
        `${url.href} has no script of this node: it is not the plugin, or an error page in its place.`,
        UPLOAD,
      );
    }
    const code = good(script.answer);
    if (!code || pageKind(code) !== 'other' || !code.body) {
      return wrong(
        `The plugin's script should be at ${script.url.href}, but there is ${whatCame(script.answer)}.`,
        UPLOAD,
      );
    }
    return moduleWithoutCors(files)
      ? wrong(
          `The plugin's script is a module, and comes without Access-Control-Allow-Origin: in the sandbox of Web App 3 (37 and later) a browser does not run it, and says nothing.`,
          'Take a plugin whose script is a classic one, as that of this package.',
        )
      : ok(`The plugin's page and script are at ${url.href}.`);
  }),
};
