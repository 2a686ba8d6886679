/**
 * As much of Mocha as the unit tests need: `describe`, `it` and the hooks around each test. Runs what
 * was described until the first failure.
 */
const root = {name: '', before: [], after: [], tests: [], suites: []};
let current = root;

globalThis.describe = (name, body) => {
  const outer = current;
  current = {name: `${outer.name} ${name}`.trim(), before: [], after: [], tests: [], suites: []};
  outer.suites.push(current);
  body();
  current = outer;
};
globalThis.it = (name, body) => current.tests.push({name: `${current.name} ${name}`, body});
globalThis.beforeEach = (body) => current.before.push(body);
globalThis.afterEach = (body) => current.after.push(body);

/** How long a test may take, in ms. */
const PATIENCE = 15_000;

let uncaught;
addEventListener('error', ({message}) => (uncaught ??= message));
addEventListener('unhandledrejection', ({reason}) => (uncaught ??= String(reason)));

// As it is before a test puts a clock of its own in its place.
const {setTimeout: later} = globalThis;
const late = () =>
  new Promise((_, reject) => later(() => reject(new Error('It takes too long.')), PATIENCE));

const runTest = async ({body}, before, after) => {
  uncaught = undefined;
  try {
    for (const hook of before) await hook();
    await Promise.race([body(), late()]);
  } finally {
    for (const hook of after) await hook();
  }
  if (uncaught) throw new Error(uncaught);
};

const runSuite = async (suite, before, after, result) => {
  const hooks = [
    [...before, ...suite.before],
    [...suite.after, ...after],
  ];
  for (const test of suite.tests) {
    if (result.failed) return;
    result.ran++;
    try {
      await runTest(test, ...hooks);
    } catch (error) {
      result.failed = test.name;
      result.message = String(error?.message ?? error).slice(0, 200);
    }
  }
  for (const inner of suite.suites) await runSuite(inner, ...hooks, result);
};

/** @returns {Promise<{ran: number, failed?: string, message?: string}>} */
globalThis.runTests = async () => {
  const result = {ran: 0};
  await runSuite(root, [], [], result);
  return result;
};
