import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';

import {RunTimes} from './run-times.mjs';

const flatten = (suite, path, found) => {
  for (const {name, passed, skipped, error} of suite.tests) {
    found.push({name: [...path, name].join(' '), passed, skipped, error: error?.message});
  }
  for (const child of suite.suites) flatten(child, [...path, child.name], found);
};

/**
 * Writes which tests passed, by browser, for the checker of docs/features.md; ends with their numbers and
 * the failures once more, as the end of a log is what continuous integration shows.
 *
 * @param {string} file
 * @param {Record<string, object>} browsers launchers by the name of their browser; two of them call
 * themselves Chrome
 */
export const resultsReporter = (file, browsers) => {
  const times = new RunTimes();
  const nameOf = ({browser}) =>
    Object.entries(browsers).find(([, launcher]) => launcher === browser)[0];
  return {
    start: ({sessions}) => times.watch(sessions),
    stop({sessions: all}) {
      const sessions = [...all];
      for (const line of times.lines(sessions, nameOf)) console.log(line);
      const results = Object.fromEntries(Object.keys(browsers).map((name) => [name, []]));
      for (const session of sessions) {
        if (session.testResults) flatten(session.testResults, [], results[nameOf(session)]);
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
  };
};
