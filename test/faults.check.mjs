/**
 * Prints what becomes of each fault of docs/faults.md: `npm run faults` runs the tests that it names,
 * `npm run faults -- --last` takes the results of the last whole run. Ends with 1 if one of them is
 * missing, was skipped or failed.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import {checkFaults, readFaults} from './support/fault-table.mjs';
import {readRuns} from './support/runs.mjs';
import {BROWSER_RESULTS} from './support/shared-pages.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const table = readFileSync(`${root}docs/faults.md`, 'utf8');
const exists = (path) => existsSync(root + path);

const LAST = {
  browsers: BROWSER_RESULTS.map((path) => root + path),
  node: {
    Node: `${root}.test-results/node.xml`,
    'whole browsers': `${root}.test-results/e2e.xml`,
    broker: `${root}.test-results/broker.xml`,
  },
};
const OWN = {
  browsers: [`${root}.test-results/faults/browsers.json`],
  node: {'whole browsers': `${root}.test-results/faults/node.xml`},
};

/** Runs a program to its end. What it prints goes to stderr, as stdout is for the table. */
const run = (program, args, env = {}) =>
  spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: {...process.env, ...env},
  });

const runTests = () => {
  rmSync(`${root}.test-results/faults`, {recursive: true, force: true});
  mkdirSync(`${root}.test-results/faults`, {recursive: true});
  const named = readFaults(table).flatMap(({tests}) => tests.map(({file}) => file));
  const files = [...new Set(named)].filter(exists);
  const inPages = files.filter((file) => file.endsWith('.ts'));
  const others = files.filter((file) => file.endsWith('.mjs'));
  if (inPages.length) {
    run('npx', ['wtr', '--files', ...inPages], {BROWSER_RESULTS: OWN.browsers[0]});
  }
  if (others.length) {
    const report = ['spec', 'junit'].map((name) => `--test-reporter=${name}`);
    const places = ['stdout', OWN.node['whole browsers']];
    const to = places.map((place) => `--test-reporter-destination=${place}`);
    run('node', ['--test', '--test-concurrency=1', ...report, ...to, ...others]);
  }
  return OWN;
};

const results = process.argv.includes('--last') ? LAST : runTests();
const {lines, problems} = checkFaults({table, runs: readRuns(results), exists});
for (const line of lines) console.log(line);
for (const problem of problems) console.error(problem);
if (problems.length) process.exitCode = 1;
