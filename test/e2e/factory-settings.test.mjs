import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startDemo} from './support/demo.mjs';

/**
 * The pane's first error, as the page lists it, which takes as long as the pane is patient. Who listens
 * for it once the page has loaded may come too late.
 */
const errorOfPane = async (page) => {
  await page.until(() => document.getElementById('log').innerText.includes('rc-error'));
  const log = await page.evaluate(() => document.getElementById('log').innerText);
  return /.*rc-error ([\w-]+):/s.exec(log)[1];
};

/** What the person reads above the conversation; nothing while it is hidden. */
const noticeOf = (page) =>
  page.evaluate(() => {
    const pane = document.getElementById('pane');
    const notice = pane.shadowRoot.querySelector('[part=notice]');
    const words = pane.querySelector('[slot=notice]');
    return notice.checkVisibility({visibilityProperty: true}) ? words.innerText : '';
  });

for (const name of BROWSERS) {
  describe(`the demo with factory settings in ${name}`, {timeout: 300_000}, () => {
    let browser;
    let demo;
    before(async () => {
      browser = await openBrowser(name);
      demo = await startDemo({factorySettings: true});
    });
    after(async () => {
      await demo?.stop();
      await browser?.close();
    });

    test('shows the meeting, and in the chat a notice that says why it is shut', async () => {
      const {page: address, webApp3} = demo.started;
      const page = await browser.open(address);
      assert.equal(await errorOfPane(page), 'events-disabled');
      const meeting = page.inFrame(webApp3);
      await meeting.click('Join');
      await meeting.click('Open Chat');
      await page.until(() => document.querySelector('rc-chat-pane').active);
      assert.match(await noticeOf(page), /as newly installed.*docs\/getting-started\.md/s);
      const [state, events] = await page.evaluate(() =>
        ['chat-state', 'log'].map((id) => document.getElementById(id).innerText),
      );
      assert.equal(state, 'degraded');
      assert.match(events, /rc-error events-disabled/);
      assert.doesNotMatch(events, /rc-ready/);
      await page.close();
    });
  });
}
