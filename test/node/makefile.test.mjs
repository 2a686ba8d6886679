import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {describe, it} from 'node:test';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What `make` would run for a target, without the installation and without its notes. */
const commandsOf = (...targets) => {
  const {stdout, stderr, status} = spawnSync('make', ['-n', ...targets], {
    cwd: root,
    encoding: 'utf8',
    env: {...process.env, MAKEFLAGS: ''},
  });
  assert.equal(status, 0, stderr);
  return stdout
    .split('\n')
    .filter((line) => /^(?:npm (?!ci)|node |rm )/.test(line))
    .map((line) => line.replace(/\s+#.*/, ''));
};

const BUMP = 'npm version minor --no-git-tag-version';
const FOLLOW = 'node broker/follow-version.mjs';
const BUILD = 'npm run build';
const DEPLOY = 'node plugin/package.mjs deploy';
const ZIP = 'node plugin/package.mjs zip';
const CLEAN = 'rm -rf dist broker/dist plugin/webapp3/branding/plugins/external-chat';

// The targets and their meanings are those of the Makefile of RocketChat/Pexip.External.Chat.
const MEANINGS = {
  release: [BUMP, FOLLOW, BUILD, DEPLOY, ZIP],
  all: [BUMP, FOLLOW, BUILD, DEPLOY, ZIP],
  bump: [BUMP, FOLLOW],
  build: [BUILD],
  deploy: [BUILD, DEPLOY],
  package: [BUILD, DEPLOY, ZIP],
  clean: [CLEAN],
};

describe('make', () => {
  for (const [target, commands] of Object.entries(MEANINGS)) {
    it(`${target} means what it does in the original`, () => {
      assert.deepEqual(commandsOf(target), commands);
    });
  }

  it('without a target is a release, which bumps the version', () => {
    assert.deepEqual(commandsOf(), MEANINGS.release);
  });
});
