import {watch} from 'rollup';

import bundles from '../../rollup.config.mjs';

const SCRIPT = 'dist/plugin/index.js';

/** The plugin's bundle as it is released, but readable: not minified, and with its own sources. */
const readable = () => {
  const {output, plugins, ...input} = bundles.find(({output: {file}}) => file === SCRIPT);
  return {
    input: {...input, plugins: plugins.filter(({name}) => name !== 'terser')},
    output: {...output, sourcemap: 'inline'},
  };
};

const describe = ({message, loc, frame}) =>
  [message, loc && `${loc.file ?? ''}:${loc.line}:${loc.column}`, frame].filter(Boolean).join('\n');

/**
 * Builds the plugin's script in memory whenever one of its sources changes: `dist/` stays as it is.
 * Reads its sources from the working folder.
 *
 * @param {object} tell after each build one of these is called
 * @param {(script: string, milliseconds: number) => void} tell.built
 * @param {(why: string) => void} tell.failed
 * @returns {{close: () => Promise<void>}}
 */
export const watchPlugin = ({built, failed}) => {
  const {input, output} = readable();
  const watcher = watch({
    ...input,
    output,
    watch: {skipWrite: true, exclude: 'node_modules/**', clearScreen: false},
  });
  const settle = async (event) => {
    try {
      if (event.code === 'ERROR') throw event.error;
      const {output: files} = await event.result.generate(output);
      built(files[0].code, event.duration);
    } catch (error) {
      failed(describe(error));
    } finally {
      await event.result?.close();
    }
  };
  // Rollup waits for the promise: no build overtakes another.
  watcher.on('event', (event) =>
    ['BUNDLE_END', 'ERROR'].includes(event.code) ? settle(event) : undefined,
  );
  return {close: () => watcher.close()};
};
