import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path) => readFile(join(root, path), 'utf8');

/** Something that looks like a hash, and is none of this build. */
const OTHER = `sha384-${'A+/z'.repeat(16)}`;

describe('docs/snippet.mjs', () => {
  let folder;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'snippet-'));
    await mkdir(join(folder, 'dist'));
  });
  afterEach(() => rm(folder, {recursive: true, force: true}));

  /** Puts the repository's README beside a build of such a version and hash. */
  const setup = async ({version = '7.8.9', hash = OTHER, readme = undefined} = {}) => {
    const files = {'pexip-chat-room.embed.min.js': 'sha384-no', 'pexip-chat-room.min.js': hash};
    await writeFile(join(folder, 'dist/sri.json'), JSON.stringify({version, files}));
    await writeFile(join(folder, 'README.md'), readme ?? (await read('README.md')));
  };
  const run = (...args) =>
    spawnSync(process.execPath, [join(root, 'docs/snippet.mjs'), ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  const readme = () => readFile(join(folder, 'README.md'), 'utf8');

  it('writes the hash into both script tags, and the version into the address', async () => {
    await setup();
    assert.equal(run().status, 0);
    const text = await readme();
    assert.equal(text.split(OTHER).length, 3);
    assert.ok(text.includes('/npm/pexip-chat-room@7.8.9/dist/pexip-chat-room.min.js'));
    const masked = (readme) =>
      readme.replace(/sha384-[\w+/=]+/g, '#').replace(/(?<=@)[\d.]+(?=\/dist)/g, '#');
    assert.equal(masked(text), masked(await read('README.md')), 'nothing else has changed');
  });

  it('fails with --check on another hash or version, says what to run, and changes nothing', async () => {
    const {version, files} = JSON.parse(await read('dist/sri.json'));
    const before = await read('README.md');
    for (const build of [{version}, {hash: files['pexip-chat-room.min.js']}]) {
      await setup(build);
      const {status, stderr} = run('--check');
      assert.equal(status, 1);
      assert.match(stderr, /README\.md .*npm run build/);
      assert.equal(await readme(), before);
    }
  });

  it('passes with --check what it has written', async () => {
    await setup();
    assert.equal(run().status, 0);
    assert.equal(run('--check').status, 0);
  });

  it('leaves alone what stands outside the markers', async () => {
    await setup({readme: `sha384-x pexip-chat-room@1\n\n${await read('README.md')}`});
    assert.equal(run().status, 0);
    assert.match(await readme(), /^sha384-x pexip-chat-room@1\n/);
  });

  it('fails when the markers are gone', async () => {
    await setup({readme: (await read('README.md')).replaceAll('snippet -->', '-->')});
    const {status, stderr} = run();
    assert.equal(status, 1);
    assert.match(stderr, /<!-- snippet -->/);
  });
});

describe('README.md', () => {
  it('has what the build gives: version and hash of the first script', async () => {
    const {status, stderr} = spawnSync(process.execPath, ['docs/snippet.mjs', '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  });

  it('is held against the build by make test, which does not write it first', () => {
    const {stdout} = spawnSync('make', ['-n', 'test'], {
      cwd: root,
      encoding: 'utf8',
      env: {...process.env, MAKEFLAGS: ''},
    });
    const commands = stdout.split('\n');
    const built = commands.indexOf('npm run build:dist');
    assert.ok(built >= 0 && commands.indexOf('npm run snippet:check') > built);
    assert.ok(!commands.includes('npm run build'));
  });
});
