/** @typedef {import('./junit.mjs').TestResult} TestResult */
/**
 * One run of tests. A test of one browser must be in the runs of all of them.
 * @typedef {{name: string, kind?: 'browser', tests: TestResult[]}} Run
 */

const upTo = (letter, last) => Array.from({length: last}, (_, i) => `${letter}${i + 1}`);

/** Every promise of the product, by its id. */
export const IDS = [
  ...upTo('P', 11),
  ...upTo('I', 8),
  ...upTo('E', 7),
  ...upTo('S', 14),
  ...upTo('B', 12),
  ...upTo('X', 8),
];

const STATUS = /^(done|part|open|not offered)(?:: (\S.*))?$/s;
// "path/of/the.test.ts: `suite and title`", as often as needed. More backticks for a title with some;
// `{browser}` stands for the name of each browser.
const NAMED_TEST = /([\w./-]+):\s*(`+)(.+?)\2(?!`)/g;

/** The cells of a row of a table, without those outside its first and last bar. */
export const cellsOf = (line) =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

/** The tests that a cell names. */
export const namedIn = (cell) =>
  [...cell.matchAll(NAMED_TEST)].map(([, file, , name]) => ({file, name}));

/** Reads the rows `| id | status | tests |` of all tables. */
export const readRows = (markdown) =>
  markdown
    .split('\n')
    .filter((line) => /^\|\s*[A-Z]\d+\s*\|/.test(line))
    .map((line) => {
      const [id, status = '', tests = ''] = cellsOf(line);
      const [, kind, remark] = STATUS.exec(status) ?? [];
      return {id, status, kind, remark, tests: namedIn(tests)};
    });

const idProblems = (rows) => {
  const ids = rows.map(({id}) => id);
  return [
    ...IDS.filter((id) => !ids.includes(id)).map((id) => `${id} has no row.`),
    ...ids.filter((id) => !IDS.includes(id)).map((id) => `${id} is no promise of the product.`),
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} has two rows.`),
  ];
};

const rowProblems = ({id, status, kind, remark, tests}) => {
  if (!kind) return [`${id}: the status "${status}" is none of done, part, open, not offered.`];
  if (kind === 'done' && !tests.length) return [`${id} is done but names no test.`];
  if ((kind === 'part' || kind === 'not offered') && !remark) {
    return [`${id}: after "${kind}:" it must say ${kind === 'part' ? 'what is missing' : 'why'}.`];
  }
  return [];
};

const outcomeIn = (run, name) => {
  const found = run.tests.filter((test) => test.name === name);
  if (!found.length) return 'did not run';
  if (found.some(({skipped}) => skipped)) return 'was skipped';
  return found.every(({passed}) => passed) ? undefined : 'failed';
};

/** A test as it is called in each of the browsers. */
export const forEachBrowser = ({file, name}, runs) =>
  name.includes('{browser}')
    ? runs
        .filter(({kind}) => kind === 'browser')
        .map((run) => ({file, name: name.replaceAll('{browser}', run.name)}))
    : [{file, name}];

/** What is wrong with the tests of a row, one line each. */
export const testProblems = ({id, tests}, runs, exists) =>
  tests
    .flatMap((test) => forEachBrowser(test, runs))
    .flatMap(({file, name}) => {
      const label = `${id}: "${name}" (${file})`;
      if (!exists(file)) return [`${label}: there is no such file.`];
      const holds = (run) => run.tests.some((test) => test.name === name);
      const inBrowsers = runs.some((run) => run.kind === 'browser' && holds(run));
      const wanted = runs.filter((run) => (run.kind === 'browser' ? inBrowsers : holds(run)));
      if (!wanted.length) return [`${label}: no such test ran.`];
      return wanted
        .map((run) => [run.name, outcomeIn(run, name)])
        .filter(([, outcome]) => outcome)
        .map(([where, outcome]) => `${label} ${outcome} in ${where}.`);
    });

/**
 * Checks the table of docs/features.md.
 *
 * @param {{table: string, runs: Run[], exists: (path: string) => boolean}} input `exists` tells
 * whether a file of the repository is there
 * @returns {{problems: string[], counts: Record<string, number>}} what is wrong, one line each; and
 * how many rows have each status
 */
export const checkFeatures = ({table, runs, exists}) => {
  const rows = readRows(table);
  const counts = {done: 0, part: 0, open: 0, 'not offered': 0};
  for (const {kind} of rows) if (kind) counts[kind]++;
  const problems = [
    ...idProblems(rows),
    ...rows.flatMap(rowProblems),
    ...rows.flatMap((row) => testProblems(row, runs, exists)),
  ];
  return {problems, counts};
};
