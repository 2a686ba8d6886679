import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import {nodeResolve} from '@rollup/plugin-node-resolve';
import esbuild from 'rollup-plugin-esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const {version} = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const {dependencies} = JSON.parse(readFileSync(`${root}broker/package.json`, 'utf8'));

const forNode = () => [
  nodeResolve({exportConditions: ['node'], preferBuiltins: true}),
  esbuild({
    target: 'node20',
    define: {__VERSION__: JSON.stringify(version)},
    tsconfig: `${root}tsconfig.json`,
  }),
];

/** `broker/dist/` has a file for each of broker/src, and what those import of the rest below `shared/`. */
const placeOf = (name) =>
  `${name.replace(/^broker\/src\//, '').replace(/^(src|bin)\//, 'shared/$1/')}.js`;

/** The broker, module by module: its dependencies are installed beside it. */
export const broker = {
  input: [`${root}broker/src/index.ts`, `${root}broker/src/bin.ts`],
  external: [/^node:/, ...Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`))],
  plugins: forNode(),
  output: {
    dir: `${root}broker/dist`,
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: root,
    entryFileNames: ({name}) => placeOf(name),
    hoistTransitiveImports: false,
  },
};

/** The commands of the root package: one file with what it needs, as that package installs nothing but Lit. */
export const commands = {
  input: `${root}bin/pexip-chat-room.ts`,
  external: [/^node:/, 'pexip-chat-room-broker'],
  plugins: forNode(),
  output: {
    file: `${root}dist/bin/pexip-chat-room.js`,
    format: 'es',
    banner: `/*! pexip-chat-room ${version}, Apache-2.0. Contains ical-generator, MIT, (c) Sebastian Pekarek. */`,
  },
};

export default [broker, commands];
