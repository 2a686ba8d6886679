import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startWidgetPage} from './support/widget-page.mjs';

const PAGE = `<!doctype html><html lang="en"><title>Harbour Bank</title>
  <script src="/pexip-chat-room/pexip-chat-room.min.js"></script>
  <pexip-chat-widget broker="%BROKER%"></pexip-chat-widget>
  <script>document.querySelector('pexip-chat-widget').accessToken = '%TOKEN%';</script>`;

/** In the page: what an operation of the widget rejects with. */
const codeOf = (operation, ...args) =>
  document
    .querySelector('pexip-chat-widget')
    [operation](...args)
    .then(
      () => 'resolved',
      ({code}) => code,
    );
const chats = () => document.querySelector('pexip-chat-widget').getChats().length;

// In the built files: each has a class of its own for what Rocket.Chat refuses.
for (const name of BROWSERS) {
  describe(`what Rocket.Chat refuses a widget in ${name}`, {timeout: 120_000}, () => {
    let browser;
    let own;
    let page;
    before(async () => {
      browser = await openBrowser(name);
      own = await startWidgetPage({
        permissions: {'create-d': ['admin'], 'delete-d': ['admin']},
        brokerSettings: {chats: {delete: true}},
      });
      own.serve(PAGE.replace('%BROKER%', own.broker));
      page = await browser.open(own.address);
      await page.until(chats);
    });
    after(async () => {
      await page?.close();
      await browser?.close();
      await own?.stop();
    });

    for (const operation of ['addChat', 'selectChat', 'composeMessage'])
      test(`is action-refused for ${operation}() with somebody new`, async () => {
        const message = operation === 'composeMessage' ? ['Hello', true] : [];
        assert.equal(await page.evaluate(codeOf, operation, 'carol', ...message), 'action-refused');
      });

    test('is action-refused for removeChat(), which changes nothing', async () => {
      const before = await page.evaluate(chats);
      assert.equal(await page.evaluate(codeOf, 'removeChat', 'bob'), 'action-refused');
      assert.equal(await page.evaluate(chats), before);
    });

    test('is user-not-found for a username that there is not', async () => {
      assert.equal(await page.evaluate(codeOf, 'addChat', '@nobody'), 'user-not-found');
    });

    test('is all that there is: a username that there is leaves no error on the console', async () => {
      assert.equal(await page.evaluate(codeOf, 'addChat', '@bob'), 'resolved');
      assert.deepEqual(await page.problems(), []);
    });
  });
}
