import {fileURLToPath} from 'node:url';

import {build} from 'esbuild';

const TABLE = new URL('../../broker/src/config/setting-table.ts', import.meta.url);
const SETTING = new URL('../../broker/src/config/setting.ts', import.meta.url);
const KINDS = new URL('../../broker/src/config/kinds.ts', import.meta.url);

const cell = (text) => String(text).replaceAll('|', '\\|');
const code = (text) => `\`${text}\``;
const row = (cells) => `| ${cells.map(cell).join(' | ')} |`;

/** The broker's own modules, so that no build must go before. */
const modulesOf = async () => {
  const {outputFiles} = await build({
    stdin: {
      contents: `export * from ${JSON.stringify(fileURLToPath(TABLE))};
        export * from ${JSON.stringify(fileURLToPath(SETTING))};
        export {KINDS} from ${JSON.stringify(fileURLToPath(KINDS))};`,
      resolveDir: fileURLToPath(new URL('../../', import.meta.url)),
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'silent',
  });
  const text = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${text}`);
};

const defaultOf = ({default: value, required}) => {
  if (required) return '**required**';
  if (value === undefined || (Array.isArray(value) && !value.length)) return '';
  return code(value);
};

const variablesOf = (setting, {variableOf, hasFile}) => {
  if (setting.kind === 'hook') return '';
  const name = variableOf(setting.path);
  const names = [name, ...(setting.alias ? [setting.alias] : [])].map(code);
  return [...names, ...(hasFile(setting) ? ['`…_FILE`'] : [])].join(', ');
};

const kindOf = ({kind, list, choices, least, most}, {KINDS: kinds}) => {
  if (choices && choices.length < 6) return choices.map(code).join(', ');
  const {form} = kinds[kind];
  const bounds = kind === 'number' ? `, ${least} to ${most}` : '';
  const bytes = kind === 'secret' ? `, ${least} bytes` : '';
  return `${list ? 'list of: ' : ''}${form}${bounds}${bytes}`;
};

/** What of a page stands between the marker of the broker's settings and its end. */
const MARKED = /(<!-- generated: settings of the broker -->)[\s\S]*?(<!-- \/generated -->)/;

/**
 * Writes the table of the broker's settings anew.
 *
 * @throws {Error} if the page has no marker for it, or one without an end
 */
export const withSettings = async (page) => {
  if (!MARKED.test(page)) throw new Error('The page has no marker for the settings of the broker.');
  const modules = await modulesOf();
  const rows = modules.SETTINGS.map((setting) => [
    code(setting.path),
    kindOf(setting, modules),
    defaultOf(setting),
    setting.about,
    variablesOf(setting, modules),
  ]);
  const head = ['setting', 'value', 'default', 'meaning', 'variable'];
  const table = [head, head.map(() => '---'), ...rows].map(row).join('\n');
  return page.replace(MARKED, (_all, start, end) => `${start}\n\n${table}\n\n${end}`);
};
