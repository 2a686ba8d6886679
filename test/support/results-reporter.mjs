import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';

const flatten = (suite, path, found) => {
  for (const {name, passed, skipped, error} of suite.tests) {
    found.push({name: [...path, name].join(' '), passed, skipped, error: error?.message});
  }
  for (const child of suite.suites) flatten(child, [...path, child.name], found);
};

const secondsOf = (suite) =>
  suite.tests.reduce((sum, {duration = 0}) => sum + duration / 1000, 0) +
  suite.suites.reduce((sum, child) => sum + secondsOf(child), 0);

/** How many files are named as the slowest. */
const SLOWEST = 8;

/** The files that took the longest in all browsers together, for whoever has to make the suite quicker. */
const slowest = (sessions) => {
  const seconds = new Map();
  for (const {testFile, testResults} of sessions) {
    const file = testFile.replace(/^.*\/test\//, '');
    if (testResults) seconds.set(file, (seconds.get(file) ?? 0) + secondsOf(testResults));
  }
  return [...seconds].sort(([, a], [, b]) => b - a).slice(0, SLOWEST);
};

/**
 * Writes which tests passed, by browser, for the checker of docs/features.md; ends with their numbers and
 * the failures once more, as the end of a log is what continuous integration shows.
 *
 * @param {string} file
 * @param {Record<string, object>} browsers launchers by the name of their browser; two of them call
 * themselves Chrome
 */
export const resultsReporter = (file, browsers) => ({
  stop({sessions: all}) {
    const sessions = [...all];
    for (const [testFile, seconds] of slowest(sessions))
      console.log(`${seconds.toFixed(0)} s in all browsers: ${testFile}`);
    const results = Object.fromEntries(Object.keys(browsers).map((name) => [name, []]));
    for (const {browser, testResults} of sessions) {
      const [name] = Object.entries(browsers).find(([, launcher]) => launcher === browser);
      if (testResults) flatten(testResults, [], results[name]);
    }
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, JSON.stringify(results, null, 2));
    for (const [name, tests] of Object.entries(results)) {
      const passed = tests.filter((test) => test.passed).length;
      const skipped = tests.filter((test) => test.skipped).length;
      console.log(
        `${name}: ${passed} passed, ${tests.length - passed - skipped} failed, ${skipped} skipped`,
      );
      for (const test of tests.filter(({passed, skipped}) => !passed && !skipped)) {
        console.log(`  failed in ${name}: ${test.name}: ${test.error}`);
      }
    }
    for (const {browser, testFile, errors} of sessions) {
      for (const {message} of errors) console.log(`  ${browser.name} ${testFile}: ${message}`);
    }
  },
});
