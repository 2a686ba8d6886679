import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startDemo} from './support/demo.mjs';
import {openDemo} from './support/demo-page.mjs';

/** What the list says, name by name. */
const listed = () =>
  [...document.querySelectorAll('#people-list li')].map((row) => [
    row.querySelector('b').textContent,
    row.querySelector('small').textContent,
  ]);
const listIs = (page, what) =>
  page.until((text) => document.getElementById('people-list').innerText.includes(text), what);
/** Presses a button of the panel by its name for assistive technology. */
const press = (page, name) =>
  page.evaluate((label) => {
    const button = [...document.querySelectorAll('#people button')].find(
      (each) => (each.ariaLabel ?? each.textContent) === label && !each.hidden,
    );
    if (!button) throw new Error(`There is no button ${label}.`);
    button.click();
  }, name);

for (const name of BROWSERS) {
  describe(`the participants panel of the demo in ${name}`, {timeout: 300_000}, () => {
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

    test('is opened by the meeting, admits from the lobby and mutes, by public events and methods alone', async () => {
      const {page, meeting} = alice;
      await meeting.click('Open Participants');
      await meeting.see('Close Participants');
      await page.until(() => !document.getElementById('people').hidden);
      // The roster is told at intervals.
      await listIs(page, 'you, host');
      assert.deepEqual(await page.evaluate(listed), [['Alice', 'you, host']]);

      await meeting.evaluate(() => document.getElementById('bring-to-lobby').click());
      await listIs(page, 'in the lobby');
      const [waiting] = (await page.evaluate(listed)).find(([, about]) => about === 'in the lobby');
      await press(page, `Admit: ${waiting}`);
      await page.until(
        () => !document.getElementById('people-list').innerText.includes('in the lobby'),
      );
      await press(page, `Mute: ${waiting}`);
      await listIs(page, 'muted');
      assert.deepEqual(await page.evaluate(listed), [
        ['Alice', 'you, host'],
        [waiting, 'muted'],
      ]);
      await press(page, `Remove: ${waiting}`);
      await page.until(() => document.querySelectorAll('#people-list li').length === 1);

      await meeting.click('Close Participants');
      await page.until(() => document.getElementById('people').hidden);
      assert.deepEqual(await page.problems(), []);
    });
  });
}
