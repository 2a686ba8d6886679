import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {violationsIn} from './support/axe.mjs';
import {startDemo} from './support/demo.mjs';

const NARROW = {width: 360, height: 740};

/** Runs in the page: what has the focus within the pane, by what it is called. */
const focused = () => {
  const found = document.querySelector('rc-chat-pane').shadowRoot.activeElement;
  if (!found) return '';
  return found.localName === 'article' ? 'message' : (found.ariaLabel ?? found.localName);
};

/** Runs in the page: writes a message in the name of the user. */
const send = async (text) => {
  const pane = document.querySelector('rc-chat-pane');
  await pane.send(text);
};

/** Runs in the page: whether the latest message has this text, and its tools. */
const isLatest = (text) => {
  const all = [...document.querySelector('rc-chat-pane').shadowRoot.querySelectorAll('article')];
  const message = all.find(
    (each) => each.ariaPosInSet === each.ariaSetSize && each.textContent.includes(text),
  );
  return !!message?.querySelector('.actions button');
};

for (const name of BROWSERS) {
  describe(`the native view in ${name}`, {timeout: 600_000}, () => {
    let browser;
    let demo;
    let page;
    before(async () => {
      browser = await openBrowser(name);
    });
    after(() => browser?.close());
    beforeEach(async () => {
      page = undefined;
      demo = await startDemo();
      page = await browser.open(`${demo.started.page}chat?view=native`, NARROW);
      await page.until(() =>
        document.querySelector('rc-chat-pane').shadowRoot?.querySelector('rc-composer textarea'),
      );
    });
    afterEach(async () => {
      await demo?.stop();
      await page?.close();
    });

    test('is gone through by Tab: bar, one message with its tools, where one writes', async () => {
      await page.evaluate(send, 'By Tab');
      await page.until(isLatest, 'By Tab');
      await page.evaluate(() => document.getElementById('view').focus());
      const places = [];
      for (let presses = 0; presses < 14 && !places.includes('textarea'); presses++) {
        await page.press('Tab');
        const place = await page.evaluate(focused);
        places.push(/^Message/.test(place) ? 'textarea' : place);
      }
      assert.equal(places.filter((each) => each === 'message').length, 1, places.join(' | '));
      const inOrder = ['Open in Rocket.Chat', 'message', 'Quote', 'Delete', 'textarea'];
      const found = inOrder.map((each) => places.indexOf(each));
      assert.ok(!found.includes(-1), places.join(' | '));
      assert.deepEqual(
        found,
        [...found].sort((a, b) => a - b),
      );
    });

    test('goes by keys from a message into its thread and back', async () => {
      await page.evaluate(send, 'A question');
      await page.until(isLatest, 'A question');
      await page.evaluate(() => {
        const {shadowRoot} = document.querySelector('rc-chat-pane');
        [...shadowRoot.querySelectorAll('article')]
          .find((each) => each.textContent.includes('A question'))
          .querySelector('[aria-label="Reply in a thread"]')
          .focus();
      });
      await page.press('Enter');
      await page.until(() => {
        const {activeElement} = document.querySelector('rc-chat-pane').shadowRoot;
        return activeElement?.closest('rc-thread') && activeElement.localName === 'textarea';
      });
      await page.press('Escape');
      await page.until(() => {
        const {activeElement} = document.querySelector('rc-chat-pane').shadowRoot;
        return activeElement?.localName === 'article';
      });
      await page.press('Escape');
      await page.until(() => {
        const {activeElement} = document.querySelector('rc-chat-pane').shadowRoot;
        return activeElement?.localName === 'textarea';
      });
    });

    test('has nothing that axe finds, in a narrow window', async () => {
      await page.until(() =>
        document.querySelector('rc-chat-pane').shadowRoot.querySelector('.actions button'),
      );
      assert.deepEqual(await violationsIn(page), []);
    });
  });
}
