import {chromeLauncher} from '@web/test-runner-chrome';

import {KEEPER} from './keeper.mjs';
import {PATHS} from './machine.mjs';
import {webkit} from './webkit-launcher.mjs';

export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

export const FIREFOX_PREFS = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  // Tests run in background tabs, whose timers Firefox would slow down.
  'dom.min_background_timeout_value': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
};

/**
 * After a socket has failed Firefox holds back the next ones to that place for ever longer, whatever the page
 * does: most of the time of a test with many drops. Whole browsers (test/e2e) keep it.
 */
const NO_HOLDING_BACK = {'network.websocket.delay-failed-reconnects': false};

/**
 * The processes of the simulators' sites stay while tests come and go, as a page in the background has a frame of
 * each: starting them for each test takes a third of Chromium's time. Frames are in other processes than their
 * page all the same, as in the field.
 */
const KEPT_PROCESSES = [
  '--disable-features=BackForwardCache,ProactivelySwapBrowsingInstance',
  '--process-per-site',
];

/** How long a browser, and then a page, may take, in ms: puppeteer's own 30 s are few where three start at once. */
const PATIENCE = 80_000;

const openPage = async ({context}) => {
  const page = await context.newPage();
  page.setDefaultNavigationTimeout(PATIENCE);
  return page;
};

const openBesideKeeper = async ({config: {port}, context}) => {
  const keeper = await openPage({context});
  await keeper.goto(`http://localhost:${port}${KEEPER}`);
  return openPage({context});
};

/** Nobody asks the driver about requests, and being told of each one, and of each issue, takes its time. */
const SILENT = {networkEnabled: false, issuesEnabled: false};

const LAUNCH = {...SILENT, timeout: PATIENCE, headless: true};

/** The launchers of the test runner by name. */
export const launchers = {
  chromium: () =>
    chromeLauncher({
      createPage: openBesideKeeper,
      launchOptions: {
        ...LAUNCH,
        executablePath: PATHS.chromium,
        args: [...CHROMIUM_ARGS, ...KEPT_PROCESSES],
      },
    }),
  // One page at a time: of two, the one in the background is too slow for its time limits.
  firefox: () =>
    chromeLauncher({
      concurrency: 1,
      createPage: openPage,
      launchOptions: {
        ...LAUNCH,
        browser: 'firefox',
        executablePath: PATHS.firefox,
        extraPrefsFirefox: {...FIREFOX_PREFS, ...NO_HOLDING_BACK},
      },
    }),
  webkit,
};
