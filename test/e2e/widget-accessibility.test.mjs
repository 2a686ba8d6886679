import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {violationsIn} from './support/axe.mjs';
import {startDemo} from './support/demo.mjs';

const SIZES = {wide: {width: 1280, height: 1000}, narrow: {width: 320, height: 640}};

/** Runs in the page: what is in the widget. */
const find = (selector) =>
  document.querySelector('pexip-chat-widget')?.shadowRoot?.querySelector(selector);
const inPage = (page, condition, ...args) =>
  page.until(
    `(${condition})(${[find, ...args].map((each) => (typeof each === 'function' ? each : JSON.stringify(each))).join()})`,
  );

/** Opens the demo of the widget, once its button is there. */
const openWidgetPage = async (browser, started, size) => {
  const page = await browser.open(new URL('widget', started.page).href, size);
  await inPage(page, (seek) => !!seek('[part=launcher]'));
  const press = async (selector) => {
    await inPage(page, (seek, wanted) => !!seek(wanted), selector);
    await page.evaluate(`(${find})(${JSON.stringify(selector)}).focus()`);
    await page.press('Enter');
  };
  /** Waits until what opens has opened. */
  const still = () =>
    inPage(page, (seek) =>
      seek('dialog[part=window]')
        .getAnimations()
        .every(({playState}) => playState === 'finished'),
    );
  return {page, press, still, sees: (condition, ...args) => inPage(page, condition, ...args)};
};

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
        test(`has nothing that axe finds in any view, ${size}`, async () => {
          const {page, press, still, sees} = await openWidgetPage(browser, demo.started, rectangle);
          const violations = {};
          const check = async (view) => {
            await still();
            const found = await violationsIn(page);
            if (found.length) violations[view] = found;
          };
          try {
            await press('[part=launcher]');
            await sees((seek) => !!seek('[part=list] li'));
            await check('list');
            await press('[part=header] button');
            await sees((seek) => seek('[part=settings]')?.inert === false);
            await check('settings');
            await press('[part=header] button');
            await press('[part=list] li button');
            await sees((seek) => seek('rc-chat-pane')?.state === 'ready');
            await check('chat');
            assert.deepEqual(violations, {});
          } finally {
            await page.close();
          }
        });

      if (scheme === 'light')
        test('goes by keyboard from the button to a message that was sent, and back', async () => {
          const {page, press, sees} = await openWidgetPage(browser, demo.started, SIZES.wide);
          try {
            await press('[part=launcher]');
            await sees((seek) => !!seek('[part=list] li'));
            await press('[part=list] li button[tabindex="0"]');
            await sees((seek) =>
              seek('rc-chat-pane')?.shadowRoot.activeElement?.matches('textarea'),
            );
            await page.press('H', 'i', 'Enter');
            await sees(
              (seek) =>
                seek('rc-chat-pane').shadowRoot.querySelector('.mine:last-of-type') &&
                seek('rc-chat-pane').shadowRoot.textContent.includes('Hi'),
            );
            await page.press('Escape');
            await sees((seek) => !seek('dialog[part=window]').open);
            await sees((seek) => seek('[part=launcher]').matches(':focus'));
          } finally {
            await page.close();
          }
        });
    });
