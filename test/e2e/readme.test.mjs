import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {buttonIs} from './support/demo-page.mjs';
import {startOwnPage} from './support/own-page.mjs';
import {pageWith, readmeExample} from './support/readme.mjs';

const {files} = JSON.parse(readFileSync('dist/sri.json', 'utf8'));

/** The README's example in a page without anything else, with the pane inside the room. */
const inside = readmeExample;

/** The same with the pane elsewhere on the page, and another room beside it. */
const elsewhere = ({node, server}) =>
  readmeExample({node, server}).replace(
    /<pexip-chat-room[^]*<\/pexip-chat-room>/,
    `<pexip-chat-room></pexip-chat-room>
<pexip-chat-room id="visit" node="${node}" room="consultation"></pexip-chat-room>
<aside>
  <rc-chat-pane for="visit" server="${server}" room="#consultation"></rc-chat-pane>
</aside>`,
  );

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

    for (const [where, example] of Object.entries({inside, elsewhere})) {
      test(`works with one script tag and two elements, the pane ${where}`, async () => {
        page = await browser.open(own.serve(pageWith(example(own))));
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
        const integrity = await page.evaluate(
          () => document.querySelector('script[src$="/pexip-chat-room.min.js"]').integrity,
        );
        assert.equal(integrity, files['pexip-chat-room.min.js']);
        assert.deepEqual(await page.problems(), []);
      });
    }
  });
}
