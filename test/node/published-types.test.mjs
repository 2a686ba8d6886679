import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {before, describe, it} from 'node:test';

import ts from 'typescript';

import {repository, temporaryFolder} from './support/copy.mjs';
import {installPacked} from './support/packed.mjs';

const {ModuleKind, ModuleResolutionKind} = ts;
const WAYS = {
  nodenext: {module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext},
  bundler: {module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler},
};

describe('the published package', () => {
  const consumer = temporaryFolder();
  const installed = join(consumer, 'node_modules/pexip-chat-room');
  const write = (name, text) => writeFileSync(join(consumer, name), text);

  /** A project that has installed what `npm pack` packs, beside Lit and nothing else. */
  before(() => {
    installPacked(consumer);
    for (const name of readdirSync(join(repository, 'test/types')))
      cpSync(join(repository, 'test/types', name), join(consumer, name), {recursive: true});
  });

  const messages = (way, names, options = {}) => {
    const program = ts.createProgram(
      names.map((name) => join(consumer, name)),
      {
        ...WAYS[way],
        target: ts.ScriptTarget.ES2022,
        lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
        strict: true,
        noEmit: true,
        types: [],
        // The declarations of the package themselves have to be right.
        skipLibCheck: false,
        ...options,
      },
    );
    return ts
      .getPreEmitDiagnostics(program)
      .map(({messageText}) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  };

  it('has every file that its package.json names', () => {
    const named = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    const {exports, customElements, types, jsdelivr, unpkg, sideEffects} = named;
    const {'web-types': webTypes} = named;
    const paths = [
      ...Object.values(exports).flatMap((entry) =>
        typeof entry === 'string' ? entry : Object.values(entry),
      ),
      ...[customElements, webTypes, types, jsdelivr, unpkg, ...sideEffects],
    ].filter((path) => !path.includes('*'));
    assert.ok(paths.length > 8);
    for (const path of paths) assert.ok(existsSync(join(installed, path)), path);
  });

  for (const way of Object.keys(WAYS)) {
    it(`types elements, events and window as documented, with moduleResolution ${way}`, () => {
      const files = ['elements.ts', 'events.ts', 'script-tag.ts', 'widget.ts'];
      assert.deepEqual(messages(way, files), []);
    });

    for (const statement of [
      "import 'pexip-chat-room/define'",
      "import type {} from 'pexip-chat-room'",
    ])
      it(`types tags, events and window by ${statement} alone, with ${way}`, () => {
        write(
          'alone.ts',
          `${statement};
           const room = document.createElement('pexip-chat-room');
           room.addEventListener('pexip-chat-toggle-request', ({detail}) => detail.active);
           document.querySelector('rc-chat-pane')?.addEventListener('rc-ready', ({detail}) => detail);
           document.addEventListener('pexip-error', ({detail}) => detail.error.code);
           const version: string | undefined = window.PexipChatRoom?.version();
           // @ts-expect-error: a boolean
           room.chat = version;`,
        );
        assert.deepEqual(messages(way, ['alone.ts'], {skipLibCheck: true}), []);
      });
  }

  it('types all that for a project with exact optional properties, too', () => {
    const options = {exactOptionalPropertyTypes: true, skipLibCheck: true};
    assert.deepEqual(messages('bundler', ['elements.ts', 'events.ts', 'widget.ts'], options), []);
  });

  it('types require() as import', () => {
    write(
      'required.cts',
      `import {PexipChatError, type DialRequest} from 'pexip-chat-room';
       import pexip = require('pexip-chat-room');
       const request: DialRequest = {role: 'HOST', destination: 'a', protocol: 'auto'};
       const text: string = pexip.VERSION;
       export {PexipChatError, request, text};`,
    );
    assert.deepEqual(messages('nodenext', ['required.cts'], {skipLibCheck: true}), []);
  });

  it('refuses what the package does not export', () => {
    write('wrong.ts', `import 'pexip-chat-room/src/index.js';`);
    assert.equal(messages('nodenext', ['wrong.ts'], {skipLibCheck: true}).length, 1);
    write('wrong.ts', `import {register} from 'pexip-chat-room';`);
    const [message] = messages('bundler', ['wrong.ts'], {skipLibCheck: true});
    assert.match(message, /no exported member 'register'/);
  });

  it('names the broker of the same version, which need not be installed', () => {
    const read = (path) => JSON.parse(readFileSync(join(repository, path), 'utf8'));
    const root = read('package.json');
    const {packages} = read('package-lock.json');
    const {name, version} = read('broker/package.json');
    assert.equal(version, root.version);
    assert.deepEqual(root.peerDependenciesMeta[name], {optional: true});
    for (const {peerDependencies} of [root, packages['']])
      assert.equal(peerDependencies[name], version);
  });

  describe('without the broker', () => {
    before(() => {
      mkdirSync(join(consumer, 'node_modules/@rocket.chat'));
      mkdirSync(join(consumer, 'node_modules/@types'));
      const needed = ['ws', '@rocket.chat/message-parser', '@types/node', '@types/ws'];
      for (const name of needed)
        symlinkSync(join(repository, 'node_modules', name), join(consumer, 'node_modules', name));
    });

    it('starts the other simulators, and says of the broker how to get it', () => {
      write(
        'simulators.mjs',
        `import {startBroker, startRocketChat, startWebApp3} from 'pexip-chat-room/testing';
         const workspace = await startRocketChat();
         const node = await startWebApp3({plugin: {html: async () => '', script: async () => ''}});
         const answers = [workspace.origin + '/api/info', node.origin + '/webapp3/m/room'].map((url) => fetch(url));
         const said = await startBroker({workspace}).then(() => 'started', ({message}) => message);
         console.log(JSON.stringify({ok: (await Promise.all(answers)).map(({ok}) => ok), said}));
         await Promise.all([workspace.close(), node.close()]);`,
      );
      const {stdout, stderr} = spawnSync(process.execPath, ['simulators.mjs'], {
        cwd: consumer,
        encoding: 'utf8',
      });
      assert.equal(stderr, '');
      const {ok, said} = JSON.parse(stdout);
      assert.deepEqual(ok, [true, true]);
      assert.match(said, /^startBroker found no broker .*npm install .*pexip-chat-room-broker/);
    });

    it('types the simulators, and that for tests with one', () => {
      write(
        'testing.ts',
        `import {startBroker, startRocketChat, type BrokerSimulator} from 'pexip-chat-room/testing';
         const workspace = await startRocketChat();
         const broker: BrokerSimulator = await startBroker({workspace, origins: ['http://a.localhost']});
         broker.fail(503, 1, {below: '/v1/rc/'});
         export const leases: number = await broker.leases('alice');`,
      );
      const options = {types: ['node'], typeRoots: [join(consumer, 'node_modules/@types')]};
      for (const way of Object.keys(WAYS))
        assert.deepEqual(messages(way, ['testing.ts'], options), []);
    });
  });
});
