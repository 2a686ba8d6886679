import {cellsOf, forEachBrowser, namedIn, testProblems} from './feature-table.mjs';

/** @typedef {import('./feature-table.mjs').Run} Run */

/** The faults of the bridge, of the live connection and of the broker, by the ids of docs/faults.md. */
export const FAULTS = [
  ...['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9'],
  ...['F10', 'F11', 'F12', 'F13', 'F14', 'F15', 'F16', 'F17', 'F18', 'F19'],
  ...['F20', 'F21', 'F22', 'F23', 'F24', 'F25', 'F26', 'F27'],
];

const SPELLING = {chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit'};

/** Reads the rows `| id | fault | promise | tests |`. */
export const readFaults = (markdown) =>
  markdown
    .split('\n')
    .filter((line) => /^\|\s*F\d+\s*\|/.test(line))
    .map((line) => {
      const [id, fault = '', promise = '', tests = ''] = cellsOf(line);
      return {id, fault, promise, tests: namedIn(tests)};
    });

/** Where the tests of a row ran. */
const placesOf = ({tests}, runs) => {
  const names = tests.flatMap((test) => forEachBrowser(test, runs)).map(({name}) => name);
  return runs
    .filter((run) => run.tests.some(({name}) => names.includes(name)))
    .map(({name}) => SPELLING[name] ?? name);
};

const judge = (id, rows, runs, exists) => {
  const found = rows.filter((row) => row.id === id);
  const [row] = found;
  if (found.length !== 1) {
    const problem = row ? 'there are two rows for it' : 'there is no row for it';
    return {id, fault: '', promise: '', problems: [`${id}: ${problem}.`]};
  }
  const problems = row.tests.length
    ? testProblems(row, runs, exists)
    : [`${id}: its row names no test.`];
  return {...row, problems, places: placesOf(row, runs)};
};

const lineOf = ({id, fault, promise, tests, places, problems}) => {
  const result = problems.length ? 'FAILED' : `${tests.length} passed in ${places.join(', ')}`;
  return [id, fault, promise, result].join(' | ');
};

/**
 * Holds the table of docs/faults.md against the results of the tests.
 *
 * @param {{table: string, runs: Run[], exists: (path: string) => boolean}} input `exists` tells
 * whether a file of the repository is there
 * @returns {{lines: string[], problems: string[]}} the table with the result of each fault, and what
 * is wrong, one line each
 */
export const checkFaults = ({table, runs, exists}) => {
  const rows = readFaults(table);
  const ids = [...new Set([...FAULTS, ...rows.map(({id}) => id)])];
  const judged = ids.map((id) => judge(id, rows, runs, exists));
  return {lines: judged.map(lineOf), problems: judged.flatMap(({problems}) => problems)};
};
