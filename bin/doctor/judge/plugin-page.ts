import {shownList} from '../shown.js';
import {ok, unchecked, wrong, type Verdict} from '../verdict.js';

/** A script of a page: where it is, and whether it is fetched with CORS, as modules are. */
export interface PageScript {
  readonly src: string;
  readonly isModule: boolean;
}

const attributeOf = (tag: string, name: string): string | undefined => {
  const [, double, single, bare] =
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag) ?? [];
  return double ?? single ?? bare;
};

const tagsOf = (html: string, name: string): readonly string[] =>
  html.match(new RegExp(`<${name}\\b[^<>]{0,2000}>`, 'gi')) ?? [];

/** The scripts with an address of a page. */
export const scriptsOf = (html: string): readonly PageScript[] =>
  tagsOf(html, 'script').flatMap((tag) => {
    const src = attributeOf(tag, 'src');
    const isModule = attributeOf(tag, 'type')?.toLowerCase() === 'module';
    return src ? [{src, isModule}] : [];
  });

/** What a `<meta>` of a page has as its content, by one of its attributes. */
export const metaOf = (
  html: string,
  attribute: 'name' | 'http-equiv',
  value: string,
): string | undefined => {
  const tag = tagsOf(html, 'meta').find(
    (each) => attributeOf(each, attribute)?.toLowerCase() === value,
  );
  return tag && (attributeOf(tag, 'content') ?? '');
};

const AGAIN = 'Package the plugin again with make package ORIGINS=';

/** Judges which pages the plugin was packaged for. */
export const judgeOrigins = (html: string, pages: readonly string[]): Verdict => {
  const content = metaOf(html, 'name', 'external-chat-origins');
  if (content === undefined) {
    return unchecked(
      "The plugin's page has no meta element external-chat-origins: it is not the plugin of this package, or an older one.",
      "Rocket.Chat's own plugin serves every page. To limit who may dial out, take the plugin of this package (docs/plugin.md).",
    );
  }
  const origins = content.split(/\s+/).filter(Boolean);
  const wanted = pages.join(' ') || 'https://<your page>';
  if (origins.length === 0) {
    return wrong(
      'The plugin was packaged without origins: it shows its button to every page, and refuses to dial out (origins-missing).',
      `${AGAIN}"${wanted}" and upload it under Web App > Web App Branding.`,
    );
  }
  if (pages.length === 0) {
    return unchecked(
      `The plugin was packaged for ${shownList(origins)}; no page was given to compare with.`,
      'Run the doctor with --page, or compare these with the origin of your page.',
    );
  }
  const missing = pages.filter((each) => !origins.includes(each));
  return missing.length === 0
    ? ok('The plugin was packaged for the pages.')
    : wrong(
        `The plugin was packaged for ${shownList(origins)}, not for ${missing.join(', ')}: its button does nothing there.`,
        `${AGAIN}"${wanted}" and upload it under Web App > Web App Branding.`,
      );
};

const MOST_IDS = 20;
const ID_BEFORE_VERSION =
  /\bid:\s{0,4}(?:"([\w.-]{1,100})"|'([\w.-]{1,100})'|`([\w.-]{1,100})`|([A-Za-z_$][\w$]{0,60})),\s{0,8}version:/g;

/**
 * The ids that a script may register as a plugin: `registerPlugin({id, version})` of @pexip/plugin-api,
 * where a minifier may have put the id into a variable.
 */
export const registeredIds = (script: string): readonly string[] => {
  const found = [...script.matchAll(ID_BEFORE_VERSION)];
  const literals = found.flatMap(([, double, single, back]) => double ?? single ?? back ?? []);
  const variables = new Set(found.flatMap(([, , , , variable]) => variable ?? []));
  // Each is looked for in the whole script, which may be made to have very many.
  const bound = [...variables].slice(0, MOST_IDS).flatMap((variable) => {
    const name = variable.replaceAll('$', '\\$');
    const binding = new RegExp(`(?<![\\w$.])${name}\\s?=\\s?(["'\`])([\\w.-]{1,100})\\1`, 'g');
    return [...script.matchAll(binding)].flatMap(([, , text]) => text ?? []);
  });
  return [...new Set([...literals, ...bound])].slice(0, MOST_IDS);
};

/** Judges whether a plugin registers with the id that the manifest lists. */
export const judgeId = (listed: string, script: string): Verdict => {
  const ids = registeredIds(script);
  if (ids.includes(listed))
    return ok(`Manifest and script both have the id ${shownList([listed])}.`);
  if (ids.length === 0) {
    return unchecked(
      'No id that it registers with can be read in the script of the plugin.',
      'Join a meeting, and look for a refusal of the plugin in the console of the browser.',
    );
  }
  return wrong(
    `The manifest lists the plugin as ${shownList([listed])}; its script registers as ${shownList(ids)}. Web App 3 then refuses it.`,
    `In the manifest of the branding set the plugin's "id" to the one of the script, and upload it again under Web App > Web App Branding.`,
  );
};
