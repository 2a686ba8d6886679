import {field, identifier} from '../../../src/protocol/guards.js';
import {shownList} from '../shown.js';
import {ok, wrong, type Verdict} from '../verdict.js';

/** The id of the plugin that the elements speak with. */
export const PLUGIN_ID = 'external-chat';

/** A plugin as a branding manifest lists it. */
export interface ListedPlugin {
  readonly id: string;
  readonly src: string;
  readonly sandboxValues: readonly string[];
}

/** The plugins of a manifest; `undefined` if it is no manifest. What is no plugin is left out. */
export const pluginsOf = (manifest: unknown): readonly ListedPlugin[] | undefined => {
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) return;
  const listed = field(manifest, 'plugins');
  if (listed !== undefined && !Array.isArray(listed)) return;
  return (listed ?? []).slice(0, 50).flatMap((each: unknown) => {
    const id = identifier(field(each, 'id'));
    const src = identifier(field(each, 'src'), 2048);
    const sandbox: unknown = field(each, 'sandboxValues');
    const sandboxValues = Array.isArray(sandbox)
      ? sandbox.filter((value): value is string => typeof value === 'string')
      : [];
    return id && src ? [{id, src, sandboxValues}] : [];
  });
};

/** The listed plugin that is the external chat: by its id, or by its folder where the id is another. */
export const chatPluginOf = (plugins: readonly ListedPlugin[]): ListedPlugin | undefined =>
  plugins.find(({id}) => id === PLUGIN_ID) ??
  plugins.find(({id, src}) => src.includes(PLUGIN_ID) || id.toLowerCase().includes(PLUGIN_ID));

const UPLOAD =
  'make package ORIGINS="<origin of your page>", upload the zip in the Management Node under Web App > Web App Branding, and choose that branding for the path under Web App > Web App Paths. Nodes have it after about a minute.';

/** Judges whether a manifest has the plugin. */
export const judgeManifest = (manifest: unknown, where: string): Verdict => {
  const plugins = pluginsOf(manifest);
  if (!plugins) {
    return wrong(
      `${where} is JSON, but no branding manifest; Web App 3 then takes its default branding, without plugins.`,
      UPLOAD,
    );
  }
  const found = chatPluginOf(plugins);
  if (found?.id === PLUGIN_ID) return ok(`${where} lists the plugin ${PLUGIN_ID}.`);
  if (found) {
    return wrong(
      `${where} lists the plugin under the id ${shownList([found.id])}; it registers as ${PLUGIN_ID}, and Web App 3 compares the two.`,
      `In the manifest of the branding set the plugin's "id" to "${PLUGIN_ID}", and upload it again under Web App > Web App Branding.`,
    );
  }
  const others = plugins.length
    ? `it lists ${shownList(plugins.map(({id}) => id))}`
    : 'it lists none';
  return wrong(`${where} does not list the plugin ${PLUGIN_ID}: ${others}.`, UPLOAD);
};
