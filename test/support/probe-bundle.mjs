import {build} from 'esbuild';

/** The files of `probe-plugin.ts` as the Web App 3 simulator takes them: one classic script. */
export const probePlugin = async () => {
  const {outputFiles} = await build({
    entryPoints: ['test/support/probe-plugin.ts'],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  return {
    html: () => '<!doctype html><title>probe</title><script src="./index.js"></script>',
    script: () => outputFiles[0].text,
  };
};
