import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {cp, mkdtemp, readdir, readFile, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const FIRST = 'pexip-chat-room.min.js';
const HASHES = 'pexip-chat-room.hashes.min.js';

const isScript = (name) => /^pexip-chat-room[\w.-]*\.js$/.test(name);
const scriptsIn = async (folder) => (await readdir(join(folder, 'dist'))).filter(isScript).sort();
const tableIn = async (folder) => JSON.parse(await readFile(join(folder, 'dist/sri.json'), 'utf8'));
const hash = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

describe('dist/sri.json', () => {
  it('has the version and the hash of every file that a script tag can load', async () => {
    const {version} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const names = await scriptsIn(root);
    assert.ok(names.includes(FIRST) && names.length > 2);
    const hashes = await Promise.all(
      names.map(async (name) => [name, hash(await readFile(join(root, 'dist', name)))]),
    );
    assert.deepEqual(await tableIn(root), {version, files: Object.fromEntries(hashes)});
  });

  it('has the hashes that the first script asks of the files it loads', async () => {
    const {files} = await tableIn(root);
    // Without the name of the algorithm.
    const hashesIn = async (name) => {
      const script = await readFile(join(root, 'dist', name), 'utf8');
      return script.match(/(?<=")[\w+/]{64}(?=")/g).map((base64) => `sha384-${base64}`);
    };
    assert.deepEqual(await hashesIn(FIRST), [files[HASHES]]);
    const {[FIRST]: _, [HASHES]: __, ...later} = files;
    assert.deepEqual((await hashesIn(HASHES)).sort(), Object.values(later).sort());
  });
});

describe('a second build', {timeout: 300_000}, () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'another folder '));
    const not = new Set(['.git', '.test-results', 'dist', 'node_modules']);
    const filter = (path) => path === root || !not.has(basename(path));
    await cp(root, folder, {recursive: true, filter});
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    const builder = join(root, 'test/node/support/build-scripts.mjs');
    const {status, stderr} = spawnSync(process.execPath, [builder], {
      cwd: folder,
      encoding: 'utf8',
      env: {...process.env, LANG: 'C', TZ: 'Pacific/Auckland'},
    });
    assert.equal(status, 0, stderr);
  });
  after(() => folder && rm(folder, {recursive: true, force: true}));

  it('gives the same hashes, whatever the folder, language and time zone', async () => {
    assert.deepEqual(await tableIn(folder), await tableIn(root), 'Is dist/ older than src/?');
  });

  it('gives the same bytes, file by file', async () => {
    const names = await scriptsIn(root);
    assert.deepEqual(await scriptsIn(folder), names);
    for (const name of names) {
      const [one, other] = await Promise.all(
        [root, folder].map((where) => readFile(join(where, 'dist', name))),
      );
      assert.ok(one.equals(other), name);
    }
  });
});
