import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startDemo} from './support/demo.mjs';

// Each of these runs in the page: the driver sends its text there, so that it can use nothing around it.

const has = (selector) =>
  !!document.querySelector('pexip-chat-widget')?.shadowRoot?.querySelector(selector);
const click = (selector) =>
  document.querySelector('pexip-chat-widget').shadowRoot.querySelector(selector).click();
const moving = () =>
  document
    .querySelector('pexip-chat-widget')
    .shadowRoot.getAnimations()
    .map(({animationName, transitionProperty}) => animationName ?? transitionProperty);
/** Those of the selectors of which no side has a border, or not one that differs from the background. */
const unbordered = (selectors) =>
  selectors.filter((selector) => {
    const {shadowRoot} = document.querySelector('pexip-chat-widget');
    const style = getComputedStyle(shadowRoot.querySelector(selector));
    return !['Top', 'Bottom', 'Left', 'Right'].some((side) => {
      const color = style[`border${side}Color`];
      const seen = color !== style.backgroundColor && !/^rgba.*, 0\)$/.test(color);
      return parseFloat(style[`border${side}Width`]) > 0 && seen;
    });
  });

/** Only Chromium's driver can set these. */
const describeIt = BROWSERS.includes('chromium') ? describe : describe.skip;

describeIt('the widget for a person who has set', {timeout: 300_000}, () => {
  let demo;
  before(async () => (demo = await startDemo()));
  after(() => demo?.stop());

  /** The widget with its list, with something unread. */
  const opened = async (media, look) => {
    const browser = await openBrowser('chromium', {media: [media]});
    try {
      const page = await browser.open(new URL('widget', demo.started.page).href);
      await page.until(has, '[part=launcher]');
      await demo.writeAs('bob', 'Hello');
      await page.until(has, '[part=badge]:not([hidden])');
      await look(page, async () => {
        await page.evaluate(click, '[part=launcher]');
        await page.until(has, 'dialog[part=window][open] [part=list] li');
      });
    } finally {
      await browser.close();
    }
  };

  test('less motion has nothing that moves', () =>
    opened({name: 'prefers-reduced-motion', value: 'reduce'}, async (page, open) => {
      await open();
      assert.deepEqual(await page.evaluate(moving), []);
    }));

  test('colours of their own has borders around all that is told by backgrounds', () =>
    opened({name: 'forced-colors', value: 'active'}, async (page, open) => {
      assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
      assert.deepEqual(await page.evaluate(unbordered, ['[part=launcher]', '[part=badge]']), []);
      await open();
      const parts = [
        '[part=window]',
        '[part=header]',
        '[part=header-button]',
        '.row',
        '.row .initial',
        '.row .count',
      ];
      assert.deepEqual(await page.evaluate(unbordered, parts), []);
      await page.evaluate(click, '[part=header] button');
      await page.until(has, '[part=settings]:not([inert])');
      assert.deepEqual(
        await page.evaluate(unbordered, ['[part=settings] select', '[part=settings] .plain']),
        [],
      );
      await page.evaluate(click, '[part=settings] .plain');
      await page.until(has, '.confirm[open]');
      assert.deepEqual(await page.evaluate(unbordered, ['.confirm', '.confirm .strong']), []);
    }));
});
