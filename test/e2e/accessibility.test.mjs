import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {violationsIn} from './support/axe.mjs';
import {startDemo} from './support/demo.mjs';
import {openDemo} from './support/demo-page.mjs';

const WIDE = {width: 1280, height: 1000};
// WebKitGTK's window stops at some 450 px, which shows the same layout.
const NARROW = {width: 360, height: 740};
// The size changes no colour: the dark scheme needs one of them.
const SIZES = {light: {wide: WIDE, narrow: NARROW}, dark: {wide: WIDE}};

for (const name of BROWSERS) {
  for (const [scheme, sizes] of Object.entries(SIZES)) {
    describe(`axe in ${name}, ${scheme}`, {timeout: 600_000}, () => {
      let browser;
      let demo;
      before(async () => {
        browser = await openBrowser(name, {scheme});
        demo = await startDemo();
      });
      after(async () => {
        try {
          await demo?.stop();
        } finally {
          await browser?.close();
        }
      });

      for (const [size, rectangle] of Object.entries(sizes)) {
        test(`finds nothing wrong in page, meeting and chat, ${size}`, async () => {
          const alice = await openDemo(browser, demo.started, rectangle);
          const {page, meeting, chat, join, openChat, closeChat} = alice;
          const violations = {};
          const check = async (when, scopes) => {
            for (const [place, scope] of Object.entries(scopes)) {
              const found = await violationsIn(scope);
              if (found.length) violations[`${place} ${when}`] = found;
            }
          };
          try {
            assert.equal(
              await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches),
              scheme === 'dark',
            );
            await meeting.see('Join');
            await check('before joining', {page, meeting});
            await join();
            await openChat();
            await check('with the chat open', {page, meeting, chat});
            await closeChat();
            await check('with the chat closed', {page, meeting});
            assert.deepEqual(violations, {});
          } finally {
            await page.close();
          }
        });
      }
    });
  }
}
