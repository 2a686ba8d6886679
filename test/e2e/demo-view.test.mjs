import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startDemo} from './support/demo.mjs';

const choose = (page, view) =>
  page.evaluate((wanted) => {
    const select = document.getElementById('view');
    select.value = wanted;
    select.dispatchEvent(new Event('change', {bubbles: true}));
  }, view);

const shows = (page, text) =>
  page.until(
    (wanted) => document.getElementById('pane').shadowRoot.textContent.includes(wanted),
    text,
  );

/** Resolves when all files are there: Firefox says of those that a reload stops that their hash is wrong. */
const untilWhole = (page) =>
  page.until(() => {
    const {shadowRoot} = document.getElementById('pane');
    const {textContent} = shadowRoot;
    return shadowRoot.querySelector('rc-composer textarea') && textContent.includes('🎉');
  });

for (const name of BROWSERS) {
  describe(`the demo's choice of a view in ${name}`, {timeout: 300_000}, () => {
    let browser;
    let demo;
    let page;
    before(async () => {
      browser = await openBrowser(name);
    });
    after(() => browser?.close());
    beforeEach(async () => {
      demo = await startDemo();
    });
    afterEach(async () => {
      await demo?.stop();
      await page?.close();
      page = undefined;
    });

    test('shows the conversation by our own elements, keeps that over a reload, and goes back', async () => {
      page = await browser.open(demo.started.page);
      await page.until(() => document.getElementById('pane').state === 'ready');
      await choose(page, 'native');
      await shows(page, 'I have asked the pharmacist, too.');
      await untilWhole(page);
      assert.deepEqual(await page.problems(), []);
      await page.evaluate(() => {
        globalThis.old = true;
        setTimeout(() => location.reload());
      });
      await page.until(
        () => !globalThis.old && document.getElementById('view')?.value === 'native',
      );
      await demo.writeAs('bob', 'Hello after the reload');
      await shows(page, 'Hello after the reload');
      await choose(page, 'embed');
      await page.until(() => {
        const {shadowRoot, state} = document.getElementById('pane');
        return state === 'ready' && shadowRoot.querySelector('iframe');
      });
      assert.equal(new URL(await page.evaluate(() => location.href)).search, '?view=embed');
    });

    test('is in the address of the second window, too', async () => {
      page = await browser.open(`${demo.started.page}chat?view=native`);
      await shows(page, 'I have asked the pharmacist, too.');
      await untilWhole(page);
      assert.equal(
        await page.evaluate(() =>
          document.querySelector('rc-chat-pane').shadowRoot.querySelector('iframe'),
        ),
        null,
      );
      assert.deepEqual(await page.problems(), []);
    });
  });
}
