import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startDemo} from './support/demo.mjs';
import {openDemo} from './support/demo-page.mjs';

const resultIs = (page, text) =>
  page.until((wanted) => document.getElementById('dial-result').textContent.includes(wanted), text);

/** Waits until exactly these are in the meeting, each with what stands beside the name. */
const tilesAre = (meeting, ...labels) =>
  meeting.until((wanted) => {
    const tiles = [...document.querySelectorAll('#tiles .label')];
    return JSON.stringify(tiles.map((tile) => tile.textContent)) === JSON.stringify(wanted);
  }, labels);

for (const name of BROWSERS) {
  describe(`dialling out in ${name}`, {timeout: 600_000}, () => {
    let browser;
    let demo;
    let page;
    let meeting;
    before(async () => {
      browser = await openBrowser(name);
      demo = await startDemo();
    });
    after(async () => {
      try {
        await demo?.stop();
      } finally {
        await browser?.close();
      }
    });
    beforeEach(async () => {
      const alice = await openDemo(browser, demo.started);
      ({page, meeting} = alice);
      await alice.join();
      await resultIs(page, 'Ready to dial.');
    });
    afterEach(() => page.close());

    const dial = async (who) => {
      await page.choose('Who', who);
      await page.click('Dial');
    };

    test('says who has joined, and the meeting shows them', async () => {
      await dial('Carol, who answers');
      await resultIs(page, 'carol has joined.');
      await tilesAre(meeting, 'Alice (you) Host', 'carol');
    });

    test('says that the call was refused', async () => {
      await dial('Somebody who refuses');
      await resultIs(page, 'refused');
      await tilesAre(meeting, 'Alice (you) Host');
    });

    test('gives up after the chosen time, and the meeting rings no more', async () => {
      const start = performance.now();
      await dial('Nobody answers (10 seconds)');
      await tilesAre(meeting, 'Alice (you) Host', 'never Ringing…');
      await resultIs(page, 'Nobody answered');
      assert.ok(performance.now() - start >= 10_000);
      await tilesAre(meeting, 'Alice (you) Host');
    });

    test('hangs up while it rings', async () => {
      await dial('Nobody answers (10 seconds)');
      await tilesAre(meeting, 'Alice (you) Host', 'never Ringing…');
      await page.click('Hang up');
      await resultIs(page, 'You hung up.');
      await tilesAre(meeting, 'Alice (you) Host');
    });
  });
}
