import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {violationsIn} from './support/axe.mjs';
import {startDemo} from './support/demo.mjs';
import {has, openWidgetPage} from './support/widget-demo.mjs';

// WebKitGTK's window stops at some 450 px, which is still a small screen to the widget.
const SIZES = {
  'at 1280 px': {width: 1280, height: 1000},
  'at 320 px': {width: 320, height: 640},
  'at 3840 px': {width: 3840, height: 2160},
};
/** The window covers the page on a screen that is not wider. */
const SMALL = 480;

// Each of these runs in the page: a driver sends its text there, so that it can use nothing around it.

/** Whether the pane has such an element. */
const paneHas = (selector) =>
  !!document
    .querySelector('pexip-chat-widget')
    ?.shadowRoot?.querySelector('rc-chat-pane')
    ?.shadowRoot?.querySelector(selector);
const paneIsReady = () =>
  document.querySelector('pexip-chat-widget')?.shadowRoot?.querySelector('rc-chat-pane')?.state ===
  'ready';
const paneSays = (text) =>
  document
    .querySelector('pexip-chat-widget')
    .shadowRoot.querySelector('rc-chat-pane')
    .shadowRoot.textContent.includes(text);
/** Whether all of the window, and of what is in it, is on the screen. */
const isWhole = () => {
  const {shadowRoot} = document.querySelector('pexip-chat-widget');
  const parts = shadowRoot.querySelectorAll('dialog[part=window], dialog[part=window] > *');
  return [...parts]
    .map((each) => each.getBoundingClientRect())
    .every(
      ({left, top, right, bottom}) =>
        left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
    );
};
/** Whether what opens has opened. */
const isStill = () =>
  document
    .querySelector('pexip-chat-widget')
    .shadowRoot.querySelector('dialog[part=window]')
    .getAnimations()
    .every(({playState}) => playState === 'finished');

for (const name of BROWSERS)
  for (const scheme of ['light', 'dark'])
    describe(`the widget in ${name}, ${scheme}`, {timeout: 600_000}, () => {
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

      for (const [size, rectangle] of Object.entries(SIZES))
        test(`has nothing that axe finds in any view, and all of it on the screen, ${size}`, async () => {
          const {page, press, sees} = await openWidgetPage(browser, demo.started, rectangle);
          const violations = {};
          const check = async (view) => {
            await page.until(isStill);
            assert.ok(await page.evaluate(isWhole), view);
            const found = await violationsIn(page);
            if (found.length) violations[view] = found;
          };
          try {
            await press('[part=launcher]');
            await sees('[part=list] li');
            const width = await page.evaluate(() => innerWidth);
            assert.equal(await page.evaluate(has, 'dialog:modal'), width <= SMALL);
            assert.equal(width <= SMALL, size === 'at 320 px');
            await check('list');
            await press('[part=header] button');
            await sees('[part=settings]:not([inert])');
            await check('settings');
            await press('[part=settings] .plain');
            await sees('.confirm[open]');
            await check('the question whether to sign out');
            await page.press('Escape');
            await sees('.confirm:not([open])');
            await press('[part=header] button');
            await sees('[part=list]:not([inert])');
            await press('[part=list] li button');
            await page.until(paneIsReady);
            await check('chat');
            assert.deepEqual(violations, {});
          } finally {
            await page.close();
          }
        });

      if (scheme === 'light')
        test('goes by keyboard from the button to a message that was sent, and back', async () => {
          const {page, press, sees} = await openWidgetPage(
            browser,
            demo.started,
            SIZES['at 1280 px'],
          );
          try {
            await press('[part=launcher]');
            await sees('[part=list] li');
            await press('[part=list] li button[tabindex="0"]');
            await page.until(paneHas, 'textarea:focus');
            await page.press('H', 'i', 'Enter');
            await page.until(paneHas, '.mine:last-of-type');
            await page.until(paneSays, 'Hi');
            await page.press('Escape');
            await sees('dialog[part=window]:not([open])');
            await sees('[part=launcher]:focus');
          } finally {
            await page.close();
          }
        });
    });
