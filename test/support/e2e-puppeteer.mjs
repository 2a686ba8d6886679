import puppeteer from 'puppeteer-core';

import {CHROMIUM_ARGS, FIREFOX_PREFS} from './browsers.mjs';
import {PATHS} from './machine.mjs';
import {noteViolations} from './e2e-in-page.mjs';

/** More than the longest that a person waits in the demo, 20 seconds for a chat that is shut, on a busy machine. */
const TIMEOUT = 60_000;
/** The first of several waits, each twice as long as the one before. */
const FIRST_WAIT = 250;
const SCHEME_PREF = 'layout.css.prefers-color-scheme.content-override';

// Without processes of their own for frames: of two that start at once, puppeteer may lose one.
const SAME_PROCESS = '--disable-site-isolation-trials';

const launchOptions = {
  chromium: () => ({executablePath: PATHS.chromium, args: [...CHROMIUM_ARGS, SAME_PROCESS]}),
  firefox: (scheme) => ({
    browser: 'firefox',
    executablePath: PATHS.firefox,
    extraPrefsFirefox: {...FIREFOX_PREFS, [SCHEME_PREF]: scheme === 'dark' ? 0 : 1},
  }),
};

const scopeOf = (page, findFrame) => {
  /** Tries again in the document that is there by then: Firefox waits for ever in one that has gone. */
  const wait = async (attempt) => {
    const end = Date.now() + TIMEOUT;
    for (let timeout = FIRST_WAIT; ; timeout *= 2) {
      try {
        return await attempt(await findFrame(), Math.min(timeout, TIMEOUT));
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  };
  const called = (name) => `::-p-aria([name="${name}"])`;
  const find = (name) =>
    wait(
      async (frame, timeout) =>
        // To look first is faster by far in Firefox.
        (await frame.$(called(name))) ??
        frame.locator(called(name)).setTimeout(timeout).waitHandle(),
    );
  const click = async (name) => (await find(name)).click();
  return {
    click,
    fill: async (name, text) => {
      await click(name);
      await page.keyboard.type(text);
    },
    choose: async (name, option) => {
      const list = await find(name);
      const value = await list.evaluate(
        ({options}, text) => [...options].find((each) => each.text === text).value,
        option,
      );
      await list.select(value);
    },
    has: async (name) => !!(await (await findFrame()).$(called(name))),
    see: async (name) => void (await find(name)),
    text: async () => (await findFrame()).evaluate(() => document.body.innerText),
    press: async (...keys) => {
      for (const key of keys) {
        const [last, ...modifiers] = key.split('+').reverse();
        for (const each of modifiers) await page.keyboard.down(each);
        await page.keyboard.press(last);
        for (const each of modifiers) await page.keyboard.up(each);
      }
    },
    evaluate: async (code, ...args) => (await findFrame()).evaluate(code, ...args),
    until: async (condition, ...args) => {
      // Polled by the clock, as a frame that is not seen has no animation frames.
      await wait((frame, timeout) =>
        frame.waitForFunction(condition, {polling: 50, timeout}, ...args),
      );
    },
  };
};

const openPage = async (browser, media, url, {width = 1280, height = 1000} = {}) => {
  const page = await browser.newPage();
  if (media) {
    // Puppeteer's own way knows not all of them.
    const session = await page.createCDPSession();
    await session.send('Emulation.setEmulatedMedia', {features: media});
  }
  const problems = [];
  page.on('console', (message) => {
    const {url: source = ''} = message.location();
    if (['error', 'warn'].includes(message.type())) problems.push(`${message.text()} ${source}`);
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.setViewport({width, height});
  await page.evaluateOnNewDocument(noteViolations);
  await page.goto(url, {timeout: TIMEOUT});
  const inFrame = (prefix) =>
    scopeOf(page, () =>
      page.waitForFrame(
        (frame) => frame.url().startsWith(prefix) && frame.parentFrame() === page.mainFrame(),
        {timeout: TIMEOUT},
      ),
    );
  return {
    ...scopeOf(page, async () => page.mainFrame()),
    inFrame,
    problems: async () => [...problems, ...(await page.evaluate(() => globalThis.cspViolations))],
    front: () => page.bringToFront(),
    setOffline: (offline) => page.setOfflineMode(offline),
    screenshot: async (path) => void (await page.screenshot({path})),
    close: () => page.close(),
  };
};

/** Starts Chromium, or Firefox by WebDriver BiDi; see `openBrowser`. */
export const openPuppeteer = async (name, scheme, acceptInsecureCerts, media = []) => {
  const options = {
    ...launchOptions[name](scheme),
    headless: true,
    acceptInsecureCerts,
    timeout: 2 * TIMEOUT,
  };
  const browser = await puppeteer.launch(options);
  // Firefox has it from its preferences, as BiDi has no way to set it.
  const emulated =
    name === 'chromium' ? [{name: 'prefers-color-scheme', value: scheme}, ...media] : undefined;
  return {
    open: (url, size) => openPage(browser, emulated, url, size),
    close: () => browser.close(),
  };
};
