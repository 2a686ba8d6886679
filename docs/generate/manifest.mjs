import {fileURLToPath} from 'node:url';

import {cli} from '@custom-elements-manifest/analyzer/cli.js';

import {INCOMPLETE} from './contract-plugin.mjs';

const cwd = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The custom-elements manifest of the source as it is now; nothing is written.
 *
 * @throws {Error} with a line for each mistake in the JSDoc
 */
export const manifest = async () => {
  // The analyzer resolves the paths of the modules from there.
  process.chdir(cwd);
  try {
    return await cli({argv: ['analyze'], cwd, noWrite: true});
  } catch (error) {
    const [, mistakes] = error.message.split(INCOMPLETE);
    throw mistakes ? new Error(INCOMPLETE + mistakes.trimEnd()) : error;
  }
};
