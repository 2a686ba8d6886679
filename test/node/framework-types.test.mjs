import assert from 'node:assert/strict';
import {cpSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {before, describe, it} from 'node:test';

import ts from 'typescript';

import {repository, temporaryFolder} from './support/copy.mjs';
import {installPacked} from './support/packed.mjs';

const {JsxEmit} = ts;
/** How each framework has its JSX compiled, and the packages that its types come from. */
const FRAMEWORKS = {
  react: {
    file: 'react.tsx',
    packages: {react: 'react', '@types/react': '@types/react'},
    options: {jsx: JsxEmit.ReactJSX},
  },
  'react-18': {
    file: 'react-18.tsx',
    packages: {react: 'react', '@types/react': 'react-18-types'},
    options: {jsx: JsxEmit.ReactJSX},
  },
  preact: {
    file: 'preact.tsx',
    packages: {preact: 'preact'},
    options: {jsx: JsxEmit.ReactJSX, jsxImportSource: 'preact'},
  },
  solid: {
    file: 'solid.tsx',
    packages: {'solid-js': 'solid-js'},
    options: {jsx: JsxEmit.Preserve, jsxImportSource: 'solid-js'},
  },
  vue: {file: 'vue.ts', packages: {vue: 'vue'}},
  svelte: {file: 'svelte.ts', packages: {svelte: 'svelte'}},
};

const OPTIONS = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  types: [],
};

describe('the types for frameworks', () => {
  const project = temporaryFolder();
  before(() => installPacked(project));

  /** A project of each framework, which has installed the same package and no other framework. */
  const projectOf = (name) => {
    const folder = join(project, name);
    mkdirSync(join(folder, 'node_modules/@types'), {recursive: true});
    cpSync(
      join(project, 'node_modules/pexip-chat-room'),
      join(folder, 'node_modules/pexip-chat-room'),
      {
        recursive: true,
      },
    );
    for (const [there, here] of Object.entries({lit: 'lit', ...FRAMEWORKS[name].packages}))
      symlinkSync(join(repository, 'node_modules', here), join(folder, 'node_modules', there));
    for (const path of ['expect.ts', `frameworks/${FRAMEWORKS[name].file}`])
      cpSync(join(repository, 'test/types', path), join(folder, path.replace(/.*\//, '')));
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    return folder;
  };

  /** What is wrong in files of a project, and in the declarations of the package that they use. */
  const messages = (folder, names, options) => {
    const paths = names.map((name) => join(folder, name));
    const program = ts.createProgram(paths, {...OPTIONS, ...options});
    const isOurs = ({fileName}) =>
      paths.includes(fileName) || fileName.includes('/pexip-chat-room/dist/types/');
    return [
      ...program.getOptionsDiagnostics(),
      ...program
        .getSourceFiles()
        .filter(isOurs)
        .flatMap((file) => [
          ...program.getSyntacticDiagnostics(file),
          ...program.getSemanticDiagnostics(file),
        ]),
    ].map(({file, start, messageText}) => {
      const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
      const text = ts.flattenDiagnosticMessageText(messageText, '\n');
      return `${file?.fileName.slice(folder.length + 1)}:${line}: ${text}`;
    });
  };

  for (const [name, {file, options}] of Object.entries(FRAMEWORKS))
    it(`take right markup and refuse wrong one in ${name}`, () => {
      assert.deepEqual(messages(projectOf(name), [file], options), []);
    });
});
