import {setTimeout as delay} from 'node:timers/promises';

import {Builder, Key} from 'selenium-webdriver';

import {startWebKitDriver, webKitCapabilities} from './webkit-driver.mjs';

/** How long a browser may take to start, in ms. */
const START = 40_000;
/** How long a browser may take to end, in ms. */
const QUIT = 5_000;

/** The driver itself waits for ever for a browser that hangs. */
export const within = (time, promise) => {
  const late = new AbortController();
  const fail = () => Promise.reject(new Error(`WebKit did not answer within ${time} ms.`));
  return Promise.race([
    Promise.resolve(promise).finally(() => late.abort()),
    delay(time, undefined, {signal: late.signal}).then(fail),
  ]);
};

/** A key by its name in `KeyboardEvent.key`. */
const keyOf = (name) => Key[name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()] ?? name;

/** What puppeteer's keyboard does, by WebKit's driver. */
const keyboardOf = (browser) => ({
  type: (text) => browser.actions().sendKeys(text).perform(),
  press: (name) => browser.actions().sendKeys(keyOf(name)).perform(),
  down: (name) => browser.actions().keyDown(keyOf(name)).perform(),
  up: (name) => browser.actions().keyUp(keyOf(name)).perform(),
});

/**
 * Runs each test file as the top page of one WebKit browser. Instead of @web/test-runner-selenium, which puts
 * the files one after another into a frame of one page and does not wait for it: a frame that did not load was
 * found out by no one until the run's own time limit, and failed the file.
 */
class WebKitLauncher {
  name = 'WebKit';
  type = 'webkit';
  concurrency = 1;
  #service;
  #browser;
  #active;
  #pageLoad;

  constructor(pageLoad) {
    this.#pageLoad = pageLoad;
  }

  async initialize() {}

  async startSession(id, url) {
    this.#active = id;
    try {
      await this.#open(url);
    } catch (error) {
      console.warn(`WebKit is started afresh for ${url}: ${error.message}`);
      await this.#quit();
      await this.#open(url);
    }
  }

  async stopSession() {
    this.#active = undefined;
    try {
      await within(this.#pageLoad, this.#browser.get('about:blank'));
    } catch {
      await this.#quit();
    }
    return {};
  }

  isActive(id) {
    return this.#active === id;
  }

  /** As the launchers of the other browsers have it, for test/support/keys-plugin.mjs. */
  getPage() {
    return {keyboard: keyboardOf(this.#browser)};
  }

  getBrowserUrl() {
    return this.#browser.getCurrentUrl();
  }

  async stop() {
    await this.#quit();
  }

  /** Resolves once the page and the modules of its tests have loaded. */
  async #open(url) {
    if (!this.#browser) {
      this.#service = await startWebKitDriver();
      const builder = new Builder()
        .withCapabilities(webKitCapabilities())
        .usingServer(this.#service.url);
      this.#browser = await within(START, builder.build());
    }
    await within(this.#pageLoad, this.#browser.get(url));
  }

  async #quit() {
    const browser = this.#browser;
    this.#browser = undefined;
    // A browser that hangs does not answer this; it ends with its driver.
    await within(QUIT, browser?.quit()).catch(() => {});
    this.#service?.stop();
  }
}

/**
 * A launcher for @web/test-runner.
 *
 * @param {number} pageLoad how long a page may take to load its tests, in ms, before the browser is started
 * afresh
 */
export const webkit = ({pageLoad = 25_000} = {}) => new WebKitLauncher(pageLoad);
