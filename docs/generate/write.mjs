// Writes dist/custom-elements.json, what frameworks and editors read of it, and the tables of the pages,
// all from the JSDoc and the types of the source, and the settings of the broker from their table. With
// --check no page is written, and
// one that is not up to date is an error.
import {mkdir, readFile, writeFile} from 'node:fs/promises';

import {format, resolveConfig} from 'prettier';

import {withSettings} from './broker-settings.mjs';
import {writeFrameworks} from './frameworks.mjs';
import {manifest} from './manifest.mjs';
import {withTables} from './tables.mjs';

const PAGES = ['README.md', 'docs/attributes.md', 'docs/events.md'];
const BROKER = 'docs/broker.md';
const root = new URL('../../', import.meta.url);
const check = process.argv.includes('--check');

/** A page as it is, and as the source wants it, in Prettier's format. */
const pageOf = async (path, written) => {
  const url = new URL(path, root);
  const text = await readFile(url, 'utf8');
  const filepath = url.pathname;
  const wanted = await format(await written(text), {
    ...(await resolveConfig(filepath)),
    filepath,
  });
  return {path, url, text, wanted};
};

try {
  const result = await manifest();
  const elements = result.modules.flatMap(({declarations}) => declarations);
  const pages = await Promise.all([
    ...PAGES.map((path) => pageOf(path, (text) => withTables(text, elements))),
    pageOf(BROKER, withSettings),
  ]);
  const stale = pages.filter(({text, wanted}) => text !== wanted);
  const names = stale.map(({path}) => path).join(', ');
  await mkdir(new URL('dist', root), {recursive: true});
  await writeFile(
    new URL('dist/custom-elements.json', root),
    `${JSON.stringify(result, null, 2)}\n`,
  );
  const {version} = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
  await writeFrameworks(elements, new URL('dist/', root), version);
  if (check && names)
    throw new Error(`${names}: not what the source says. Run \`npm run docs\` and commit that.`);
  await Promise.all(stale.map(({url, wanted}) => writeFile(url, wanted)));
  console.log(`dist/custom-elements.json${names && `; written anew: ${names}`}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
