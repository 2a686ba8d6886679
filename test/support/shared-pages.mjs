import {mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';

/** Folders of tests that look at nothing in their page. */
const SHARED = ['controllers', 'plugin', 'protocol', 'session', 'transport'];
const PAGES = '.test-results/pages';

const pageOf = (folder) =>
  readdirSync(`test/${folder}`)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `import '/test/${folder}/${name}';\n`)
    .join('');

/**
 * The test files for the runner. Those of some folders share a page, as each page costs a browser half a
 * second before its first test; named by `--files`, a file has a page of its own all the same.
 *
 * @returns {string[]} patterns
 */
export const testPages = () => {
  rmSync(PAGES, {recursive: true, force: true});
  mkdirSync(PAGES, {recursive: true});
  for (const folder of SHARED) writeFileSync(`${PAGES}/${folder}.test.ts`, pageOf(folder));
  return ['test/**/*.test.ts', `!test/{${SHARED.join()}}/**`, `${PAGES}/*.test.ts`];
};
