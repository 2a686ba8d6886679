/**
 * Builds the files that script tags load, and nothing else, in the folder it is started in. A
 * process of its own, as the build reads its sources from there.
 */
import {pathToFileURL} from 'node:url';

import {rollup} from 'rollup';

const {default: bundles} = await import(pathToFileURL('rollup.config.mjs').href);
const scripts = bundles.filter(({output}) => /^dist\/pexip-chat-room[\w.-]*$/.test(output.file));

// One after another, as the first script holds the hashes of the others.
for (const {output, ...input} of scripts) {
  const bundle = await rollup(input);
  await bundle.write(output);
  await bundle.close();
}
