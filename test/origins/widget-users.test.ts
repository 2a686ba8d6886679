import {expect} from '@open-wc/testing';

import {waitUntil} from '../support/wait.js';
import {setupWidget} from '../support/widget.js';

/** A widget that shows its user's chat, with a text half written in it. */
const setup = async () => {
  const made = await setupWidget();
  const {widget, remote, me, other, list, reads, pane} = made;
  widget.accessToken = await remote.accessToken(me.username);
  (await list()).click();
  await reads();
  await pane()!.compose('Half written');
  /** The text in the field where one writes. */
  const written = (): string | undefined =>
    pane()?.renderRoot.querySelector<HTMLTextAreaElement>('rc-composer textarea')?.value;
  await waitUntil(() => written() === 'Half written', 'the text is there');
  /** The page has another user. */
  const change = async (): Promise<void> => {
    widget.accessToken = await remote.accessToken(other.username);
    await widget.updateComplete;
  };
  return {...made, change, written, first: pane()!};
};

describe('a widget whose page gives the token of another user', () => {
  it('shows nothing of the one before: no chat, no text half written, no list', async () => {
    const {find, pane, row, first, change, remote} = await setup();
    await remote.fail('hang', undefined, {below: '/v1/chat'});
    await change();
    expect([pane(), first.isConnected, row()]).to.deep.equal([null, false, undefined]);
    expect(find('[part=chat]')).to.equal(null);
    expect(find('[part=list]')!.checkVisibility({visibilityProperty: true})).to.equal(true);
    expect(find('[part=header] h2')!.textContent).to.include('Chats');
    await remote.fail(null);
  });

  it('reads and sends as the new one', async () => {
    const {widget, workspace, change, list, reads, pane, written, first, me, other, room} =
      await setup();
    await change();
    await waitUntil(() => widget.isAuthenticated(), 'the other one is signed in');
    (await list()).click();
    await reads();
    expect(pane()).not.to.equal(first);
    expect(pane()!.user?.username).to.equal(other.username);
    expect(written()).to.equal('');
    await workspace.post(me.username, room.name!, 'To whoever is there');
    const text = (): string => pane()!.renderRoot.textContent;
    await waitUntil(() => text().includes('To whoever is there'), 'it is read');
    const sent = await pane()!.send('By the new one');
    expect(sent.sender).to.equal(other.username);
  });

  it('is asked for a chat by the page at once, and shows that of the new one', async () => {
    const {widget, change, reads, pane, me, other} = await setup();
    await change();
    await widget.addChat(me.username);
    await reads();
    expect(pane()!.user?.username).to.equal(other.username);
  });

  it('forgets the one before in a window that is closed, too', async () => {
    const {widget, find, pane, first, change} = await setup();
    widget.closeWidget();
    await change();
    expect([pane(), first.isConnected]).to.deep.equal([null, false]);
    expect(find('[part=chat]')).to.equal(null);
  });
});
