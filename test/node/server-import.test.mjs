import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {before, describe, it} from 'node:test';

import {nodeResolve} from '@rollup/plugin-node-resolve';
import {build} from 'esbuild';
import {rollup} from 'rollup';

import {repository, temporaryFolder} from './support/copy.mjs';

const ENTRIES = ['pexip-chat-room', 'pexip-chat-room/define'];
/** Of these there are types only. */
const FRAMEWORKS = ['react', 'preact', 'solid', 'vue', 'svelte'].map(
  (name) => `pexip-chat-room/${name}`,
);
const WAYS = {
  'import()': {flag: '--input-type=module', load: (name) => `await import('${name}')`},
  'require()': {flag: '--input-type=commonjs', load: (name) => `require('${name}')`},
};
/** What a server may have of a browser, by the code that makes it. */
const WORLDS = {
  'plain Node': '',
  'a window without a document': 'globalThis.window = {};',
  'a window that is the global object, without a document':
    'globalThis.window = globalThis; globalThis.self = globalThis;',
};

/** Runs code in a Node of its own, in the repository: the package there is this one, by its `exports`. */
const run = (flag, code) =>
  spawnSync(process.execPath, [flag, '--eval', code], {
    cwd: repository,
    encoding: 'utf8',
    env: {...process.env, NODE_OPTIONS: ''},
    // Only so that a timer that keeps the process alive fails here; it takes less than a second.
    timeout: 60_000,
  });

/** Code that tells the names of what `load` exports and of the globals that are there after it. */
const telling = (world, load) => `
  ${world}
  const loaded = ${load};
  process.stdout.write(JSON.stringify({
    exports: Object.keys(loaded),
    globals: Reflect.ownKeys(globalThis).map(String).sort(),
    active: process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate|Server|Worker/.test(name)),
  }));`;

describe('on a server', () => {
  for (const [way, {flag, load}] of Object.entries(WAYS))
    for (const [world, code] of Object.entries(WORLDS)) {
      const tell = (name) => {
        const {status, signal, stdout, stderr} = run(flag, telling(code, load(name)));
        assert.equal(stderr, '');
        assert.deepEqual({status, signal}, {status: 0, signal: null});
        return JSON.parse(stdout);
      };

      it(`${way} of either entry does nothing and does not throw, in ${world}`, () => {
        // Lit leaves its versions and, on a server, an empty registry of elements.
        const {globals} = tell('lit');
        for (const name of ENTRIES) {
          const told = tell(name);
          assert.deepEqual(told.globals, globals, name);
          assert.deepEqual(told.active, [], name);
        }
      });

      it(`${way} of an entry with types only gives and does nothing, in ${world}`, () => {
        const nothing = tell('./dist/types-only.js');
        assert.deepEqual(nothing.exports, []);
        assert.deepEqual(nothing.active, []);
        assert.ok(!nothing.globals.includes('litElementVersions'));
        for (const name of FRAMEWORKS) assert.deepEqual(tell(name), nothing, name);
      });

      it(`${way} gives the named exports, in ${world}`, () => {
        const {exports} = tell('pexip-chat-room');
        for (const name of [
          'PexipChatRoomElement',
          'RcChatPaneElement',
          'PexipChatError',
          'VERSION',
        ])
          assert.ok(exports.includes(name), name);
        assert.ok(exports.filter((name) => name.endsWith('Event')).length > 15);
        assert.ok(!exports.includes('default'));
        assert.deepEqual(tell('pexip-chat-room/define').exports, []);
      });
    }

  it('defines no element, not even in a registry that Lit has left', () => {
    const {stdout, stderr} = run(
      '--input-type=module',
      `await import('pexip-chat-room/define');
       const names = ['pexip-chat-room', 'rc-chat-pane'];
       process.stdout.write(names.map((name) => String(customElements.get(name))).join());`,
    );
    assert.equal(stderr, '');
    assert.equal(stdout, 'undefined,undefined');
  });

  it('gives the same module to import and to require', () => {
    const {stdout, stderr} = run(
      '--input-type=module',
      `import {createRequire} from 'node:module';
       const {PexipChatError} = await import('pexip-chat-room');
       const required = createRequire(process.cwd() + '/x.js')('pexip-chat-room');
       process.stdout.write(String(required.PexipChatError === PexipChatError));`,
    );
    assert.equal(stderr, '');
    assert.equal(stdout, 'true');
  });

  it('lets errors and events be made', () => {
    const {stdout, stderr} = run(
      '--input-type=module',
      `import {PexipChatError, PexipErrorEvent} from 'pexip-chat-room';
       const error = new PexipChatError('unsupported', 'text');
       const event = new PexipErrorEvent({error});
       process.stdout.write(event.type + ' ' + event.detail.error.code);`,
    );
    assert.equal(stderr, '');
    assert.equal(stdout, 'pexip-error unsupported');
  });
});

describe('in a bundle', () => {
  // A project that has installed the package; within the repository tsconfig.json's paths would count.
  const project = temporaryFolder();
  const entry = join(project, 'entry.js');
  before(() => {
    const installed = join(project, 'node_modules/pexip-chat-room');
    for (const path of ['dist', 'package.json'])
      cpSync(join(repository, path), join(installed, path), {recursive: true});
    symlinkSync(join(repository, 'node_modules/lit'), join(project, 'node_modules/lit'));
  });

  /** What Rollup and esbuild make of a page's own module. */
  const bundles = async (code) => {
    writeFileSync(entry, code);
    const rolled = await rollup({input: entry, plugins: [nodeResolve()], logLevel: 'silent'});
    const {output} = await rolled.generate({format: 'es', inlineDynamicImports: true});
    await rolled.close();
    const options = {bundle: true, write: false, format: 'esm', logLevel: 'silent'};
    const built = await build({entryPoints: [entry], ...options});
    return {rollup: output[0].code, esbuild: built.outputFiles[0].text};
  };

  it('leaves nothing of an import of the package that nothing uses', async () => {
    for (const code of [
      `import 'pexip-chat-room';`,
      `import {PexipChatRoomElement, RcReadyEvent} from 'pexip-chat-room';`,
      ...FRAMEWORKS.map((name) => `import '${name}';`),
    ])
      for (const [bundler, text] of Object.entries(await bundles(code)))
        assert.equal(text.trim(), '', bundler);
  });

  it('keeps what is used, and the definition of the elements', async () => {
    const used = await bundles(`import {VERSION} from 'pexip-chat-room'; console.log(VERSION);`);
    const defined = await bundles(`import 'pexip-chat-room/define';`);
    for (const text of Object.values(used)) assert.match(text, /\d+\.\d+\.\d+/);
    for (const text of Object.values(defined)) assert.match(text, /define\("pexip-chat-room"/);
  });
});
