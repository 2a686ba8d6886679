import {writeFile} from 'node:fs/promises';

import {Builder, By, Key, Select} from 'selenium-webdriver';

import {startWebKitDriver, webKitCapabilities} from './webkit-driver.mjs';
import {within} from './webkit-launcher.mjs';
import {findFrame, keepPainting, noteProblems} from './e2e-in-page.mjs';

const TIMEOUT = 60_000;
/** How long something may come out false before the document is looked for anew. */
const PATIENCE = 5_000;
const CONTROLS = By.css('a[href], button, input, select, summary, textarea');

const run = async (driver, code, args) => {
  if (typeof code === 'string') return driver.executeScript(code);
  const {value, error} = await driver.executeAsyncScript(
    `const done = arguments[arguments.length - 1];
     Promise.resolve((${code})(...[...arguments].slice(0, -1))).then(
       (value) => done({value}),
       (error) => done({error: String(error)}),
     );`,
    ...args,
  );
  if (error) throw new Error(error);
  return value;
};

/**
 * One driver is in one document at a time. It goes to another one only when it must, as going there
 * takes the focus along.
 */
class Position {
  #now;

  async enter(scope, go) {
    if (this.#now === scope) return;
    this.lose();
    await go();
    this.#now = scope;
  }

  /** The document may be no longer there. */
  lose() {
    this.#now = undefined;
  }
}

const scopeOf = (driver, position, go) => {
  const me = Symbol('scope');
  const enter = () => position.enter(me, go);
  /** Tries until it comes out true. A document that is on its way out counts as not yet. */
  const wait = (attempt, what) => {
    let patience = Date.now() + PATIENCE;
    const tryAgain = async () => {
      try {
        await enter();
        const result = await attempt();
        if (result || Date.now() < patience) return result;
        patience = Infinity;
      } catch {
        // It may be another document by now.
      }
      position.lose();
      return false;
    };
    return driver.wait(tryAgain, TIMEOUT, `Waited in vain for ${what}`);
  };
  const find = async (name) => {
    for (const control of await driver.findElements(CONTROLS)) {
      // What is not displayed has no name: asking for it is an error.
      if (!(await control.isDisplayed())) continue;
      const found = await control.getAccessibleName();
      if (found === name) return control;
      // WebKit reads what is chosen as part of the name.
      const isList = (await control.getTagName()) === 'select';
      if (isList && found.startsWith(`${name} `)) return control;
    }
    return null;
  };
  const keys = (...names) =>
    names.reduce((actions, name) => {
      const [last, ...modifiers] = name
        .split('+')
        .reverse()
        .map((each) => Key[each.toUpperCase()] ?? each);
      for (const each of modifiers) actions.keyDown(each);
      actions.sendKeys(last);
      for (const each of modifiers) actions.keyUp(each);
      return actions;
    }, driver.actions());
  return {
    click: async (name) => (await wait(() => find(name), `"${name}"`)).click(),
    fill: async (name, text) => {
      const control = await wait(() => find(name), `"${name}"`);
      await control.click();
      await control.sendKeys(text);
    },
    choose: async (name, option) => {
      const control = await wait(() => find(name), `"${name}"`);
      await new Select(control).selectByVisibleText(option);
    },
    has: async (name) => {
      await enter();
      return !!(await find(name));
    },
    see: (name) => wait(async () => !!(await find(name)), `"${name}"`),
    text: async () => {
      await enter();
      return driver.executeScript('return document.body.innerText');
    },
    press: async (...names) => {
      await enter();
      await keys(...names).perform();
    },
    evaluate: async (code, ...args) => {
      await enter();
      return run(driver, code, args);
    },
    until: async (condition, ...args) =>
      void (await wait(() => run(driver, condition, args), condition)),
  };
};

/** Sets the size of what the page gets; a window does not become narrower than its own buttons. */
const resize = async (driver, width, height) => {
  const window = driver.manage().window();
  const inner = () => driver.executeScript('return {width: innerWidth, height: innerHeight}');
  // Again and again, as a new window may still be on its way to its first size.
  const isSet = async () => {
    const {height: outer} = await window.getRect();
    const bars = outer - (await inner()).height;
    const set = await window.setRect({x: 0, y: 0, width, height: height + bars});
    const now = await inner();
    return now.width === Math.max(width, set.width) && now.height === height;
  };
  await driver.wait(isSet, TIMEOUT, 'Waited in vain for the size of the window');
};

const openPage = async (driver, position, handle, url, {width = 1280, height = 1000} = {}) => {
  const goToTop = async () => {
    await driver.switchTo().window(handle);
    await driver.switchTo().defaultContent();
  };
  const goToFrame = async (prefix) => {
    await goToTop();
    const frame = await driver.wait(() => run(driver, findFrame, [prefix]), TIMEOUT, prefix);
    await driver.switchTo().frame(frame);
  };
  const page = scopeOf(driver, position, goToTop);
  await resize(driver, width, height);
  await driver.get(url);
  await page.evaluate(noteProblems);
  return {
    ...page,
    inFrame: (prefix) => scopeOf(driver, position, () => goToFrame(prefix)),
    problems: () => page.evaluate(() => globalThis.problems),
    front: goToTop,
    screenshot: async (file) => {
      position.lose();
      await goToTop();
      // The driver waits for the next picture, which never comes where nothing moves.
      await driver.executeScript(keepPainting);
      await writeFile(file, await driver.takeScreenshot(), 'base64');
    },
    close: async () => {
      position.lose();
      await goToTop();
      await driver.close();
    },
  };
};

const start = async (scheme, anyCertificate) => {
  const {url, stop} = await startWebKitDriver();
  const capabilities = webKitCapabilities().setAcceptInsecureCerts(anyCertificate);
  if (scheme === 'dark') {
    capabilities.get('webkitgtk:browserOptions').args.push('--dark-mode');
  }
  const builder = new Builder().usingServer(url).withCapabilities(capabilities);
  try {
    return {driver: await within(TIMEOUT, builder.build()), stop};
  } catch (error) {
    stop();
    throw error;
  }
};

/** Starts WebKitGTK; see `openBrowser`. A browser that hangs at its start is started afresh, as the launcher does. */
export const openSelenium = async (_, ...options) => {
  const {driver, stop} = await start(...options).catch(() => start(...options));
  const position = new Position();
  await driver.manage().setTimeouts({script: TIMEOUT / 2});
  // The window that the browser starts with stays: without one, the session would end.
  const open = async (address, size) => {
    const [first] = await driver.getAllWindowHandles();
    position.lose();
    await driver.switchTo().window(first);
    await driver.switchTo().newWindow('window');
    return openPage(driver, position, await driver.getWindowHandle(), address, size);
  };
  const close = async () => {
    try {
      await driver.quit();
    } finally {
      stop();
    }
  };
  return {open, close};
};
