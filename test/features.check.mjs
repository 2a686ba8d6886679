/**
 * Holds docs/features.md against the results of the tests: `npm run test:features`, after the tests
 * have run. A row that says "done" must name tests that exist, ran and passed; in all browsers of
 * BROWSERS, if they run in browsers.
 */
import {existsSync, readFileSync} from 'node:fs';

import {checkFeatures} from './support/feature-table.mjs';
import {readRuns} from './support/runs.mjs';
import {BROWSER_RESULTS} from './support/shared-pages.mjs';

const root = new URL('../', import.meta.url);
const exists = (path) => existsSync(new URL(path, root));
const textOf = (path) => readFileSync(new URL(path, root), 'utf8');

const RESULTS = {
  '.test-results/node.xml': 'test:node',
  '.test-results/e2e.xml': 'test:e2e',
  '.test-results/broker.xml': 'test:broker',
};

const check = () => {
  const browsers = BROWSER_RESULTS.filter((path) => exists(path));
  const missing = Object.keys(RESULTS).filter((path) => !exists(path));
  // The parts, or all in one run.
  if (!browsers.length) missing.push(BROWSER_RESULTS[0]);
  if (missing.length) {
    const problems = missing.map(
      (path) => `${path} is missing. First: npm run ${RESULTS[path] ?? 'test:browsers'}`,
    );
    return {problems, summary: 'nothing was checked'};
  }
  const file = (name) => new URL(`.test-results/${name}`, root);
  const {problems, counts} = checkFeatures({
    table: textOf('docs/features.md'),
    exists,
    runs: readRuns({
      browsers: browsers.map((path) => new URL(path, root)),
      node: {
        Node: file('node.xml'),
        'end to end': file('e2e.xml'),
        broker: file('broker.xml'),
      },
    }),
  });
  const summary = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  return {problems, summary: summary.join(', ')};
};

const {problems, summary} = check();
for (const problem of problems) console.error(problem);
if (problems.length) {
  console.error(`docs/features.md does not hold, problems: ${problems.length} (${summary}).`);
  process.exitCode = 1;
} else {
  console.log(`docs/features.md holds: ${summary}.`);
}
