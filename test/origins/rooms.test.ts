import {expect, oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from '../support/conversation.js';
import {makeLivePane, setupLive, showLive, untilUnread} from '../support/live-pane.js';
import {frameIn, mountRoom, place} from '../support/mount.js';
import {startWorkspace} from 'test-simulators';

/** Resolves once the tree of the pane has what is looked for. */
const untilThere = async <Found>(
  pane: RcChatPaneElement,
  find: (root: ParentNode) => Found | null | undefined,
): Promise<Found> => {
  const {renderRoot} = pane;
  const found = find(renderRoot);
  if (found) return found;
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const there = find(renderRoot);
      if (!there) return;
      observer.disconnect();
      resolve(there);
    });
    observer.observe(renderRoot, {
      childList: true,
      subtree: true,
      attributes: true,
      characterData: true,
    });
  });
};

/** The button of a room in the pane's list, by its accessible name. */
const roomButton = (pane: RcChatPaneElement, name: RegExp): Promise<HTMLButtonElement> =>
  untilThere(pane, (root) =>
    [...root.querySelectorAll<HTMLButtonElement>('[part=rooms] button')].find((button) =>
      name.test(button.ariaLabel ?? button.textContent ?? ''),
    ),
  );

/** A user with a room of each kind, and the pane that lists them. */
const setupRooms = async (server?: string) => {
  const conversation = await setupConversation('c', server);
  const {workspace, me, other, name} = conversation;
  const members = [other.username, me.username];
  const group = await workspace.createRoom({type: 'p', name: `group-${name}`, members});
  const direct = await workspace.createRoom({type: 'd', members});
  const discussion = await workspace.createRoom({
    type: 'discussion',
    name: `Talk ${name}`,
    parent: group._id,
    members,
  });
  const pane = await showLive(makeLivePane(conversation, {'room-list': true}));
  return {...conversation, pane, group, direct, discussion};
};

describe('the list of rooms of <rc-chat-pane>', () => {
  it('has the rooms of the user and no others, and opens the one that is chosen', async () => {
    const {pane, workspace, name, other, group, direct, discussion} = await setupRooms();
    const page = workspace.frame(await frameIn(pane));
    for (const [label, {_id}, type] of [
      [`group-${name}`, group, 'p'],
      [other.username, direct, 'd'],
      [`Talk ${name}`, discussion, 'discussion'],
    ] as const) {
      const opened = oneEvent(pane, 'rc-room-opened');
      (await roomButton(pane, new RegExp(`^${label}`))).click();
      expect((await opened).detail).to.include({roomId: _id, type});
      await page.until(({roomId}) => roomId === _id);
      await untilThere(pane, (root) => root.querySelector('[aria-current=true]'));
    }
    expect(pane.rooms).to.have.lengthOf(4);
  });

  it('counts what is unread in each room, live, and what the user reads no more', async () => {
    const {pane, workspace, me, other, group} = await setupRooms();
    await workspace.post(other.username, group._id, `@${me.username} one`);
    await workspace.post(other.username, group._id, `@${me.username} two`);
    await roomButton(pane, /^group-.*2 unread messages/);
    await untilUnread(pane, ({count}) => count === 2);
    await pane.open(`group/${group.name}`);
    await pane.markRead();
    await untilUnread(pane, ({count, alert}) => count === 0 && !alert);
    await roomButton(pane, /^group-room-\w+$/);
  });

  it('takes a room in that the user is added to, and leaves out one that ends', async () => {
    const {pane, workspace, me, other, name} = await setupLive({'room-list': true});
    const members = [other.username, me.username];
    const added = await workspace.createRoom({type: 'p', name: `later-${name}`, members});
    await roomButton(pane, /^later-/);
    await workspace.removeMember(added._id, me.username);
    await untilThere(
      pane,
      (root) => !/later-/.test(root.querySelector('[part=rooms]')?.textContent ?? '') || undefined,
    );
    expect(pane.rooms.map(({roomId}) => roomId)).not.to.include(added._id);
  });

  it('opens the chat of the room it is paired with when a room is chosen', async () => {
    const conversation = await setupConversation();
    const pane = makeLivePane(conversation, {'room-list': true});
    const room = mountRoom({}, pane);
    await oneEvent(pane, 'rc-ready');
    const button = await roomButton(pane, /^room-/);
    const toggled = oneEvent(room, 'pexip-chat-toggled');
    button.click();
    expect((await toggled).detail).to.deep.equal({active: true, by: 'pane'});
  });
});

describe('a room that opens', () => {
  it('is known for what it is by a bare id, in one go', async () => {
    // Of its own, as the pages of other browsers load from the server that all share.
    const {pane, group, workspace} = await setupRooms(await startWorkspace());
    const before = (await workspace.requests()).length;
    const opened = await pane.open(group._id);
    expect(opened).to.include({roomId: group._id, type: 'p'});
    // No other kind was tried, and nothing was loaded again.
    const since = (await workspace.requests()).slice(before);
    expect(since.filter(({line}) => line.includes('layout=embedded'))).to.deep.equal([]);
  });

  it('is refused where the user is no member, and where there is none; what is shown stays', async () => {
    const {pane, workspace, other, room} = await setupRooms();
    const page = workspace.frame(await frameIn(pane));
    const closed = await workspace.createRoom({
      type: 'p',
      name: `closed-${crypto.randomUUID().slice(0, 8)}`,
      members: [other.username],
    });
    const forbidden = await pane.open(`group/${closed.name}`).catch((error) => error);
    expect(forbidden.code).to.equal('room-forbidden');
    const missing = await pane.open('channel/there-is-none').catch((error) => error);
    expect(missing.code).to.equal('room-not-found');
    expect(pane.state).to.equal('ready');
    expect((await page.until(({screen}) => screen === 'room')).roomId).to.equal(room._id);
  });

  it('is told to be closed to the user where an attribute names it, with a way out', async () => {
    const conversation = await setupConversation();
    const {workspace, other, server} = conversation;
    const name = `closed-${crypto.randomUUID().slice(0, 8)}`;
    await workspace.createRoom({type: 'p', name, members: [other.username]});
    const pane = makeLivePane(conversation, {room: `group/${name}`});
    const failed = oneEvent(pane, 'rc-error');
    place(pane);
    expect((await failed).detail.error.code).to.equal('room-forbidden');
    expect(pane.state).to.equal('degraded');
    const link = await untilThere(pane, (root) =>
      root.querySelector<HTMLAnchorElement>('[part=link]:not([hidden])'),
    );
    expect(link.href).to.equal(`${server}/group/${name}`);
    expect(link.target).to.equal('_blank');
    expect(link.rel).to.include('noopener');
    expect(pane.renderRoot.querySelector('[part=notice]')!.textContent).to.include('not a member');
  });
});
