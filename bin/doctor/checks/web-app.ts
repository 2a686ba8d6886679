import {jsonOf, type Answer, type Asked} from '../net/answer.js';
import {chatPluginOf, pluginsOf, type ListedPlugin} from '../judge/manifest.js';
import {scriptsOf, type PageScript} from '../judge/plugin-page.js';
import type {Scene} from '../scene.js';
import {good} from './common.js';

/** The page that a join link opens. Loading it joins nothing: no meeting has this name. */
const JOIN_PAGE = 'm/pexip-chat-room-doctor';
const MANIFEST = 'branding/manifest.json';

/** Asks for the page of Web App 3. */
export const askJoinPage = (scene: Scene, node: URL): Promise<Asked> =>
  scene.askNode(node, JOIN_PAGE);

/** Asks for the branding manifest, where Web App 3 looks for it. */
export const askManifest = (scene: Scene, node: URL): Promise<Asked> =>
  scene.askNode(node, MANIFEST);

/** The plugin as the manifest lists it, and its address. */
export interface PluginPlace {
  readonly plugin: ListedPlugin;
  readonly url: URL;
}

/** Where the manifest says that the plugin is; a text says why that is not known. */
export const pluginPlace = async (scene: Scene, node: URL): Promise<PluginPlace | string> => {
  const answer = good(await askManifest(scene, node));
  const plugin = answer && chatPluginOf(pluginsOf(jsonOf(answer)) ?? []);
  if (!plugin) return 'no manifest lists it (see plugin-in-manifest)';
  if (!URL.canParse(plugin.src, answer.url)) return 'the manifest has no address for it';
  const url = new URL(plugin.src, answer.url);
  // A manifest is no reason to ask any other machine.
  return url.origin === node.origin
    ? {plugin, url}
    : `the manifest has it at another origin, ${url.origin}, which the doctor does not ask`;
};

/** The plugin's page and its script, as far as they came. */
export interface PluginFiles extends PluginPlace {
  readonly page: Asked;
  readonly script?: {readonly tag: PageScript; readonly url: URL; readonly answer: Asked};
}

/** Asks for the plugin's page and the last script in it; a text says why not. */
export const pluginFiles = async (scene: Scene, node: URL): Promise<PluginFiles | string> => {
  const place = await pluginPlace(scene, node);
  if (typeof place === 'string') return place;
  const page = await scene.ask(place.url);
  const files = {...place, page};
  const html: Answer | undefined = good(page);
  const tag = html && scriptsOf(html.body).at(-1);
  if (!tag || !URL.canParse(tag.src, place.url)) return files;
  const url = new URL(tag.src, place.url);
  if (url.origin !== node.origin) return files;
  return {...files, script: {tag, url, answer: await scene.ask(url)}};
};
