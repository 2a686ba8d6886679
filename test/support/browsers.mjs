import {spawn} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {createServer} from 'node:net';

import {chromeLauncher} from '@web/test-runner-chrome';
import {seleniumLauncher} from '@web/test-runner-selenium';
import {Builder, Capabilities} from 'selenium-webdriver';

/** A port that was free a moment ago: two test runners choosing for themselves can clash. */
export const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });

const ready = async (url, attempts = 300) => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};

/** Debian keeps it below a folder of the machine's architecture and the library's version. */
const debianMiniBrowser = () =>
  readdirSync('/usr/lib')
    .flatMap((triplet) =>
      ['4.1', '4.0'].map((api) => `/usr/lib/${triplet}/webkit2gtk-${api}/MiniBrowser`),
    )
    .find((path) => existsSync(path));

/** Where Debian puts the browsers; other places are told by the environment. */
export const PATHS = {
  chromium: process.env.CHROMIUM ?? '/usr/bin/chromium',
  firefox: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
  miniBrowser: process.env.MINIBROWSER ?? debianMiniBrowser(),
};

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

/** WebKitGTK has no headless mode: starts an X server and a driver, and tells how to stop them. */
export const startWebKitDriver = async () => {
  const children = [];
  let display = process.env.DISPLAY;
  if (!display) {
    const server = spawn(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'],
      {stdio: ['ignore', 'ignore', 'ignore', 'pipe']},
    );
    children.push(server);
    const number = await new Promise((resolve, reject) => {
      server.stdio[3].once('data', (data) => resolve(String(data).trim()));
      server.once('error', reject);
      server.once('exit', () => reject(new Error('The X server did not start.')));
    });
    display = `:${number}`;
  }
  const port = await freePort();
  const env = {
    ...process.env,
    DISPLAY: display,
    GDK_BACKEND: 'x11',
    NO_AT_BRIDGE: '1',
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  };
  children.push(spawn('WebKitWebDriver', [`--port=${port}`], {env, stdio: 'ignore'}));
  const url = `http://127.0.0.1:${port}`;
  const stop = () => children.reverse().forEach((child) => child.kill('SIGTERM'));
  try {
    await ready(`${url}/status`);
  } catch (error) {
    stop();
    throw error;
  }
  return {url, stop};
};

export const webKitCapabilities = () =>
  new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': {binary: PATHS.miniBrowser, args: ['--automation']},
  });

const webkit = () => {
  const builder = new Builder().withCapabilities(webKitCapabilities());
  const launcher = seleniumLauncher({driverBuilder: builder});
  const initialize = launcher.initialize.bind(launcher);
  const stop = launcher.stop.bind(launcher);
  let driver;
  launcher.initialize = async (...args) => {
    driver = await startWebKitDriver();
    builder.usingServer(driver.url);
    return initialize(...args);
  };
  launcher.stop = async () => {
    try {
      await stop();
    } finally {
      driver?.stop();
    }
  };
  return launcher;
};

/** The launchers of the test runner by name. */
export const launchers = {
  chromium: () =>
    chromeLauncher({
      launchOptions: {executablePath: PATHS.chromium, headless: true, args: CHROMIUM_ARGS},
    }),
  // One page at a time: of two, the one in the background is too slow for its time limits.
  firefox: () =>
    chromeLauncher({
      concurrency: 1,
      launchOptions: {
        browser: 'firefox',
        executablePath: PATHS.firefox,
        headless: true,
        extraPrefsFirefox: FIREFOX_PREFS,
      },
    }),
  webkit,
};
