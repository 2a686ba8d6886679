import {mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';

/** Folders of tests that look at nothing in their page. */
const SHARED = ['controllers', 'plugin', 'protocol', 'session', 'transport'];
/** The two halves of the tests, of about the same length: `PAGES` names the one that is to run. */
const HALVES = {origins: ['test/origins/**'], others: ['test/**', '!test/origins/**']};

const pageOf = (folder) =>
  readdirSync(`test/${folder}`)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `import '/test/${folder}/${name}';\n`)
    .join('');

/** Where the pages that are shared are written, for one run of several at once. */
const placeOf = (half) => `.test-results/pages-${half ?? 'all'}`;

/**
 * The test files for the runner. Those of some folders share a page, as each page costs a browser half a
 * second before its first test; named by `--files`, a file has a page of its own all the same.
 *
 * @param {string} [half] of `HALVES`; all of them if left out
 * @returns {string[]} patterns
 */
export const testPages = (half) => {
  const place = placeOf(half);
  const patterns = half ? HALVES[half] : ['test/**'];
  if (!patterns) throw new Error(`PAGES can be ${Object.keys(HALVES).join(' or ')}, not ${half}.`);
  rmSync(place, {recursive: true, force: true});
  mkdirSync(place, {recursive: true});
  for (const folder of SHARED) writeFileSync(`${place}/${folder}.test.ts`, pageOf(folder));
  return [
    ...patterns.map((pattern) => (pattern.startsWith('!') ? pattern : `${pattern}/*.test.ts`)),
    `!test/{${SHARED.join()}}/**`,
    ...(half === 'origins' ? [] : [`${place}/*.test.ts`]),
  ];
};
