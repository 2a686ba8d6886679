import {expect} from '@open-wc/testing';

import type {MessageFields} from '../../demo/simulators/rocket-chat/simulator.js';
import type {RcMessageListElement} from '../../src/elements/native/message-list.js';
import {holdFrames} from '../support/held-frames.js';
import {setupNative, type NativePage} from '../support/native.js';
import {waitUntil} from '../support/wait.js';

const scrollBox = (page: NativePage): HTMLElement => page.find('.talk > rc-message-list > .scroll');
const atEnd = (page: NativePage): boolean => {
  const {scrollTop, scrollHeight, clientHeight} = scrollBox(page);
  return scrollTop > 0 && scrollHeight - scrollTop - clientHeight < 2;
};
/** The articles that are in sight, by their text, with where they stand. */
const inSight = (page: NativePage): Map<string, number> => {
  const box = scrollBox(page).getBoundingClientRect();
  return new Map(
    page.articles
      .map((each) => [each.textContent, each.getBoundingClientRect()] as const)
      .filter(([, {bottom, top}]) => bottom > box.top && top < box.bottom)
      .map(([text, {top}]) => [text, top]),
  );
};
const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

describe('the history of the native view', () => {
  const setupHistory = (count: number) =>
    setupNative({
      attributes: {style: 'block-size: 30rem'},
      before: ({workspace, room}) => workspace.fill(room._id, count),
    });

  it('opens at the newest message, and loads older ones as somebody scrolls up', async () => {
    const {page} = await setupHistory(300);
    await page.shows('Message 300.');
    await waitUntil(() => atEnd(page), 'it is at the end');
    const oldest = (): number =>
      Math.min(...page.texts.map((text) => Number(/^Message (\d+)\./.exec(text)?.[1])));
    expect(oldest()).to.be.greaterThan(250);
    await waitUntil(() => {
      scrollBox(page).scrollTop = 0;
      return oldest() === 1;
    }, 'the first one is there');
    expect(page.root.querySelectorAll('article')).to.have.lengthOf.at.most(200);
  });

  it('has each message in its row when older ones come just before the list is drawn', async () => {
    const {page} = await setupHistory(200);
    await page.shows('Message 200.');
    await waitUntil(() => atEnd(page));
    const list = page.find<RcMessageListElement>('.talk > rc-message-list');
    const conversation = list.conversation!;
    const release = holdFrames();
    list.requestUpdate();
    await list.updateComplete;
    await conversation.loadOlder();
    release();
    await frame();
    const rows = [...list.querySelectorAll<HTMLElement>('[data-key]')];
    expect(rows).not.to.be.empty;
    for (const row of rows)
      expect(row.textContent).to.include(
        /^Message \d+\./.exec(conversation.get(row.dataset['key']!)!.text)![0],
      );
  });

  it('moves nothing that is in sight by more than a pixel when older messages come', async () => {
    const {page} = await setupHistory(200);
    await page.shows('Message 200.');
    await waitUntil(() => atEnd(page));
    const box = scrollBox(page);
    box.scrollTop = 300;
    await frame();
    await frame();
    let before = inSight(page);
    const height = box.scrollHeight;
    let worst = 0;
    // Every frame until the next page is there, and some after it.
    for (let after = 0, frames = 0; after < 10 && frames < 600; frames++) {
      await frame();
      const now = inSight(page);
      for (const [text, top] of now) {
        const was = before.get(text);
        if (was !== undefined) worst = Math.max(worst, Math.abs(was - top));
      }
      before = now;
      if (box.scrollHeight !== height) after++;
    }
    expect(box.scrollHeight).to.be.greaterThan(height);
    expect(worst).to.be.at.most(1);
  });

  it('stays at the newest message as more come, and where somebody reads older ones stays there', async () => {
    const {page, write} = await setupHistory(100);
    await page.shows('Message 100.');
    await waitUntil(() => atEnd(page));
    await write('One more');
    await page.shows('One more');
    await waitUntil(() => atEnd(page), 'it follows');
    scrollBox(page).scrollTop -= 400;
    await waitUntil(() => page.root.querySelector('.newest'), 'there is a way back');
    const before = scrollBox(page).scrollTop;
    await write('And another');
    await waitUntil(() => page.find('.newest').textContent.includes('1 new message'));
    expect(scrollBox(page).scrollTop).to.be.closeTo(before, 1);
    page.find('.newest').click();
    await page.shows('And another');
    await waitUntil(() => atEnd(page));
    await waitUntil(() => !page.root.querySelector('.newest'));
  });

  it('counts as new what has come since, and no older messages that were loaded meanwhile', async () => {
    const {page, write} = await setupHistory(200);
    await page.shows('Message 200.');
    await waitUntil(() => atEnd(page));
    const box = scrollBox(page);
    const height = box.scrollHeight;
    box.scrollTop = 0;
    await waitUntil(() => box.scrollHeight > height, 'older ones are there');
    await waitUntil(() => page.find('.newest').textContent.trim() === '');
    await write('Something new');
    await waitUntil(() => page.find('.newest').textContent.includes('1 new message'));
  });

  it('goes to a message that is quoted, however far back it is', async () => {
    const {page, workspace, other, room, server} = await setupHistory(200);
    await page.shows('Message 200.');
    const [first] = await workspace.messages(room._id);
    const link = `${server}/channel/${room._id}?msg=${first!._id}`;
    await workspace.post(other.username, room._id, 'Do you remember?', {
      attachments: [{message_link: link, author_name: 'somebody', text: 'Long ago', ts: first!.ts}],
    });
    const message = await page.shows('Do you remember?');
    await waitUntil(() => message.querySelector('.quoted .link'), 'the quote is there');
    message.querySelector<HTMLElement>('.quoted .link')!.click();
    await waitUntil(() => page.root.activeElement?.textContent?.includes('Message 1.'), '');
  });

  it('opens the room of a message that is quoted from elsewhere', async () => {
    const {page, workspace, me, other, room, server} = await setupHistory(100);
    const members = [me.username, other.username];
    const name = `über-${me.username}`;
    const elsewhere = await workspace.createRoom({type: 'p', name, members});
    const {_id, ts} = await workspace.post(other.username, elsewhere._id, 'Said there');
    const link = `${server}/group/${encodeURIComponent(name)}?msg=${_id}`;
    await workspace.post(other.username, room._id, 'Do you remember?', {
      attachments: [{message_link: link, author_name: 'somebody', text: 'Said there', ts}],
    });
    const message = await page.shows('Do you remember?');
    await waitUntil(() => message.querySelector('.quoted .link'), 'the quote is there');
    message.querySelector<HTMLElement>('.quoted .link')!.click();
    await waitUntil(() => page.find('.bar h2').textContent === name, 'the other room is open');
    await page.shows('Said there');
  });

  it('goes to a message that is quoted in a thread over the room, which it closes', async () => {
    const {page, workspace, other, room, server, write} = await setupNative({
      attributes: {style: 'inline-size: 20rem; block-size: 30rem'},
      before: ({workspace, room}) => workspace.fill(room._id, 100),
    });
    const {_id: tmid} = await write('A question');
    const [first] = await workspace.messages(room._id);
    const link = `${server}/channel/${room.name}?msg=${first!._id}`;
    await workspace.post(other.username, room._id, 'An answer', {
      tmid,
      attachments: [{message_link: link, author_name: 'somebody', text: 'Long ago', ts: first!.ts}],
    });
    const question = await page.shows('A question');
    await waitUntil(() => question.textContent.includes('1 reply'));
    page.press(question, 'Open the thread');
    await waitUntil(() => page.root.querySelector('rc-thread .quoted .link'), 'the quote is there');
    page.find('rc-thread .quoted .link').click();
    await waitUntil(() => !page.root.querySelector('rc-thread'), 'the thread is closed');
    await waitUntil(() => page.root.activeElement?.textContent?.includes('Message 1.'));
  });

  it('says the day before the first message of each', async () => {
    const times = ['2024-03-01T12:00', '2024-03-01T12:01', '2024-03-02T12:00', '2024-03-02T12:30'];
    const {page} = await setupNative({
      before: async ({workspace, other, room}) => {
        for (const [i, time] of times.entries()) {
          const ts = new Date(time).toISOString();
          await workspace.post(other.username, room._id, `Said ${i}.`, {ts} as MessageFields);
        }
      },
    });
    await page.shows('Said 3.');
    const days = times.map((_, i) => page.message(`Said ${i}.`).querySelector('.day'));
    expect(days.map((each) => each?.textContent.trim())).to.deep.equal([
      'Friday, March 1, 2024',
      undefined,
      'Saturday, March 2, 2024',
      undefined,
    ]);
  });

  it('is gone through by the arrow keys, one message at a time, by one stop of Tab', async () => {
    const {page} = await setupHistory(80);
    const last = await page.shows('Message 80.');
    await waitUntil(() => atEnd(page));
    expect(page.articles.filter(({tabIndex}) => tabIndex === 0)).to.deep.equal([last]);
    last.focus();
    page.key('ArrowUp', last);
    await waitUntil(() => page.root.activeElement?.textContent?.includes('Message 79.'));
    const former = page.root.activeElement as HTMLElement;
    page.key('Home', former);
    const current = (): Element | null => page.root.activeElement;
    await waitUntil(() => current()?.localName === 'article' && current() !== former);
    const first = current() as HTMLElement;
    await waitUntil(
      () => first.getBoundingClientRect().bottom > scrollBox(page).getBoundingClientRect().top,
    );
    page.key('End', first);
    await waitUntil(() => page.root.activeElement?.textContent?.includes('Message 80.'));
  });
});
