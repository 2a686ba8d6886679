import {after, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startDemo} from './support/demo.mjs';

// Each of these runs in the page: a driver sends its text there, so that it can use nothing around it.

/** Whether the widget has such an element. */
const has = (selector) =>
  !!document.querySelector('pexip-chat-widget')?.shadowRoot?.querySelector(selector);
const click = (selector) =>
  document.querySelector('pexip-chat-widget').shadowRoot.querySelector(selector).click();
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
    before(async () => {
      browser = await openBrowser(name);
      demo = await startDemo();
      page = await browser.open(new URL('widget', demo.started.page).href);
      await page.until(has, '[part=launcher]');
      await page.evaluate(click, '[part=launcher]');
      await page.until(has, '[part=list] li button');
    });
    after(async () => {
      try {
        await demo?.stop();
      } finally {
        await browser?.close();
      }
    });
    const press = async (selector) => {
      await page.until(has, selector);
      await page.evaluate(click, selector);
    };
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
      await press('[part=list] li button');
      await isRead();
    });

    test('are unread while the list is shown, and read after coming back', async () => {
      await press('[part=header] button');
      await page.until(has, '[part=list]:not([inert])');
      await isWritten('Behind the list');
      await press('[part=list] li button');
      await isRead();
    });

    test('are unread while the window is closed, and read when the page opens it', async () => {
      await page.evaluate(() => document.querySelector('pexip-chat-widget').closeWidget());
      await page.until(has, 'dialog[part=window]:not([open])');
      await isWritten('Behind the button');
      await page.evaluate(() => document.querySelector('pexip-chat-widget').openWidget());
      await isRead();
    });
  });
