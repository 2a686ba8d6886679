import {expect, oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from '../support/conversation.js';
import {makePane, place} from '../support/mount.js';
import {kept, MOVES, moveTo} from '../support/moves.js';
import {setupPuppetCall, type PuppetRoom} from '../support/puppet-room.js';
import {recordLoads, recordPane, untilTold} from '../support/room-record.js';

/** A pane, not yet in the page, and somebody who writes to its user. */
const setupPane = async () => {
  const {name, auth, me, other, workspace} = await setupConversation();
  const pane = makePane('', {room: `#${name}`});
  pane.auth = auth;
  const members = [me.username, other.username];
  const {_id} = await workspace.createRoom({type: 'p', name: `other-${name}`, members});
  return {
    pane,
    shown: oneEvent(pane, 'rc-ready'),
    /** In a room that is not the one on show, which is read as soon as it has the focus. */
    mention: () => workspace.post(other.username, _id, `@${me.username} hello`),
  };
};

/** Closes the chat of a room, as its plugin asks, and looks at the pane; then opens it again. */
const expectFollows = async (pane: RcChatPaneElement, {room, says}: PuppetRoom): Promise<void> => {
  expect(pane.diagnose().paired).to.be.true;
  for (const active of [!room.chat, room.chat]) {
    await says('toggle-chat', {active});
    await room.updateComplete;
    expect(room.chat).to.equal(active);
    expect(pane.active).to.equal(active);
  }
};

/** Resolves when the plugin was told last that the badge is so. */
const badgeIs = ({mail}: PuppetRoom, visible: boolean): Promise<void> =>
  mail.until((all) => {
    const told = all.filter(([name]) => name === 'toggle-chat-badge').at(-1);
    return told?.[1]['visible'] === visible;
  });

for (const how of MOVES) {
  describe(`a pane that is moved alone with ${how}`, () => {
    /** Moves the pane; it shows its conversation as before, or again where nothing was kept. */
    const move = async (to: Element, pane: RcChatPaneElement): Promise<void> => {
      const [told, loads] = [recordPane(pane), recordLoads(pane)];
      const frame = pane.renderRoot.querySelector('iframe');
      const frames = moveTo(to, pane, how);
      if (frames === 'anew') await untilTold(told, 'rc-ready');
      await pane.updateComplete;
      if (frames === 'kept') {
        expect(pane.renderRoot.querySelector('iframe')).to.equal(frame);
        expect([told.all, loads.all]).to.deep.equal([[], []]);
      } else {
        await loads.reaches(1);
        expect(loads.all).to.have.length(1);
      }
      expect(pane.state).to.equal('ready');
    };

    it(`inside its room stays paired, and the meeting notices nothing${kept(how)}`, async () => {
      const {pane, shown, mention} = await setupPane();
      const inner = document.createElement('div');
      const setup = await setupPuppetCall({}, pane, inner);
      await shown;
      await move(inner, pane);
      await expectFollows(pane, setup);
      await mention();
      await badgeIs(setup, true);
      expect(setup.starts.all).to.deep.equal([]);
      expect(setup.room.state).to.equal('connected');
    });

    it(`from one room to another follows and counts for the new one alone${kept(how)}`, async () => {
      const {pane, shown, mention} = await setupPane();
      const from = await setupPuppetCall({}, pane);
      const to = await setupPuppetCall({chat: true});
      await shown;
      await move(to.room, pane);
      expect(pane.active).to.be.true;
      await expectFollows(pane, to);

      for (const active of [true, false]) {
        await from.says('toggle-chat', {active});
        await from.room.updateComplete;
        expect(pane.active).to.be.true;
      }
      await from.settle();
      from.mail.take();
      from.events.take();
      const closed = oneEvent(to.room, 'pexip-chat-toggled');
      pane.active = false;
      expect((await closed).detail).to.deep.equal({active: false, by: 'pane'});
      await mention();
      await badgeIs(to, true);
      await from.settle();
      expect([from.events.all, from.mail.all]).to.deep.equal([[], []]);
    });

    it(`from one room to another takes what is unread with it${kept(how)}`, async () => {
      const {pane, shown, mention} = await setupPane();
      const from = await setupPuppetCall({}, pane);
      const to = await setupPuppetCall();
      await shown;
      await mention();
      await badgeIs(from, true);
      await move(to.room, pane);
      await Promise.all([badgeIs(to, true), badgeIs(from, false)]);
    });

    it(`out of its room, with another on the page, belongs to none and is shown${kept(how)}`, async () => {
      const {pane, shown} = await setupPane();
      const {room, says} = await setupPuppetCall({}, pane);
      await setupPuppetCall();
      await shown;
      expect(pane.matches(':state(closed)')).to.be.true;
      await move(place(document.createElement('div')), pane);
      expect(pane.diagnose().paired).to.be.false;
      expect(pane.matches(':state(closed)')).to.be.false;
      await says('toggle-chat', {active: true});
      await says('toggle-chat', {active: false});
      await room.updateComplete;
      expect(pane.active).to.be.true;
    });
  });
}
