import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startDemo} from './support/demo.mjs';
import {buttonIs, openDemo, paneIs} from './support/demo-page.mjs';

const unreadIs = (page, text) =>
  page.until((wanted) => document.getElementById('unread').textContent === wanted, text);

const write = async (chat, text) => {
  await chat.fill('Message', text);
  await chat.press('Enter');
};

const READS = (text) => document.body.innerText.includes(text);

for (const name of BROWSERS) {
  describe(`the demo in ${name}`, {timeout: 600_000}, () => {
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
      await alice.join();
    });
    afterEach(async () => {
      await demo?.stop();
      await alice?.page.close();
    });

    test("opens and closes the chat by the button in the meeting's toolbar, and keeps it loaded", async () => {
      const {page, meeting, chat, openChat, closeChat} = alice;
      await paneIs(page, 'closed');
      await openChat();
      await buttonIs(meeting, 'Close Chat', {pressed: true, badge: false});
      await chat.evaluate(() => (globalThis.sameDocument = true));

      await closeChat();
      await buttonIs(meeting, 'Open Chat', {pressed: false, badge: false});
      const frame = await page.evaluate(() => {
        const {shadowRoot} = document.querySelector('rc-chat-pane');
        const {width, height} = shadowRoot.querySelector('iframe').getBoundingClientRect();
        return {width, height};
      });
      assert.ok(frame.width > 0 && frame.height > 0, 'a frame without size is stopped');
      assert.equal(await chat.evaluate(() => globalThis.sameDocument), true);
    });

    test('breaks no rule of its Content Security Policy and writes no error to the console', async () => {
      await alice.openChat();
      await alice.closeChat();
      assert.deepEqual(await alice.page.problems(), []);
    });

    test('shows a badge and the number of what Bob writes, until the chat is opened and read', async () => {
      const {page, meeting, chat, openChat} = alice;
      const address = await page.evaluate(() => document.getElementById('bob').href);
      const bob = await browser.open(address);
      await write(bob.inFrame(demo.started.rocketChat.replace('127.0.0.1', 'localhost')), 'Hi!');
      await buttonIs(meeting, 'Open Chat', {pressed: false, badge: true});
      await unreadIs(page, '1');
      await bob.close();

      await page.front();
      await openChat();
      await chat.click('Message');
      await chat.until(READS, 'Hi!');
      await unreadIs(page, '0');
      await buttonIs(meeting, 'Close Chat', {pressed: true, badge: false});
    });

    test('has button, badge and pane as before after a reload of page, meeting or plugin', async () => {
      const {page, meeting, chat, openChat} = alice;
      const again = async () => {
        await meeting.see('Join');
        await meeting.click('Join');
      };
      const reloads = {
        meetingByThePage: async () => {
          await page.click('Reload the meeting');
          // WebKit's driver clicks beside what is in a frame of a page that it has scrolled itself.
          await page.evaluate(() => scrollTo(0, 0));
          await again();
        },
        webApp3: async () => {
          await meeting.evaluate(() => void setTimeout(() => location.reload()));
          await again();
        },
        plugin: async () => {
          // The button of the old plugin stays until the new one has its own.
          await meeting.evaluate(() => {
            document.querySelector('.plugin-button').dataset.old = '';
          });
          await meeting.click('Simulator');
          await meeting.click('Reload plugin');
          await meeting.click('Simulator');
          await meeting.until(() => !document.querySelector('[data-old]'));
        },
      };
      await demo.writeAs('bob', 'Hello');
      await buttonIs(meeting, 'Open Chat', {pressed: false, badge: true});
      for (const reload of Object.values(reloads)) {
        await reload();
        await buttonIs(meeting, 'Open Chat', {pressed: false, badge: true});
        await paneIs(page, 'closed');
      }
      await openChat();
      await chat.click('Message');
      await unreadIs(page, '0');
      for (const reload of Object.values(reloads)) {
        await reload();
        await buttonIs(meeting, 'Close Chat', {pressed: true, badge: false});
        await paneIs(page, 'open');
      }
    });

    // The other drivers cannot cut a browser off.
    if (name !== 'chromium') return;
    test('opens the chat without a network', async () => {
      const {page, openChat, closeChat} = alice;
      const before = await page.problems();
      await page.setOffline(true);
      await openChat();
      await closeChat();
      await page.setOffline(false);
      assert.deepEqual(await page.problems(), before);
    });
  });
}
