import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startDemo} from './support/demo.mjs';
import {buttonIs, openDemo, paneIs} from './support/demo-page.mjs';

/** Two whole rounds and more, should one be lost on its way into a frame: there are some 15 places. */
const PRESSES = 40;

/** Runs in a document: notes where the focus comes. */
const noteFocus = () => {
  globalThis.visited = [];
  document.addEventListener('focusin', (event) => {
    const [element] = event.composedPath();
    const {id, ariaLabel, textContent, name, localName} = element;
    globalThis.visited.push(id || ariaLabel || name || textContent.trim() || localName);
  });
};

/**
 * Presses Tab, from the start of the page until the focus has been everywhere.
 *
 * The documents tell afterwards, as WebKit's driver moves the focus to whatever document it asks,
 * and as WebKit's `activeElement` is never a frame.
 */
const placesOf = async (page, frames) => {
  for (const frame of frames) await frame.evaluate(noteFocus);
  await page.evaluate(noteFocus);
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
  });
  for (let presses = 0; presses < PRESSES; presses++) await page.press('Tab');
  const places = [];
  for (const scope of [page, ...frames]) {
    places.push([...new Set(await scope.evaluate(() => globalThis.visited))]);
  }
  return places;
};

const includesAll = (found, wanted) => {
  for (const place of wanted) assert.ok(found.includes(place), `${place} is not in ${found}`);
};

const PAGE = ['bob', 'reload', 'people-opener', 'destination', 'Dial', 'log'];

for (const name of BROWSERS) {
  describe(`the demo by keyboard in ${name}`, {timeout: 600_000}, () => {
    let browser;
    let demo;
    let alice;
    before(async () => {
      browser = await openBrowser(name);
    });
    after(() => browser?.close());
    beforeEach(async () => {
      alice = undefined;
      demo = await startDemo();
      alice = await openDemo(browser, demo.started);
    });
    afterEach(async () => {
      await demo?.stop();
      await alice?.page.close();
    });

    test('reaches the meeting and everything of the page, but never the closed chat', async () => {
      const {page, meeting, chat, join} = alice;
      await join();
      const [inPage, inMeeting, inChat] = await placesOf(page, [meeting, chat]);
      includesAll(inPage, PAGE);
      includesAll(inMeeting, ['Open Chat', 'leave']);
      assert.deepEqual(inChat, []);
    });

    test('reaches the chat, too, when it is open', async () => {
      const {page, meeting, chat, join, openChat} = alice;
      await join();
      await openChat();
      const [inPage, inMeeting, inChat] = await placesOf(page, [meeting, chat]);
      includesAll(inPage, PAGE);
      includesAll(inMeeting, ['Close Chat', 'leave']);
      includesAll(inChat, ['Members', 'Message']);
    });

    test('joins, and opens and closes the chat', async () => {
      const {page, meeting} = alice;
      await meeting.see('Join');
      await page.until(() => document.getElementById('room').state === 'ready');
      // The name, then Join. The focus goes on to the heading, and the chat's button is next.
      await page.press('Tab', 'Tab', 'Enter');
      await page.until(() => document.getElementById('room').state === 'connected');
      await page.press('Tab', 'Enter');
      await paneIs(page, 'open');
      await buttonIs(meeting, 'Close Chat', {pressed: true, badge: false});
      await meeting.press('Enter');
      await paneIs(page, 'closed');
    });

    test('dials', async () => {
      const {page, join} = alice;
      await join();
      await page.until(
        () => document.getElementById('dial-result').textContent === 'Ready to dial.',
      );
      await page.evaluate(() => document.getElementById('start-meeting').focus());
      await page.press('Tab', 'S');
      await page.until(() => document.activeElement.value === 'refuse@example.com');
      await page.press('Tab', 'Enter');
      await page.until(() =>
        document.getElementById('dial-result').textContent.includes('refused'),
      );
    });
  });
}
