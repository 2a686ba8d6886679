import {existsSync, readFileSync} from 'node:fs';

import {readJunit} from './junit.mjs';

/** @typedef {import('./feature-table.mjs').Run} Run */

/** The browsers whose results count: those of BROWSERS, or all. */
export const browserNames = () => (process.env.BROWSERS ?? 'chromium,firefox,webkit').split(',');

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/**
 * Reads what the reporters of the tests wrote.
 *
 * @param {{browsers: (string | URL)[], node: Record<string, string | URL>}} files those of the
 * browsers, whose tests are added up, and those of node:test by the name of the run; one that is missing is a run without a test
 * @returns {Run[]}
 */
export const readRuns = ({browsers, node}) => {
  const byBrowser = browsers.map((file) => JSON.parse(read(file) ?? '{}'));
  return [
    ...browserNames().map((name) => ({
      name,
      kind: 'browser',
      tests: byBrowser.flatMap((tests) => tests[name] ?? []),
    })),
    ...Object.entries(node).map(([name, file]) => ({name, tests: readJunit(read(file) ?? '')})),
  ];
};
