/**
 * Takes each guard out of the code in turn, and runs the tests of its file: `npm run guards`. Prints
 * which test noticed. Ends with 1 if none did, or if the tests fail with the code as it is. Words after
 * `--` choose the guards that have one of them in file or name.
 */
import {readFileSync} from 'node:fs';

import {GUARDS, occurrences} from './guards.mjs';
import {openMutants} from './mutants.mjs';

const root = new URL('../../', import.meta.url);
const words = process.argv.slice(2);
const chosen = GUARDS.filter(
  ({file, name}) => !words.length || words.some((word) => `${file} ${name}`.includes(word)),
);

const problems = [];
const started = Date.now();
const mutants = await openMutants();
try {
  for (const tests of new Set(chosen.map((guard) => guard.tests))) {
    const {ran, failed, message} = await mutants.run(tests);
    console.log(`${tests.join(', ')} as it is: ${failed ? 'FAILED' : `${ran} passed`}`);
    if (failed) problems.push(`With every guard in its place "${failed}" fails: ${message}`);
    if (!ran) problems.push(`${tests.join(', ')} has no tests.`);
  }
  for (const guard of problems.length ? [] : chosen) {
    const {file, name, tests} = guard;
    const found = occurrences(guard, readFileSync(new URL(file, root), 'utf8'));
    const {failed} = found === 1 ? await mutants.run(tests, guard) : {};
    console.log(`${file} | ${name} | ${failed ?? 'SURVIVED'}`);
    if (found !== 1) problems.push(`${file}: "${name}" is there ${found} times, not once.`);
    else if (!failed) problems.push(`${file}: without "${name}" every test passes.`);
  }
} finally {
  await mutants.close();
}
console.log(`${chosen.length} guards in ${Math.round((Date.now() - started) / 1000)} s`);
for (const problem of problems) console.error(problem);
if (problems.length || !chosen.length) process.exitCode = 1;
