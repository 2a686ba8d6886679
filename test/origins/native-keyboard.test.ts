import {expect} from '@open-wc/testing';

import type {RcMessageListElement} from '../../src/elements/native/message-list.js';
import {holdFrames} from '../support/held-frames.js';
import {setupNative} from '../support/native.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

type Placed = Awaited<ReturnType<typeof setupNative>>;

const focusOf = ({page}: Pick<Placed, 'page'>): HTMLElement | null =>
  page.root.activeElement as HTMLElement | null;

const focusIsOn = (placed: Placed, what: string, found: () => unknown): Promise<void> =>
  waitUntil(found, `the focus is on ${what}`).catch((error: unknown) => {
    throw new Error(`${String(error)} It is on ${focusOf(placed)?.outerHTML.slice(0, 200)}`);
  });

/** Twelve messages of somebody else, the last of them with its tools. */
const setupTalk = async () => {
  const placed = await setupNative({
    before: async ({workspace, other, room}) => {
      const now = Date.now();
      // Each in a millisecond of its own, or their ids would say which comes first.
      const steps = Array.from({length: 12}, (_, index) => ({
        command: 'post' as const,
        username: other.username,
        room: room._id,
        text: `Number ${index + 1}.`,
        more: {ts: new Date(now - 1000 + index).toISOString()},
      }));
      await workspace.batch(steps);
    },
  });
  placed.pane.style.blockSize = '30rem';
  await placed.page.shows('Number 12.');
  await waitUntil(() => placed.page.message('Number 12.').querySelector('.actions button'));
  return placed;
};

describe('the messages by keyboard', () => {
  it('are one stop for Tab, with what is in the one that was gone to', async () => {
    const {page} = await setupTalk();
    const stops = page.articles.filter((each) => each.tabIndex === 0);
    expect(stops.map((each) => each.querySelector('.text')!.textContent.trim())).to.deep.equal([
      'Number 12.',
    ]);
    const inside = (message: HTMLElement): number[] =>
      [...message.querySelectorAll<HTMLElement>('a, button')].map((each) => each.tabIndex);
    expect(new Set(inside(page.message('Number 12.')))).to.deep.equal(new Set([0]));
    expect(new Set(inside(page.message('Number 11.')))).to.deep.equal(new Set([-1]));
  });

  it('are one stop, in sight, where the one that was gone to is far away', async () => {
    const {page} = await setupNative({
      attributes: {style: 'block-size: 30rem'},
      before: ({workspace, room}) => workspace.fill(room._id, 100),
    });
    const last = await page.shows('Message 100.');
    const box = page.find('.talk > rc-message-list > .scroll');
    await waitUntil(() => {
      box.scrollTop = 0;
      return !last.isConnected;
    }, 'the newest is far away');
    const {top, bottom} = box.getBoundingClientRect();
    const stops = (): HTMLElement[] => page.articles.filter((each) => each.tabIndex === 0);
    const isInSight = (each: HTMLElement): boolean => {
      const rect = each.getBoundingClientRect();
      return rect.bottom > top && rect.top < bottom;
    };
    await waitUntil(() => stops().some(isInSight), 'Tab reaches one in sight');
    const [stop, ...others] = stops();
    expect(others).to.deep.equal([]);
    expect(stop!.querySelector('button')!.tabIndex).to.equal(0);
  });

  it('are gone through by arrows, pages, Home and End', async () => {
    const placed = await setupTalk();
    const {page} = placed;
    page.message('Number 12.').focus();
    const steps = [
      ['ArrowUp', 'Number 11.'],
      ['ArrowUp', 'Number 10.'],
      ['ArrowDown', 'Number 11.'],
      ['PageUp', 'Number 1.'],
      ['End', 'Number 12.'],
      ['PageUp', 'Number 2.'],
    ] as const;
    for (const [key, text] of steps) {
      expect(page.key(key, focusOf(placed)!), `${key} is taken`).to.equal(false);
      await focusIsOn(placed, text, () => focusOf(placed)?.textContent.includes(text));
      expect(focusOf(placed)!.localName).to.equal('article');
    }
    page.key('Home', focusOf(placed)!);
    await focusIsOn(placed, 'the first', () => focusOf(placed)?.ariaPosInSet === '1');
  });

  it('are left by Escape: from the tools to the message, from there to where one writes', async () => {
    const placed = await setupTalk();
    const {page} = placed;
    const message = page.message('Number 12.');
    message.querySelector<HTMLElement>('.actions button')!.focus();
    page.key('Escape', focusOf(placed)!);
    expect(focusOf(placed)).to.equal(message);
    page.key('Escape', message);
    expect(focusOf(placed)).to.equal(page.field);
  });

  it('have the focus again when one of them was not deleted', async () => {
    const placed = await setupTalk();
    const {page, pane} = placed;
    await pane.send('Mine');
    const message = await page.shows('Mine');
    await waitUntil(() => message.querySelector('.actions button'));
    page.press(message, 'Delete');
    await focusIsOn(placed, 'the question', () => focusOf(placed)?.closest('.ask'));
    page.key('Escape', focusOf(placed)!);
    await focusIsOn(placed, 'the message', () => focusOf(placed) === message);
  });

  it('have the focus when the one that had it is deleted', async () => {
    const placed = await setupTalk();
    const {page, pane} = placed;
    await pane.send('Mine');
    const message = await page.shows('Mine');
    await waitUntil(() => message.querySelector('.actions button'));
    message.focus();
    page.press(message, 'Delete');
    await waitUntil(() => page.root.querySelector('.ask'));
    page.press(message.querySelector<HTMLElement>('.ask')!, 'Delete');
    await page.hides('Mine');
    await focusIsOn(placed, 'Number 12', () =>
      focusOf(placed)?.closest('article')?.textContent.includes('Number 12.'),
    );
  });

  it('have the focus when the one that had it is deleted just before the list is drawn', async () => {
    const placed = await setupTalk();
    const {page, pane, workspace, me, room} = placed;
    const {id} = await pane.send('Mine');
    (await page.shows('Mine')).focus();
    const list = page.find<RcMessageListElement>('.talk > rc-message-list');
    const gone = new Promise<void>((resolve) => {
      const end = list.conversation!.subscribe(() => {
        if (list.conversation!.get(id)) return;
        end();
        resolve();
      });
    });
    const release = holdFrames();
    list.requestUpdate();
    await list.updateComplete;
    await workspace.remove(me.username, room._id, id);
    await gone;
    release();
    await page.hides('Mine');
    await focusIsOn(placed, 'Number 12', () =>
      focusOf(placed)?.closest('article')?.textContent.includes('Number 12.'),
    );
  });

  it('have the focus when the button that had it goes with the only reaction', async () => {
    const placed = await setupTalk();
    const {page} = placed;
    const message = page.message('Number 12.');
    page.press(message, 'heart');
    await waitUntil(() => message.querySelector('.reaction'), 'it is there');
    const reaction = message.querySelector<HTMLElement>('.reaction')!;
    reaction.focus();
    reaction.click();
    await waitUntil(() => !message.querySelector('.reaction'), 'it is gone');
    await focusIsOn(placed, 'the message', () => focusOf(placed) === message);
  });

  it('have the focus when the button that had it goes as one is sent again', async () => {
    const placed = await setupNative({}, 'c', await startWorkspace());
    const {page, workspace} = placed;
    await workspace.setting('Message_MaxAllowedSize', 5);
    page.send('Too long for it');
    const message = await page.shows('Too long for it');
    await waitUntil(() => message.querySelector('.unsent button'), 'it says so');
    await workspace.setting('Message_MaxAllowedSize', 5000);
    message.querySelector<HTMLElement>('.unsent button')!.focus();
    page.press(message, 'Send again');
    await waitUntil(() => !message.querySelector('.unsent'), 'it is sent');
    await focusIsOn(placed, 'the message', () => focusOf(placed) === message);
  });

  it('keep the focus where somebody else deletes or writes', async () => {
    const placed = await setupTalk();
    const {page, workspace, other, room, write} = placed;
    const {_id} = await write('To be deleted');
    const message = await page.shows('To be deleted');
    page.message('Number 12.').focus();
    await write('And another');
    await page.shows('And another');
    await workspace.remove(other.username, room._id, _id);
    await page.hides('To be deleted');
    expect(message.isConnected).to.equal(false);
    expect(focusOf(placed)).to.equal(page.message('Number 12.'));
  });

  for (const width of ['60rem', '320px'])
    it(`have it again when a thread is closed, ${width} wide`, async () => {
      const placed = await setupTalk();
      const {page, pane} = placed;
      pane.style.inlineSize = width;
      const message = page.message('Number 12.');
      message.focus();
      page.press(message, 'Reply');
      await focusIsOn(placed, 'the thread', () => focusOf(placed)?.closest('rc-thread textarea'));
      page.key('Escape', focusOf(placed)!);
      await focusIsOn(placed, 'the message', () =>
        focusOf(placed)?.closest('article')?.textContent.includes('Number 12.'),
      );
    });
});
