import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {buttonIs} from './support/demo-page.mjs';
import {startOwnPage} from './support/own-page.mjs';

/** The README's example in a page without anything else, with the pane inside the room. */
const inside = ({node, server}) => `
<pexip-chat-room node="${node}" room="consultation">
  <rc-chat-pane server="${server}" room="#consultation"></rc-chat-pane>
</pexip-chat-room>`;

/** The same with the pane elsewhere on the page, and another room beside it. */
const elsewhere = ({node, server}) => `
<pexip-chat-room></pexip-chat-room>
<pexip-chat-room id="visit" node="${node}" room="consultation"></pexip-chat-room>
<aside>
  <rc-chat-pane for="visit" server="${server}" room="#consultation"></rc-chat-pane>
</aside>`;

for (const name of BROWSERS) {
  describe(`a page of one's own in ${name}`, {timeout: 600_000}, () => {
    let browser;
    let own;
    let page;
    before(async () => {
      browser = await openBrowser(name);
    });
    after(() => browser?.close());
    beforeEach(async () => {
      page = undefined;
      own = await startOwnPage();
    });
    afterEach(async () => {
      await own?.stop();
      await page?.close();
    });

    for (const [where, body] of Object.entries({inside, elsewhere})) {
      test(`works with one script tag and two elements, the pane ${where}`, async () => {
        page = await browser.open(own.address(body));
        const meeting = page.inFrame(own.node);
        const chat = page.inFrame(own.server);
        await meeting.click('Join');
        await meeting.see('Open Chat');
        await chat.until(() => document.documentElement.dataset.screen === 'room');
        await page.until(() => !document.querySelector('rc-chat-pane').active);

        own.writeAs('bob', 'Good morning');
        await buttonIs(meeting, 'Open Chat', {pressed: false, badge: true});
        await meeting.click('Open Chat');
        await page.until(() =>
          document
            .querySelector('rc-chat-pane')
            .checkVisibility({visibilityProperty: true, opacityProperty: true}),
        );
        await chat.fill('Message', 'Good morning, Bob');
        await chat.press('Enter');
        await chat.until(() => document.body.innerText.includes('Good morning, Bob'));
        await buttonIs(meeting, 'Close Chat', {pressed: true, badge: false});
        assert.equal(own.lastMessage(), 'alice: Good morning, Bob');
        assert.deepEqual(await page.problems(), []);
      });
    }
  });
}
