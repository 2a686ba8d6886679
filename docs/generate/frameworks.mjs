import {cp, mkdir, writeFile} from 'node:fs/promises';

import {cssData, htmlData, webTypes} from './editors.mjs';
import {elementTypes} from './element-types.mjs';

const BINDINGS = new URL('frameworks/', import.meta.url);
/** The module behind the entries of the frameworks: they have types only. */
const NOTHING = '// There are types only beside this module.\nexport {};\n';

/** Writes into `dist` what frameworks and editors read of the elements. */
export const writeFrameworks = async (elements, dist, version) => {
  const json = (data) => `${JSON.stringify(data, null, 2)}\n`;
  const files = {
    'types/elements.d.ts': elementTypes(elements),
    'types-only.js': NOTHING,
    'vscode.html-custom-data.json': json(htmlData(elements)),
    'vscode.css-custom-data.json': json(cssData(elements)),
    'web-types.json': json(webTypes(elements, version)),
  };
  await mkdir(new URL('types/', dist), {recursive: true});
  await Promise.all([
    ...Object.entries(files).map(([name, text]) => writeFile(new URL(name, dist), text)),
    cp(BINDINGS, new URL('types/', dist), {recursive: true}),
  ]);
};
