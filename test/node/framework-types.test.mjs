import assert from 'node:assert/strict';
import {cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {before, describe, it} from 'node:test';

import {compile as compileSvelte} from 'svelte/compiler';
import ts from 'typescript';
import {compileScript, parse} from 'vue/compiler-sfc';

import {repository, temporaryFolder} from './support/copy.mjs';
import {installPacked} from './support/packed.mjs';

const {JsxEmit} = ts;
/** How each framework has its JSX compiled, and the packages that its types come from. */
const FRAMEWORKS = {
  react: {
    heading: 'React 19',
    file: 'react.tsx',
    packages: {react: 'react', '@types/react': '@types/react'},
    options: {jsx: JsxEmit.ReactJSX},
  },
  'react-18': {
    heading: 'React 18',
    file: 'react-18.tsx',
    packages: {react: 'react', '@types/react': 'react-18-types'},
    options: {jsx: JsxEmit.ReactJSX},
  },
  preact: {
    heading: 'Preact',
    file: 'preact.tsx',
    packages: {preact: 'preact'},
    options: {jsx: JsxEmit.ReactJSX, jsxImportSource: 'preact'},
  },
  solid: {
    heading: 'Solid',
    file: 'solid.tsx',
    packages: {'solid-js': 'solid-js'},
    options: {jsx: JsxEmit.Preserve, jsxImportSource: 'solid-js'},
  },
  vue: {file: 'vue.ts', packages: {vue: 'vue'}},
  svelte: {file: 'svelte.ts', packages: {svelte: 'svelte'}},
};

const PAGE = readFileSync(join(repository, 'docs/frameworks.md'), 'utf8');
/** The example in a language below a heading of docs/frameworks.md. */
const exampleOf = (heading, language) => {
  const section = PAGE.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  return new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'm').exec(section)[1];
};

/** As much of Angular as its example imports. */
const ANGULAR = `declare module '@angular/core' {
  export const CUSTOM_ELEMENTS_SCHEMA: {readonly name: string};
  export const Component: (metadata: {
    readonly selector: string;
    readonly schemas: readonly (typeof CUSTOM_ELEMENTS_SCHEMA)[];
    readonly template: string;
  }) => ClassDecorator;
}`;

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
    if (existsSync(folder)) return folder;
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

  for (const [name, {file, options, heading}] of Object.entries(FRAMEWORKS))
    it(`take right markup and refuse wrong one in ${name}${heading ? ', and what the page shows' : ''}`, () => {
      const folder = projectOf(name);
      const files = [file];
      if (heading) {
        writeFileSync(join(folder, 'shown.tsx'), exampleOf(heading, 'tsx'));
        files.push('shown.tsx');
      }
      assert.deepEqual(messages(folder, files, options), []);
    });

  it('take what the page shows for Lit and Angular', () => {
    const folder = projectOf('svelte');
    writeFileSync(join(folder, 'lit.ts'), exampleOf('Lit', 'ts'));
    writeFileSync(join(folder, 'angular.ts'), exampleOf('Angular', 'ts'));
    writeFileSync(join(folder, 'angular-core.d.ts'), ANGULAR);
    const names = ['lit.ts', 'angular.ts', 'angular-core.d.ts'];
    const options = {experimentalDecorators: true, useDefineForClassFields: false};
    assert.deepEqual(messages(folder, names, options), []);
  });

  it('are in the entry of the framework only', () => {
    const folder = projectOf('react');
    const markup = `export const shown = <pexip-chat-widget view="native" />;`;
    const wrongIn = (text) => {
      writeFileSync(join(folder, 'alone.tsx'), text);
      return messages(folder, ['alone.tsx'], FRAMEWORKS.react.options);
    };
    assert.match(
      wrongIn(`import 'pexip-chat-room/define';\n${markup}`).join(),
      /'pexip-chat-widget'/,
    );
    assert.deepEqual(wrongIn(`import 'pexip-chat-room/react';\n${markup}`), []);
  });
});

describe('docs/frameworks.md', () => {
  it('has a component for Vue that its compiler takes, with elements that are no components', () => {
    const [, pattern] = /isCustomElement: \(tag\) => \/(.*)\/\.test/.exec(exampleOf('Vue', 'js'));
    const isCustomElement = (tag) => new RegExp(pattern).test(tag);
    const templateParseOptions = {isCustomElement};
    const {descriptor, errors} = parse(exampleOf('Vue', 'vue'), {templateParseOptions});
    assert.deepEqual(errors, []);
    const {content} = compileScript(descriptor, {id: 'shown', inlineTemplate: true});
    assert.match(content, /_createElementBlock\("pexip-chat-widget"/);
    assert.doesNotMatch(content, /resolveComponent/);
    assert.match(content, /"?\.accessToken"?:/);
    for (const tag of ['pexip-chat-room', 'rc-chat-pane']) assert.ok(isCustomElement(tag), tag);
  });

  it('has a component for Svelte that its compiler takes without a warning', () => {
    const {js, warnings} = compileSvelte(exampleOf('Svelte', 'svelte'), {generate: 'client'});
    assert.deepEqual(warnings, []);
    assert.match(js.code, /'accessToken'|accessToken/);
  });

  it('names every entry for a framework that the package exports, and no other', () => {
    const {exports} = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
    const ofTypesOnly = Object.entries(exports).filter(([, to]) =>
      to.default?.endsWith('types-only.js'),
    );
    const named = new Set(PAGE.match(/(?<=`import 'pexip-chat-room)\/(?!define)\w+/g));
    assert.deepEqual(
      [...named].map((path) => `.${path}`),
      ofTypesOnly.map(([path]) => path),
    );
  });
});
