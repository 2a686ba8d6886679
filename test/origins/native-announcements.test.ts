import {aTimeout, expect} from '@open-wc/testing';

import {setupNative, type NativePage} from '../support/native.js';
import {see} from '../support/visibility.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

/** Longer than what comes together is waited for. */
const SOON = 1_500;
/** What a screen reader takes for one announcement, in ms. */
const PAUSE = 4_000;

/** What is said, with when. */
const listen = (page: NativePage): {readonly text: string; readonly at: number}[] => {
  const region = page.find('.said');
  const said: {text: string; at: number}[] = [];
  new MutationObserver(() => {
    if (region.textContent) said.push({text: region.textContent, at: performance.now()});
  }).observe(region, {childList: true, characterData: true, subtree: true});
  return said;
};

const until = (found: () => unknown): Promise<void> => waitUntil(found, 'it is said');

describe('the native view says to screen readers', () => {
  it('one message of somebody else by its words, and nothing of before', async () => {
    const {page, write, other} = await setupNative({before: ({write}) => write('Of before')});
    await page.shows('Of before');
    const region = page.find('.said');
    expect([region.role, region.ariaLive, region.textContent]).to.deep.equal(['log', 'polite', '']);
    const said = listen(page);
    await write('The *X-ray* is here');
    await until(() => said.length);
    expect(said[0]!.text).to.contain('The X-ray is here').and.to.contain(other.username);
    expect(region.lang).to.equal('en');
  });

  it("several by their number, not one's own, and not more often than every 4 s", async () => {
    const {page, pane, write, workspace, other, room} = await setupNative({
      before: ({write}) => write('Before'),
    });
    await page.shows('Before');
    const said = listen(page);
    await write('One');
    await until(() => said.length === 1);
    await pane.send('My own');
    const step = {command: 'post', username: other.username, room: room._id} as const;
    // In one go, or the announcement may fall between two of them.
    await workspace.batch(['Two', 'Three', 'Four'].map((text) => ({...step, text})));
    await until(() => said.length === 2);
    expect(said.map(({text}) => text)).to.deep.equal([said[0]!.text, '3 new messages']);
    expect(said[1]!.at - said[0]!.at).to.be.at.least(PAUSE - 100);
  });

  /** How a person goes and comes back. */
  const away: Readonly<Record<string, (page: NativePage, on: boolean) => void>> = {
    'the pane is closed': (page, on) => {
      page.find('rc-conversation').parentElement!.inert = on;
    },
    'the page is hidden': (_, on) => see(on ? 'hidden' : 'visible'),
  };
  for (const [when, leave] of Object.entries(away))
    it(`nothing while ${when}, nor of then afterwards`, async () => {
      const {page, write} = await setupNative({before: ({write}) => write('Before')});
      await page.shows('Before');
      const said = listen(page);
      leave(page, true);
      await write('While nobody is there');
      await page.shows('While nobody is there');
      await aTimeout(SOON);
      expect(said).to.deep.equal([]);
      leave(page, false);
      await write('Once somebody is');
      await until(() => said.length);
      expect(said[0]!.text).to.contain('Once somebody is');
    });

  it('once that a message was not sent, with no alert beside it', async () => {
    const {page, workspace} = await setupNative({}, 'c', await startWorkspace());
    await workspace.setting('Message_MaxAllowedSize', 5);
    const said = listen(page);
    page.send('Too long');
    await page.shows('Too long');
    await waitUntil(() => page.root.querySelector('.unsent'), 'it is refused');
    await until(() => said.length);
    expect(said.map(({text}) => text)).to.deep.equal(['Not sent.']);
    expect(page.message('Too long').querySelector('[role=alert]')).to.equal(null);
    await aTimeout(SOON);
    expect(said).to.have.lengthOf(1);
  });

  it('an answer in the thread that is open, once where it is in the room as well', async () => {
    const {page, workspace, other, room, write} = await setupNative();
    const {_id} = await write('A question');
    page.press(await page.shows('A question'), 'Reply');
    await waitUntil(() => page.answers.length === 1);
    const said = listen(page);
    await until(() => said.length === 1).catch(() => undefined);
    said.splice(0);
    await workspace.post(other.username, room._id, 'In both', {tmid: _id, tshow: true} as never);
    await until(() => said.length);
    expect(said.map(({text}) => text.includes('In both'))).to.deep.equal([true]);
  });
});
