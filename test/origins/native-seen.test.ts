import {expect, oneEvent} from '@open-wc/testing';

import {fence} from '../support/fence.js';
import {place, record} from '../support/mount.js';
import {setupNative} from '../support/native.js';
import {waitUntil} from '../support/wait.js';

type Placed = Awaited<ReturnType<typeof setupNative>>;

/** Whoever comes back to the page looks at it again. */
const comeBack = (): void => void window.dispatchEvent(new Event('focus'));

/** Resolves when all that was to be told of before has been. */
const settled = async ({pane, write}: Placed): Promise<void> => {
  comeBack();
  await pane.send('Settled');
  await fence(pane, write);
};

/** Resolves when the window does not show an element any more, and whoever observes it knows. */
const untilOut = (element: Element): Promise<void> =>
  new Promise((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.at(-1)!.isIntersecting) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element);
  });

/**
 * The pane in an element of the page that can be hidden, or pushed down. Nothing has been read yet: that
 * is told at most once in a second, and what is told too much is to be told at once.
 */
const setupIn = async () => {
  const placed = await setupNative();
  const {pane, page} = placed;
  const box = place(document.createElement('div'));
  const opened = oneEvent(pane, 'rc-room-opened');
  box.append(pane);
  await opened;
  await page.writable();
  await pane.send('Known');
  await page.shows('Known');
  return {...placed, box, events: record(pane, 'rc-message-read')};
};

describe('a message of the native view counts as read when somebody can see it', () => {
  it('not behind a thread that covers the room, but once that is closed', async () => {
    const placed = await setupNative({
      attributes: {style: 'inline-size: 20rem; block-size: 34rem'},
    });
    const {page, pane, write} = placed;
    await pane.send('A question');
    page.press(await page.shows('A question'), 'Reply');
    await waitUntil(() => page.answers.length === 1);
    const events = record(pane, 'rc-message-read');
    await write('Meanwhile');
    await page.shows('Meanwhile');
    await settled(placed);
    expect(events).to.deep.equal([]);
    const now = oneEvent(pane, 'rc-message-read');
    page.key('Escape', page.find('rc-thread textarea'));
    await now;
  });

  it('not in a pane that is not shown, wherever the focus goes, but once it is', async () => {
    const placed = await setupIn();
    const {pane, box, events, write} = placed;
    box.style.display = 'none';
    await fence(pane, write);
    await settled(placed);
    expect(events).to.deep.equal([]);
    const now = oneEvent(pane, 'rc-message-read');
    box.style.display = '';
    await now;
  });

  it('not in a pane that is invisible, but once it is visible', async () => {
    const placed = await setupIn();
    const {page, pane, box, events, write} = placed;
    box.style.visibility = 'hidden';
    await write('Invisible');
    await page.shows('Invisible');
    await settled(placed);
    // All is drawn by then, so that only what is seen changes.
    await page.shows('Settled');
    for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame);
    expect(events).to.deep.equal([]);
    const now = oneEvent(pane, 'rc-message-read');
    box.style.visibility = '';
    await now;
  });

  it('not below what the window shows, but once it is scrolled there', async () => {
    const placed = await setupIn();
    const {page, pane, box, events, write} = placed;
    box.style.paddingBlockStart = '200vb';
    await untilOut(page.find('.newest-place'));
    await write('Below');
    await page.shows('Below');
    await settled(placed);
    expect(events).to.deep.equal([]);
    const now = oneEvent(pane, 'rc-message-read');
    box.scrollIntoView(false);
    await now;
  });
});
