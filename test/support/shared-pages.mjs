import {mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';

/** Folders of tests that look at nothing in their page. */
const SHARED = ['controllers', 'plugin', 'protocol', 'session', 'transport'];
/** Those that compare times: other work on the machine would be in both, and not to the same extent. */
const MEASURED = 'test/origins/native-large.test.ts';
/**
 * The tests in parts: two halves of about the same length, which run beside others, and what has the
 * machine for itself. `PAGES` names the one that is to run.
 */
const PARTS = {
  origins: ['test/origins/**/*.test.ts', `!${MEASURED}`],
  others: ['test/**/*.test.ts', '!test/origins/**'],
  measured: [MEASURED],
};

/** Where the results of the browsers may be: of all tests in one run, or of each part, which `make test` runs. */
export const BROWSER_RESULTS = ['', ...Object.keys(PARTS).map((part) => `-${part}`)].map(
  (part) => `.test-results/browsers${part}.json`,
);

const pageOf = (folder) =>
  readdirSync(`test/${folder}`)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `import '/test/${folder}/${name}';\n`)
    .join('');

/** Where the pages that are shared are written, for one run of several at once. */
const placeOf = (part) => `.test-results/pages-${part ?? 'all'}`;

/**
 * The test files for the runner. Those of some folders share a page, as each page costs a browser half a
 * second before its first test; named by `--files`, a file has a page of its own all the same.
 *
 * @param {string} [part] of `PARTS`; all of them if left out
 * @returns {string[]} patterns
 */
export const testPages = (part) => {
  const place = placeOf(part);
  const patterns = part ? PARTS[part] : ['test/**/*.test.ts'];
  if (!patterns) throw new Error(`PAGES can be ${Object.keys(PARTS).join(' or ')}, not ${part}.`);
  rmSync(place, {recursive: true, force: true});
  mkdirSync(place, {recursive: true});
  for (const folder of SHARED) writeFileSync(`${place}/${folder}.test.ts`, pageOf(folder));
  return [
    ...patterns,
    `!test/{${SHARED.join()}}/**`,
    ...(part === undefined || part === 'others' ? [`${place}/*.test.ts`] : []),
  ];
};
