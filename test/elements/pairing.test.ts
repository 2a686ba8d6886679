import {expect, oneEvent} from '@open-wc/testing';

import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {place, record} from '../support/mount.js';

const makeRoom = (id = ''): PexipChatRoomElement => {
  const room = document.createElement('pexip-chat-room');
  room.id = id;
  return room;
};
const makePane = (): RcChatPaneElement => document.createElement('rc-chat-pane');

/** Which of the rooms opens when the pane asks: that is the one it is paired with. */
const expectPair = async (room: PexipChatRoomElement, pane: RcChatPaneElement): Promise<void> => {
  await pane.updateComplete;
  expect(pane.diagnose().paired).to.be.true;
  const toggled = oneEvent(room, 'pexip-chat-toggled');
  pane.active = true;
  expect((await toggled).detail).to.deep.equal({active: true, by: 'pane'});
};

describe('the pairing of the two elements', () => {
  it('follows the property for, as frameworks set it', async () => {
    const [, second] = [place(makeRoom('first')), place(makeRoom('second'))];
    const pane = place(makePane());
    await pane.updateComplete;
    expect(pane.diagnose().paired).to.be.false;
    pane.for = 'second';
    await expectPair(second, pane);
  });

  it('follows a for that is set in the task in which the pane came', async () => {
    const [, second] = [place(makeRoom('first')), place(makeRoom('second'))];
    const pane = place(makePane());
    pane.setAttribute('for', 'second');
    await expectPair(second, pane);
  });

  it('leaves the only room for the one it names in the same task', async () => {
    const first = place(makeRoom('first'));
    const pane = place(makePane());
    const second = place(makeRoom('second'));
    pane.for = 'second';
    await expectPair(second, pane);
    expect(first.chat).to.be.false;
  });

  for (const mode of ['open', 'closed'] as const) {
    it(`pairs within one ${mode} shadow root although there is another room`, async () => {
      place(makeRoom('outside'));
      const [room, pane] = [makeRoom(), makePane()];
      room.append(pane);
      const host = place(document.createElement('div'));
      host.attachShadow({mode}).append(room);
      await expectPair(room, pane);
    });
  }

  it('looks for the room that came before its own room went', async () => {
    const before = place(makeRoom());
    const pane = place(makePane());
    await pane.updateComplete;
    const after = place(makeRoom());
    before.remove();
    await expectPair(after, pane);
  });

  it('tells by the page after a pane asked for what was so already', async () => {
    const [room, pane] = [makeRoom(), makePane()];
    room.chat = true;
    room.append(pane);
    place(room);
    await room.updateComplete;
    pane.dispatchEvent(new CustomEvent('rc-active-request', {detail: {active: true}}));
    const toggled = oneEvent(room, 'pexip-chat-toggled');
    room.setChatActive(false);
    expect((await toggled).detail).to.deep.equal({active: false, by: 'page'});
  });

  it('tells nothing of a chat that is as before at the end of the task', async () => {
    const room = place(makeRoom());
    await room.updateComplete;
    const seen = record(room, 'pexip-chat-toggled');
    room.chat = true;
    room.chat = false;
    await room.updateComplete;
    expect(seen).to.deep.equal([]);
  });
});
