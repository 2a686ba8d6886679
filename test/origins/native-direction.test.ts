import {expect} from '@open-wc/testing';

import {setupNative, type NativePage} from '../support/native.js';
import {waitUntil} from '../support/wait.js';

/** The signs that point along the text, by what they are the sign of. */
const ALONG = {
  outside: '.bar .sign',
  thread: '[aria-label^="Reply"] .sign, [aria-label^="الرد"] .sign',
  quote: '[aria-label="Quote"] .sign, [aria-label="اقتباس"] .sign',
};

/** How far the name of the room is from the edge where it begins, and the button from the other, in px. */
const insetsOf = (page: NativePage, isTurned: boolean): readonly number[] => {
  const bar = page.find('.bar').getBoundingClientRect();
  const title = page.find('.bar .title').getBoundingClientRect();
  const button = page.find('.bar .bar-button').getBoundingClientRect();
  const [first, last] = isTurned ? [button, title] : [title, button];
  const insets = [first.left - bar.left, bar.right - last.right];
  return isTurned ? insets.reverse() : insets;
};

const isMirrored = (sign: Element): boolean =>
  new DOMMatrix(getComputedStyle(sign).transform).a === -1;

describe('the native view from right to left', () => {
  it('is the other way round, with the signs that point along the text', async () => {
    const {page, pane, write} = await setupNative();
    await write('Hello');
    const message = await page.shows('Hello');
    await waitUntil(() => message.querySelector('.actions'), 'its actions are there');
    const signs = (): boolean[] => Object.values(ALONG).map((each) => isMirrored(page.find(each)));
    const insets = insetsOf(page, false);
    expect(insets).to.deep.equal([16, 8]);
    expect(signs()).to.deep.equal([false, false, false]);
    pane.setAttribute('language', 'ar');
    await waitUntil(() => page.root.querySelector('[aria-label="اقتباس"]'), 'it is in Arabic');
    expect(insetsOf(page, true)).to.deep.equal(insets);
    expect(signs()).to.deep.equal([true, true, true]);
    expect(isMirrored(page.find('.quick + button .sign'))).to.equal(false);
  });
});
