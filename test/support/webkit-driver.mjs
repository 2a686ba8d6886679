import {spawn} from 'node:child_process';

import {Capabilities} from 'selenium-webdriver';

import {freePort, PATHS} from './machine.mjs';

/** How often a program is started that another one was quicker than, at a display or a port. */
const TRIES = 5;

/** Starts something anew if it fails, as what was free a moment ago may be taken. */
const tryAgain = async (start) => {
  for (let tries = 1; ; tries++) {
    try {
      return await start();
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
};

/** Waits until the driver answers. One that finds its port taken ends, and then somebody else may answer. */
const ready = async (child, url, attempts = 600) => {
  for (let attempt = 1; ; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const answer = await fetch(url).catch(() => undefined);
    if (child.exitCode !== null) throw new Error("WebKit's driver has ended.");
    if (answer?.ok) return;
    if (attempt === attempts) throw new Error("WebKit's driver does not answer.");
  }
};

/** Starts an X server, and tells its display. */
const startDisplay = async () => {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'],
    {stdio: ['ignore', 'ignore', 'ignore', 'pipe']},
  );
  const number = await new Promise((resolve, reject) => {
    server.stdio[3].once('data', (data) => resolve(String(data).trim()));
    server.once('error', reject);
    server.once('exit', () => reject(new Error('The X server did not start.')));
  });
  return {server, display: `:${number}`};
};

/** Starts the driver at a free port, and tells its address. */
const startDriver = async (env) => {
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {env, stdio: 'ignore'});
  const url = `http://127.0.0.1:${port}`;
  try {
    await ready(driver, `${url}/status`);
  } catch (error) {
    driver.kill('SIGTERM');
    throw error;
  }
  return {driver, url};
};

/** WebKitGTK has no headless mode: starts an X server and a driver, and tells how to stop them. */
export const startWebKitDriver = async () => {
  const children = [];
  let display = process.env.DISPLAY;
  if (!display) {
    const started = await tryAgain(startDisplay);
    children.push(started.server);
    display = started.display;
  }
  const env = {
    ...process.env,
    DISPLAY: display,
    GDK_BACKEND: 'x11',
    NO_AT_BRIDGE: '1',
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  };
  const stop = () => children.reverse().forEach((child) => child.kill('SIGTERM'));
  try {
    const {driver, url} = await tryAgain(() => startDriver(env));
    children.push(driver);
    return {url, stop};
  } catch (error) {
    stop();
    throw error;
  }
};

export const webKitCapabilities = () =>
  new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': {binary: PATHS.miniBrowser, args: ['--automation']},
  });
