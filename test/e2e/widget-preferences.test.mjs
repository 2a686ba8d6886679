import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startDemo} from './support/demo.mjs';
import {openWidgetPage} from './support/widget-demo.mjs';

// Each of these runs in the page: the driver sends its text there, so that it can use nothing around it.

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
      const widget = await openWidgetPage(browser, demo.started);
      await demo.writeAs('bob', 'Hello');
      await widget.sees('[part=badge]:not([hidden])');
      await look(widget);
    } finally {
      await browser.close();
    }
  };

  test('less motion has nothing that moves', () =>
    opened({name: 'prefers-reduced-motion', value: 'reduce'}, async ({page, openWindow}) => {
      await openWindow();
      assert.deepEqual(await page.evaluate(moving), []);
    }));

  test('colours of their own has borders around all that is told by backgrounds', () =>
    opened({name: 'forced-colors', value: 'active'}, async ({page, sees, click, openWindow}) => {
      assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
      assert.deepEqual(await page.evaluate(unbordered, ['[part=launcher]', '[part=badge]']), []);
      await openWindow();
      const parts = [
        '[part=window]',
        '[part=header]',
        '[part=header-button]',
        '.row',
        '.row .initial',
        '.row .count',
      ];
      assert.deepEqual(await page.evaluate(unbordered, parts), []);
      await click('[part=header] button');
      await sees('[part=settings]:not([inert])');
      assert.deepEqual(
        await page.evaluate(unbordered, ['[part=settings] select', '[part=settings] .plain']),
        [],
      );
      await click('[part=settings] .plain');
      await sees('.confirm[open]');
      assert.deepEqual(await page.evaluate(unbordered, ['.confirm', '.confirm .strong']), []);
    }));
});
