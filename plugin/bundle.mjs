import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';

import {zipSync} from 'fflate';

import {writeDialect} from './dialect.mjs';
import {writeOrigins} from './origins.mjs';

const BUILT = 'dist/plugin';
const BUNDLE = 'plugin/webapp3';
const DEPLOYED = `${BUNDLE}/branding/plugins/external-chat`;

// Equal contents give equal bytes. The earliest date the format has; read in local time.
const DATE = new Date(1980, 0, 1);

/** @returns {string} the one version of the package */
export const readVersion = (root) =>
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

/**
 * Copies the built plugin into the branding bundle, with origins and dialect written in.
 *
 * @param {string} root the folder of package.json
 * @param {readonly string[]} origins see {@link writeOrigins}
 * @param {string} [dialect] see {@link writeDialect}
 * @throws {Error} if there is no build of this version, or an origin or the dialect is wrong
 */
export const deploy = (root, origins, dialect) => {
  const built = join(root, BUILT);
  const script = join(built, 'index.js');
  const version = readVersion(root);
  if (!existsSync(script) || !readFileSync(script, 'utf8').includes(version)) {
    throw new Error(`${BUILT} has no plugin of version ${version}. Run: npm run build`);
  }
  // Before anything is replaced: a wrong origin must leave the last bundle whole.
  const page = writeOrigins(readFileSync(join(built, 'index.html'), 'utf8'), origins);
  const html = writeDialect(page, dialect);
  const deployed = join(root, DEPLOYED);
  rmSync(deployed, {recursive: true, force: true});
  mkdirSync(deployed, {recursive: true});
  cpSync(built, deployed, {recursive: true});
  writeFileSync(join(deployed, 'index.html'), html);
};

/**
 * Zips the branding bundle as Pexip Infinity takes it: all names start with `webapp3/`.
 *
 * @param {string} root the folder of package.json; the zip is written there
 * @returns {string} the name of the zip
 */
export const zip = (root) => {
  const bundle = join(root, BUNDLE);
  const files = readdirSync(bundle, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const names = files.map((file) => `webapp3${file.slice(bundle.length).replaceAll('\\', '/')}`);
  const contents = files.map((file) => new Uint8Array(readFileSync(file)));
  const entries = names.map((name, i) => [name, [contents[i], {mtime: DATE, level: 9}]]);
  const name = `external-chat-v${readVersion(root)}.zip`;
  writeFileSync(join(root, name), zipSync(Object.fromEntries(entries)));
  return name;
};
