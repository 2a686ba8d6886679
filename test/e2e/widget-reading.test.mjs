import {after, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startDemo} from './support/demo.mjs';
import {openWidgetPage} from './support/widget-demo.mjs';

// Each of these runs in the page: a driver sends its text there, so that it can use nothing around it.

/** How many messages are unread, of all chats. */
const unreadIs = (wanted) =>
  document
    .querySelector('pexip-chat-widget')
    .getUnreadMessages()
    .reduce((sum, {unreadMessages}) => sum + unreadMessages, 0) === wanted;
const badgeSays = (text) =>
  document.querySelector('pexip-chat-widget').shadowRoot.querySelector('[part=badge]').dataset
    .count === text;
/** Whether the pane has a message, seen or not. */
const paneHolds = (text) =>
  document
    .querySelector('pexip-chat-widget')
    .shadowRoot.querySelector('rc-chat-pane')
    ?.shadowRoot.textContent.includes(text);

for (const name of BROWSERS)
  describe(`messages that the widget shows in ${name}`, {timeout: 300_000}, () => {
    let browser;
    let demo;
    let page;
    let sees;
    let click;
    before(async () => {
      browser = await openBrowser(name);
      demo = await startDemo();
      const opened = await openWidgetPage(browser, demo.started);
      ({page, sees, click} = opened);
      await opened.openWindow();
    });
    after(async () => {
      try {
        await demo?.stop();
      } finally {
        await browser?.close();
      }
    });
    /** Another message, which the pane has without being seen. */
    const isWritten = async (text) => {
      await demo.writeAs('bob', text);
      await page.until(paneHolds, text);
      await page.until(unreadIs, 1);
      await page.until(badgeSays, '1');
    };
    const isRead = async () => {
      await page.until(unreadIs, 0);
      await page.until(badgeSays, '');
    };

    test('are read when the chat is opened', async () => {
      await demo.writeAs('bob', 'First');
      await page.until(unreadIs, 1);
      await click('[part=list] li button');
      await isRead();
    });

    test('are unread while the list is shown, and read after coming back', async () => {
      await click('[part=header] button');
      await sees('[part=list]:not([inert])');
      await isWritten('Behind the list');
      await click('[part=list] li button');
      await isRead();
    });

    test('are unread while the window is closed, and read when the page opens it', async () => {
      await page.evaluate(() => document.querySelector('pexip-chat-widget').closeWidget());
      await sees('dialog[part=window]:not([open])');
      await isWritten('Behind the button');
      await page.evaluate(() => document.querySelector('pexip-chat-widget').openWidget());
      await isRead();
    });
  });
