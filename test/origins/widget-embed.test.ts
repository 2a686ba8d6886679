import {expect} from '@open-wc/testing';

import {violationsIn} from '../support/axe.js';
import {press} from '../support/keys.js';
import {waitUntil} from '../support/wait.js';
import {setupWidget} from '../support/widget.js';

/** A widget with the embedded view, whose chat was opened by keyboard. */
const setup = async () => {
  const scene = await setupWidget({view: 'embed'});
  const {list, reads, pane, workspace, find} = scene;
  (await list()).focus();
  await press('Enter');
  await reads();
  const frame = pane()!.renderRoot.querySelector('iframe')!;
  return {...scene, frame, page: workspace.frame(frame), dialog: find('dialog[part=window]')!};
};

describe('the embedded view in the widget', () => {
  it("shows the chat in Rocket.Chat's page, in the window and for its user", async () => {
    const {frame, page, me, dialog, find} = await setup();
    const {user} = await page.until(({screen}) => screen === 'room');
    expect(user).to.equal(me.username);
    expect(frame.checkVisibility({visibilityProperty: true})).to.equal(true);
    const [inner, outer] = [frame, dialog].map((each) => each.getBoundingClientRect());
    expect(inner!.width).to.be.closeTo(outer!.width, 4);
    const below = find('[part=header]')!.getBoundingClientRect().bottom;
    expect(inner!.height).to.be.closeTo(outer!.bottom - below, 4);
  });

  it('is left by keyboard for the list, and found again as it was', async () => {
    const {find, root, row, frame, pane} = await setup();
    find('[part=header] button')!.focus();
    await press('Enter');
    expect(find('[part=chat]')!.inert).to.equal(true);
    expect(root.activeElement).to.equal(row());
    await press('Enter');
    await waitUntil(() => !find('[part=chat]')!.inert);
    expect(pane()!.renderRoot.querySelector('iframe')).to.equal(frame);
    expect(pane()!.state).to.equal('ready');
  });

  for (const scheme of ['light', 'dark'])
    it(`has nothing that axe finds, ${scheme}`, async () => {
      const {widget, dialog, still} = await setup();
      widget.style.colorScheme = scheme;
      still();
      expect(await violationsIn(dialog)).to.deep.equal([]);
    });
});
