import {spawn} from 'node:child_process';

import {Capabilities} from 'selenium-webdriver';

import {freePort, PATHS} from './machine.mjs';

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
