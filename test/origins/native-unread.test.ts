import {expect} from '@open-wc/testing';

import {setupNative, type NativePage} from '../support/native.js';
import {waitUntil} from '../support/wait.js';

const scrollBox = (page: NativePage): HTMLElement => page.find('.talk > rc-message-list > .scroll');

describe('the line above the unread messages of the native view', () => {
  it('stands above the first of them', async () => {
    const {page} = await setupNative({
      before: async ({workspace, me, other, room, write}) => {
        await workspace.post(me.username, room._id, 'What I know');
        await workspace.post(other.username, room._id, 'Since then');
        await write('And more');
      },
    });
    await page.shows('And more');
    const dividers = page.articles.filter((each) => each.querySelector('.unread'));
    expect(dividers.map((each) => each.querySelector('.text')?.textContent?.trim())).to.deep.equal([
      'Since then',
    ]);
  });

  it('stands above the first of very many, once that is loaded', async () => {
    const {page} = await setupNative({
      attributes: {style: 'block-size: 30rem'},
      before: async ({workspace, me, other, room}) => {
        await workspace.post(me.username, room._id, 'What I know');
        const step = {command: 'post', username: other.username, room: room._id} as const;
        const now = Date.now();
        // Each in a millisecond of its own, or their ids would say which comes first.
        const steps = Array.from({length: 60}, (_, i) => ({
          ...step,
          text: `New ${i + 1}.`,
          more: {ts: new Date(now + i + 1).toISOString()},
        }));
        await workspace.batch(steps);
      },
    });
    await page.shows('New 60.');
    const rows = (): HTMLElement[] => page.articles.filter((each) => each.querySelector('.unread'));
    await waitUntil(() => {
      scrollBox(page).scrollTop = 0;
      return rows().length > 0;
    }, 'all are loaded, and the line is there');
    expect(rows().map((each) => each.querySelector('.text')?.textContent.trim())).to.deep.equal([
      'New 1.',
    ]);
  });

  it('does not come with a message that comes while somebody looks', async () => {
    const {page, write} = await setupNative({
      before: ({workspace, me, room}) => workspace.post(me.username, room._id, 'What I know'),
    });
    await page.shows('What I know');
    await write('While I look');
    await page.shows('While I look');
    await write('And more');
    await page.shows('And more');
    expect(page.root.querySelectorAll('.unread').length).to.equal(0);
  });
});
