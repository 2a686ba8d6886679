import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

import {build} from 'esbuild';

import {repository, temporaryFolder} from './copy.mjs';

/** Imports a module of the source for Node with what it needs: in a built package its exports have gone. */
export const loadSource = async (path) => {
  const {outputFiles} = await build({
    entryPoints: [join(repository, path)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
  });
  const file = join(temporaryFolder(), 'module.mjs');
  writeFileSync(file, outputFiles[0].contents);
  return import(pathToFileURL(file).href);
};
