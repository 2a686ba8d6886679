import {readdirSync, readFileSync} from 'node:fs';
import {brotliCompressSync} from 'node:zlib';

/**
 * What bench/sizes.json holds of a file, in bytes, brotli.
 *
 * @typedef {object} Figure
 * @property {number} size as it was committed
 * @property {number} limit the build fails above it
 * @property {number} [goal] what is aimed at
 *
 * @typedef {Record<string, Figure>} Figures by the name of the file
 */

/** How far a file may grow above its committed figure before a commit must say so. */
const TOLERANCE = 1.01;

const FILE = new URL('../sizes.json', import.meta.url);
const FIRST_SCRIPT_AND_LATER = /^pexip-chat-room(?:\.[\w-]+)*\.min\.js$/;

/** @returns {Figures} the committed figures */
export const readFigures = () => JSON.parse(readFileSync(FILE, 'utf8'));

/** The size by which every file is judged. */
export const sizeOf = (code) => brotliCompressSync(code).length;

/** The sizes of the first script and the files it loads later, as they were built. */
export const measureSizes = (folder = 'dist') =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => FIRST_SCRIPT_AND_LATER.test(name))
      .map((name) => [name, sizeOf(readFileSync(`${folder}/${name}`))]),
  );

/**
 * The first rule, for the build: no file is above its limit.
 *
 * @param {string} name @param {number} size @param {Figures} figures
 * @returns {string | undefined} what is wrong and what to do
 */
export const limitProblem = (name, size, figures) => {
  const figure = figures[name];
  if (!figure) {
    return `${name} has no figures in bench/sizes.json. Give it a "limit" there (DESIGN says which), and run: npm run sizes`;
  }
  if (size > figure.limit) {
    return `${name} is ${size} bytes brotli, ${size - figure.limit} above its limit of ${figure.limit}. Make it smaller, or move what is not needed at once into a file that is loaded later.`;
  }
};

const growthProblem = (name, size, {size: committed, limit}) => {
  if (committed === undefined) return `${name} has no committed size yet. Run: npm run sizes`;
  if (size <= committed * TOLERANCE) return;
  const percent = ((size / committed - 1) * 100).toFixed(1);
  return `${name} is ${size} bytes brotli, ${percent} % above the committed ${committed} (limit ${limit}). Make it smaller; or, if the commit adds a promised feature, write the new figure by "npm run sizes" and say why in the commit.`;
};

/**
 * Both rules, for CI: no file is above its limit or more than 1 % above its committed figure, and
 * the figures are of the files that there are.
 *
 * @param {Record<string, number>} sizes @param {Figures} figures
 * @returns {string[]} what is wrong, one line each
 */
export const sizeProblems = (sizes, figures) => [
  ...Object.entries(sizes)
    .map(
      ([name, size]) =>
        limitProblem(name, size, figures) ?? growthProblem(name, size, figures[name]),
    )
    .filter(Boolean),
  ...Object.keys(figures)
    .filter((name) => !(name in sizes))
    .map((name) => `${name} of bench/sizes.json was not built. Run "npm run build", or remove it.`),
];

const inOneLine = (figure) =>
  JSON.stringify(figure, null, 1).replace(/\n */g, ' ').replace('{ ', '{').replace(' }', '}');

/** The text of bench/sizes.json with these sizes; limits and goals stay. */
export const figuresText = (sizes, figures) => {
  const line = ([name, size]) => {
    const {size: _, ...aims} = figures[name];
    return `  ${JSON.stringify(name)}: ${inOneLine({size, ...aims})}`;
  };
  return `{\n${Object.entries(sizes).map(line).join(',\n')}\n}\n`;
};

/** One line for people: the file, its size, and what it may be. */
export const describeSize = (name, size, figures) => {
  const {size: committed, goal, limit} = figures[name] ?? {};
  const aims = Object.entries({committed, goal, limit}).filter(([, bytes]) => bytes !== undefined);
  return `${name}: ${size} bytes brotli (${aims.map((aim) => aim.join(' ')).join(', ')})`;
};
