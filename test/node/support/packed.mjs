import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

import {repository} from './copy.mjs';

/**
 * Makes a project of a folder: with the package as `npm pack` packs it, beside packages of this
 * repository.
 *
 * @param {string} folder
 * @param {Record<string, string>} [beside] where else a package is to stand, by its name there: a name here
 */
export const installPacked = (folder, beside = {}) => {
  const place = (name) => join(folder, 'node_modules', name);
  const installed = place('pexip-chat-room');
  mkdirSync(installed, {recursive: true});
  const run = (command, ...args) => {
    const {status, stdout, stderr} = spawnSync(command, args, {cwd: repository, encoding: 'utf8'});
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const [{filename}] = JSON.parse(run('npm', 'pack', '--json', '--pack-destination', folder));
  const archive = join(folder, filename);
  run('tar', '-xzf', archive, '-C', installed, '--strip-components=1');
  rmSync(archive);
  for (const [name, here] of Object.entries({lit: 'lit', ...beside})) {
    mkdirSync(dirname(place(name)), {recursive: true});
    symlinkSync(join(repository, 'node_modules', here), place(name));
  }
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
};
