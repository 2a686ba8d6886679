import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startWidgetPage} from './support/widget-page.mjs';

const TOKEN = `document.querySelector('pexip-chat-widget').accessToken = '%TOKEN%'`;
const page = (attributes, scheme = '') =>
  `<!doctype html><html lang="en"><title>Harbour Bank</title>
  <style>:root {${scheme && `color-scheme: ${scheme}`}}</style>
  <script src="/pexip-chat-room/pexip-chat-room.min.js"></script>
  <pexip-chat-widget open ${attributes}></pexip-chat-widget><script>${TOKEN}</script>`;

/** In the page: what a person reads in the window once this text is there, and how light it is. */
const read = (wanted) => {
  const {shadowRoot} = document.querySelector('pexip-chat-widget');
  const dialog = shadowRoot?.querySelector('dialog[part=window]');
  if (!dialog?.open) return null;
  // What is for screen readers alone is a dot.
  const seen = [...dialog.querySelectorAll('h2, p, input, button, [part=status]')].filter(
    (each) => each.checkVisibility() && each.getBoundingClientRect().width > 10,
  );
  const texts = seen.map((each) => each.textContent.trim() || each.localName);
  if (!texts.includes(wanted)) return null;
  return {texts, background: getComputedStyle(dialog).backgroundColor};
};

/** In the page: opens the first chat once it is listed, and measures once one can write in it. */
const measure = () => {
  const {shadowRoot} = document.querySelector('pexip-chat-widget');
  const pane = shadowRoot?.querySelector('rc-chat-pane');
  if (!pane) shadowRoot?.querySelector('[part=list] li button')?.click();
  const field = pane?.shadowRoot.querySelector('textarea');
  const message = pane?.shadowRoot.querySelector('.bubble');
  if (!field || !message) return null;
  const height = (selector) => shadowRoot.querySelector(selector).getBoundingClientRect().height;
  return {
    heights: ['[part=launcher]', '[part=header-button]'].map(height),
    letters: [field, message, shadowRoot.querySelector('[part=window]')].map(
      (each) => getComputedStyle(each).fontSize,
    ),
    text: ['letterSpacing', 'textTransform', 'fontStyle'].map(
      (key) => getComputedStyle(message)[key],
    ),
  };
};

for (const name of BROWSERS)
  describe(`the looks of a widget in ${name}, which is dark`, {timeout: 240_000}, () => {
    let browser;
    let own;
    let open;
    before(async () => {
      browser = await openBrowser(name, {scheme: 'dark'});
      own = await startWidgetPage();
    });
    after(async () => {
      try {
        await own?.stop();
      } finally {
        await browser?.close();
      }
    });

    /** What is read once this text is. */
    const readOf = async (html, text) => {
      own.serve(html);
      open = await browser.open(own.address);
      try {
        await open.until(read, text);
        return await open.evaluate(read, text);
      } finally {
        await open.close();
      }
    };

    for (const [scheme, background] of [
      ['', 'rgb(242, 245, 248)'],
      ['light', 'rgb(242, 245, 248)'],
      ['dark', 'rgb(21, 27, 34)'],
      ['light dark', 'rgb(21, 27, 34)'],
    ])
      test(`are those of a page ${scheme ? `with color-scheme: ${scheme}` : 'without a color-scheme'}`, async () => {
        const told = await readOf(page(`broker="${own.broker}"`, scheme), 'Chats');
        assert.equal(told.background, background);
      });

    test('are of the usual size on a page with letters of 10 px, and have nothing of its text', async () => {
      const style =
        '<style>html {font-size: 62.5%; letter-spacing: 1em; text-transform: uppercase; font-style: italic}</style>';
      own.serve(page(`broker="${own.broker}"`) + style);
      open = await browser.open(own.address);
      try {
        await open.until(measure);
        assert.deepEqual(await open.evaluate(measure), {
          heights: [56, 44],
          letters: ['16px', '16px', '16px'],
          text: ['normal', 'none', 'normal'],
        });
      } finally {
        await open.close();
      }
    });

    test('are twice as large on a page with letters of 32 px', async () => {
      own.serve(page(`broker="${own.broker}"`) + '<style>html {font-size: 200%}</style>');
      open = await browser.open(own.address);
      try {
        await open.until(measure);
        const {heights, letters} = await open.evaluate(measure);
        assert.deepEqual({heights, letters}, {heights: [112, 88], letters: Array(3).fill('32px')});
      } finally {
        await open.close();
      }
    });

    test('say that chats are switched off', async () => {
      const told = await readOf(
        page(`broker="${own.broker}" chat="false"`),
        'Chats are switched off on this page.',
      );
      assert.ok(told.texts.includes('Chats'));
      assert.ok(!told.texts.includes('input'));
    });

    test('say that the chats could not be loaded, above the button', async () => {
      const text = 'Your chats could not be loaded. Check your connection and try again.';
      const {texts} = await readOf(page('broker="http://localhost:9/"'), text);
      assert.equal(texts[texts.indexOf(text) + 1], 'Try again');
    });

    test('say that nobody is signed in where the page names no broker', async () => {
      const text = 'You are not signed in to the conversation.';
      const {texts} = await readOf(page(''), text);
      assert.equal(texts[texts.indexOf(text) + 1], 'Sign in');
    });
  });
