import {readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';

import {esbuildPlugin} from '@web/dev-server-esbuild';
import {defaultReporter} from '@web/test-runner';

import {virtuaAsBuilt} from './rollup.config.mjs';
import {launchers} from './test/support/browsers.mjs';
import {delivery} from './test/support/delivery.mjs';
import {keysPlugin} from './test/support/keys-plugin.mjs';
import {keepModules} from './test/support/kept.mjs';
import {freePort} from './test/support/machine.mjs';
import {resultsReporter} from './test/support/results-reporter.mjs';
import {testPages} from './test/support/shared-pages.mjs';
import {simulatorsPlugin} from './test/support/simulators-plugin.mjs';

const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
const port = await freePort();
const names = (process.env.BROWSERS ?? 'chromium,firefox,webkit').split(',');
const browsers = Object.fromEntries(names.map((name) => [name, launchers[name]()]));

/** The built files as they are: what the runner makes of a script has another hash. */
const builtFiles = async (context, next) => {
  if (!/^\/dist\/[\w.-]+\.js$/.test(context.path)) return next();
  context.type = 'text/javascript';
  context.body = await readFile(`.${context.path}`);
};

export default {
  port,
  files: testPages(process.env.PAGES),
  nodeResolve: {exportConditions: ['production']},
  // One page at a time in each browser: a tab in the background is slowed down.
  concurrency: 1,
  // All of them at once, as many tests wait more than they reckon: the runner would keep the third one for the end.
  concurrentBrowsers: process.env.PAGES === 'measured' ? 1 : names.length,
  // WebKit is started afresh when a page does not load, which takes its own time; so do three browsers at once.
  browserStartTimeout: 180_000,
  testsStartTimeout: 60_000,
  // Some pages have tests that may take four minutes, or hundreds of them.
  testsFinishTimeout: 600_000,
  // Tests wait for events, which come late where three browsers share two cores; what has a limit of
  // its own is measured by its test.
  testFramework: {config: {timeout: 60_000}},
  middleware: [
    ...(process.argv.includes('--watch') ? [] : [keepModules()]),
    builtFiles,
    delivery(),
  ],
  plugins: [
    virtuaAsBuilt,
    esbuildPlugin({
      ts: true,
      tsconfig: 'tsconfig.json',
      target: 'es2022',
      define: {__VERSION__: JSON.stringify(version)},
    }),
    keysPlugin(),
    simulatorsPlugin(`http://localhost:${port}`),
  ],
  browsers: Object.values(browsers),
  reporters: [
    defaultReporter(),
    resultsReporter(process.env.BROWSER_RESULTS ?? '.test-results/browsers.json', browsers),
  ],
};
