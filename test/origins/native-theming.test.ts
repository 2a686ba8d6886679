import {expect, waitUntil} from '@open-wc/testing';

import {setupNative} from '../support/native.js';

/** What each pair of custom properties colours. */
const COLOURED = {
  header: '.bar',
  'header-button': '.bar-button',
  body: '.talk',
  'message-sent': '.mine .bubble',
  'message-received': '.theirs .bubble',
} as const;

const PARTS = {
  header: '.bar',
  'header-button': '.bar-button',
  body: '.talk',
  messages: '.scroll',
  message: 'article',
  'message-sent': '.mine .bubble',
  'message-received': '.theirs .bubble',
  'message-system': '.system',
  composer: '.composer',
  'composer-field': 'textarea',
  'composer-send': '.composer button[part]',
  thread: '.thread',
  newest: '.newest',
  unread: '.unread',
} as const;

/** A colour of its own for each, as computed styles write it. */
const colourOf = (index: number): string => `rgb(${index + 1}, 2, 3)`;

/** A style sheet of the page, as long as the test runs. */
const addStyles = (text: string): HTMLStyleElement => {
  const style = document.createElement('style');
  style.textContent = text;
  document.head.append(style);
  return style;
};

const setup = async () => {
  const placed = await setupNative({before: ({write}) => write('Theirs')});
  await placed.pane.send('Mine');
  await placed.page.shows('Mine');
  return placed;
};

describe('a page styles the native view', () => {
  let style: HTMLStyleElement | undefined;
  afterEach(() => style?.remove());

  it('by custom properties', async () => {
    const {page, pane} = await setup();
    const names = Object.keys(COLOURED);
    names.forEach((name, index) => {
      pane.style.setProperty(`--rc-chat-pane-${name}-background`, colourOf(index));
      pane.style.setProperty(`--rc-chat-pane-${name}-color`, colourOf(index + 100));
    });
    pane.style.setProperty('--rc-chat-pane-font-family', 'Courier');
    for (const [index, selector] of Object.values(COLOURED).entries()) {
      const {backgroundColor, color} = getComputedStyle(page.find(selector));
      expect([backgroundColor, color], selector).to.deep.equal([
        colourOf(index),
        colourOf(index + 100),
      ]);
    }
    for (const selector of ['article', '.bar h2', 'textarea'])
      expect(getComputedStyle(page.find(selector)).fontFamily, selector).to.equal('Courier');
  });

  it('by parts', async () => {
    const {page, workspace, other, room, write} = await setup();
    await workspace.post(other.username, room._id, '', {t: 'room-set-read-only'});
    const {_id} = await write('A question');
    await workspace.fill(room._id, 60);
    await workspace.post(other.username, room._id, 'An answer', {tmid: _id});
    page.press(await page.shows('A question'), 'Reply');
    await waitUntil(() => page.root.querySelector('.thread') && page.root.querySelector('.system'));
    style = addStyles(
      Object.keys(PARTS)
        .map((part, index) => `rc-chat-pane::part(${part}) { outline-color: ${colourOf(index)} }`)
        .join('\n'),
    );
    const missing: string[] = [];
    for (const [index, [part, selector]] of Object.entries(PARTS).entries()) {
      const found = page.root.querySelector(selector);
      if (!found) missing.push(part);
      // A remark is a message, too: the later rule wins.
      else expect(getComputedStyle(found).outlineColor, part).to.equal(colourOf(index));
    }
    expect(missing.filter((part) => part !== 'newest' && part !== 'unread')).to.deep.equal([]);
  });

  it('by the parts of what is not always there', async () => {
    const {page, pane, workspace, other, room} = await setup();
    pane.style.blockSize = '20rem';
    const step = {command: 'post', username: other.username, room: room._id} as const;
    await workspace.batch(Array.from({length: 30}, (_, nth) => ({...step, text: `New ${nth}`})));
    await page.shows('New 29');
    page.find('.scroll').scrollTop = 0;
    await waitUntil(() => page.root.querySelector('.newest'));
    style = addStyles('rc-chat-pane::part(newest) { outline-color: rgb(1, 2, 3) }');
    expect(getComputedStyle(page.find('.newest')).outlineColor).to.equal('rgb(1, 2, 3)');
  });
});
