import {readFile} from 'node:fs/promises';

import {writeDialect} from '../dialect.mjs';
import {writeOrigins} from '../origins.mjs';

const PAGE = 'plugin/index.html';
const MANIFEST = 'plugin/webapp3/branding/manifest.json';

/**
 * @returns {Promise<string>} the plugin's page for these origins, in the dialect of DIALECT; throws if
 * one of them is wrong
 */
export const readPage = async (origins) =>
  writeDialect(
    writeOrigins(await readFile(PAGE, 'utf8'), origins),
    process.env.DIALECT || undefined,
  );

/** The branding manifest, but for a plugin at that address. */
const readManifest = async (src) => {
  const manifest = JSON.parse(await readFile(MANIFEST, 'utf8'));
  const plugins = manifest.plugins.map((plugin) => ({...plugin, src}));
  return `${JSON.stringify({...manifest, plugins}, null, 2)}\n`;
};

/**
 * What the development server serves, by path. All of it is read at each request. Reads from the
 * working folder.
 *
 * @param {object} about
 * @param {readonly string[]} about.origins the pages that may use the plugin
 * @param {() => string | undefined} about.script the plugin's script, once there is one
 * @param {() => string} about.address where the plugin is served
 */
export const filesOf = ({origins, script, address}) => {
  const html = async () => ({type: 'html', body: await readPage(origins)});
  return {
    '/': html,
    '/index.html': html,
    '/index.js': async () => {
      const body = script();
      if (body === undefined) throw new Error('The plugin is not built yet, or cannot be built.');
      return {type: 'js', body};
    },
    '/branding/manifest.json': async () => ({type: 'json', body: await readManifest(address())}),
  };
};
