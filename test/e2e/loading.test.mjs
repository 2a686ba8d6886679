import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startOwnPage} from './support/own-page.mjs';
import {pageWith} from './support/readme.mjs';

const page = ({node}, {loading, language = 'en', above = ''}) =>
  pageWith(`
<script src="/pexip-chat-room/pexip-chat-room.min.js"></script>
${above}
<pexip-chat-room node="${node}" room="consultation" loading="${loading}"
  language="${language}"></pexip-chat-room>`);

const ABOVE = '<p style="block-size: 5000px">Read this first.</p>';

const stateOf = (open) => open.evaluate(() => document.querySelector('pexip-chat-room').state);
const stateIs = (open, state) =>
  open.until((wanted) => document.querySelector('pexip-chat-room').state === wanted, state);

/** Waits until the button is seen. It lies in a shadow tree, where not every driver finds it. */
const starterIs = (open, text) =>
  open.until((wanted) => {
    const {shadowRoot} = document.querySelector('pexip-chat-room');
    const button = shadowRoot?.querySelector('.cover button');
    return button?.textContent === wanted && button.checkVisibility();
  }, text);

/** Resolves when the page has painted, which is when the browser has looked at what is in view. */
const painted = (open) =>
  open.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)));
      }),
  );

for (const name of BROWSERS) {
  describe(`a meeting that waits in ${name}`, {timeout: 300_000}, () => {
    let browser;
    let own;
    let open;
    before(async () => {
      browser = await openBrowser(name);
    });
    after(() => browser?.close());
    beforeEach(async () => {
      open = undefined;
      own = await startOwnPage();
    });
    afterEach(async () => {
      await own?.stop();
      await open?.close();
    });

    test('with loading="lazy" starts when it is scrolled near, and not before', async () => {
      open = await browser.open(own.serve(page(own, {loading: 'lazy', above: ABOVE})));
      await open.front();
      await painted(open);
      assert.equal(await stateOf(open), 'idle');
      await open.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await stateIs(open, 'ready');
      assert.deepEqual(await open.problems(), []);
    });

    test('with loading="lazy" starts at once where it is in view', async () => {
      open = await browser.open(own.serve(page(own, {loading: 'lazy'})));
      await open.front();
      await stateIs(open, 'ready');
    });

    test('with loading="click" starts by the keyboard, and the next Tab is in the meeting', async () => {
      open = await browser.open(own.serve(page(own, {loading: 'click'})));
      await starterIs(open, 'Show the meeting');
      assert.equal(await stateOf(open), 'idle');
      await open.evaluate(() => {
        document.body.tabIndex = -1;
        document.body.focus();
      });
      await open.press('Tab');
      await open.press('Enter');
      await stateIs(open, 'ready');
      const focused = () =>
        document.querySelector('pexip-chat-room').shadowRoot.activeElement?.localName;
      // WebKit names no frame that has the focus.
      if (name !== 'webkit') assert.equal(await open.evaluate(focused), 'iframe');
      const meeting = open.inFrame(own.node);
      await meeting.click('Join');
      await stateIs(open, 'connected');
    });

    test('with loading="click" has its button in Arabic', async () => {
      const html = page(own, {loading: 'click', language: 'ar'});
      open = await browser.open(own.serve(html));
      await starterIs(open, 'عرض الاجتماع');
      await open.evaluate(() =>
        document.querySelector('pexip-chat-room').shadowRoot.querySelector('.cover button').click(),
      );
      await stateIs(open, 'ready');
      assert.deepEqual(await open.problems(), []);
    });
  });
}
