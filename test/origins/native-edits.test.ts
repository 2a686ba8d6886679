import {expect} from '@open-wc/testing';

import {setupNative} from '../support/native.js';
import {waitUntil} from '../support/wait.js';

describe('an edit in the native view', () => {
  it('of a message that was deleted meanwhile does not post it anew; its text stays, with the reason', async () => {
    const {page, pane, workspace, me, room} = await setupNative();
    const {id} = await pane.send('Too late');
    await page.shows('Too late');
    page.key('ArrowUp');
    await waitUntil(() => page.field.value === 'Too late');
    page.write('Much too late');
    await workspace.remove(me.username, room._id, id);
    await page.hides('Too late');
    page.key('Enter');
    await waitUntil(() => page.root.querySelector('.complaint')?.textContent.includes('deleted'));
    expect(page.field.value).to.equal('Much too late');
    expect(await workspace.messages(room._id)).to.deep.equal([]);
  });

  it('of a message that is no longer loaded changes it, and posts no other', async () => {
    const {page, pane, workspace, me, other, room} = await setupNative({
      before: async ({workspace, me, room}) => {
        await workspace.post(me.username, room._id, 'The first');
        const {username} = me;
        const later = Array.from({length: 80}, (_, i) => `Later ${i + 1}.`);
        await workspace.batch(
          later.map((text) => ({command: 'post', username, room: room._id, text})),
        );
      },
    });
    await page.shows('Later 80.');
    const scroll = page.find('.scroll');
    await waitUntil(() => {
      scroll.scrollTop = 0;
      return page.texts.includes('The first');
    });
    page.press(page.message('The first'), 'Edit');
    await waitUntil(() => page.field.value === 'The first');
    const members = [other.username, me.username];
    const elsewhere = await workspace.createRoom({type: 'p', name: `p-${me.username}`, members});
    await pane.open(`group/${elsewhere._id}`);
    await waitUntil(() => page.field.value === '');
    await pane.open(`channel/${room._id}`);
    await waitUntil(() => page.field.value === 'The first');
    await page.shows('Later 80.');
    page.send('The very first');
    const first = async (): Promise<string | undefined> =>
      (await workspace.messages(room._id))[0]?.msg;
    await waitUntil(async () => (await first()) === 'The very first', 'it is changed');
    expect(await workspace.messages(room._id)).to.have.lengthOf(81);
  });
});
