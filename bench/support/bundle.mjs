import {readFileSync} from 'node:fs';

import {build} from 'esbuild';

const {version} = JSON.parse(readFileSync('package.json', 'utf8'));

/** Makes one classic script of a module for a page, from the sources as they are. */
export const bundle = async (entryPoint) => {
  const {outputFiles} = await build({
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: {__VERSION__: JSON.stringify(version)},
  });
  return outputFiles[0].text;
};
