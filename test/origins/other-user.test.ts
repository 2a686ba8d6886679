import {expect, oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from '../support/conversation.js';
import {fence, showWitness} from '../support/fence.js';
import {hasten} from '../support/hasten.js';
import {makeLivePane, showLive} from '../support/live-pane.js';
import {frameIn, place, record} from '../support/mount.js';
import {startWorkspace} from 'test-simulators';

/**
 * A workspace whose embedded page has kept the session of another person, who has a room of the same
 * path as the user's (`direct/…`), and a private one with something unread.
 */
const setup = async () => {
  const conversation = await setupConversation('c', await startWorkspace());
  const {workspace, me, other} = conversation;
  const third = await workspace.createUser(`third-${conversation.name}`);
  const secret = await workspace.createRoom({
    type: 'p',
    name: `secret-${conversation.name}`,
    members: [other.username, third.username],
  });
  await workspace.createRoom({type: 'd', members: [me.username, third.username]});
  const theirs = await workspace.createRoom({type: 'd', members: [other.username, third.username]});
  await workspace.post(third.username, theirs._id, 'Just for the other one.');
  await workspace.post(third.username, secret._id, `@${other.username} just for you`);
  // The page keeps the session when its frame goes.
  const before = makeLivePane({...conversation, auth: () => workspace.token(other.username)});
  await showLive(before);
  before.remove();
  return {...conversation, third, secret, theirs};
};

/** What a pane tells of anybody. */
const recordAll = (pane: RcChatPaneElement): string[] =>
  record(
    pane,
    'rc-ready',
    'rc-logged-in',
    'rc-room-opened',
    'rc-unread-changed',
    'rc-message-received',
    'rc-message-sent',
    'rc-message-changed',
  );

/** The ids of the rooms that a pane opens from now on. */
const recordRooms = (pane: RcChatPaneElement): string[] => {
  const opened: string[] = [];
  pane.addEventListener('rc-room-opened', ({detail}) => opened.push(detail.roomId));
  return opened;
};

describe('<rc-chat-pane> whose embedded page has kept the session of another user', () => {
  for (const what of ['a function', 'an object'] as const)
    it(`tells nothing of that user before its own has signed in, by ${what}`, async () => {
      const {auth, workspace, third, theirs, me, ...conversation} = await setup();
      const room = `direct/${third.username}`;
      const pane = makeLivePane({...conversation, auth}, {room});
      if (what === 'an object') pane.auth = await auth();
      const opened = recordRooms(pane);
      // So that the page has told all that it has of the other user before a token counts.
      await workspace.setting('Iframe_Integration_receive_enable', false);
      const shown = showLive(pane);
      const page = workspace.frame(await frameIn(pane));
      await page.until((state) => state.roomId === theirs._id);
      await workspace.setting('Iframe_Integration_receive_enable', true);
      await shown;
      const {roomId} = await page.until(
        ({user, screen}) => user === me.username && screen === 'room',
      );
      await fence(pane, conversation.write);
      expect(opened).to.deep.equal([roomId]);
      expect(roomId).not.to.equal(theirs._id);
      expect(pane.unread.rooms.map((each) => each.roomId)).not.to.include(theirs._id);
      expect(pane.user?.userId).to.equal(me.userId);
    });

  /** A pane whose embedded page takes no token of its user, which its connection does. */
  const setupStuck = async () => {
    const {auth, ...conversation} = await setup();
    const {workspace, third, me} = conversation;
    const pane = makeLivePane({...conversation, auth}, {room: `direct/${third.username}`});
    pane.auth = async ({surface}) => {
      const credentials = await workspace.token(me.username);
      if (surface === 'embed') await workspace.expireToken(credentials.authToken);
      return credentials;
    };
    const seen = recordAll(pane);
    const failed = oneEvent(pane, 'rc-error');
    place(pane);
    const {error} = (await failed).detail;
    await pane.updateComplete;
    return {...conversation, pane, seen, error};
  };

  it('is degraded with other-user, says how to mend it, and does not let the person read what that user sees', async () => {
    hasten();
    const {pane, seen, error, workspace, other, me, theirs, secret, write} = await setupStuck();
    expect(error.code).to.equal('other-user');
    expect(error.message).to.match(/Sign out there/);
    expect(pane.state).to.equal('degraded');
    const notice = pane.renderRoot.querySelector<HTMLElement>('[part=notice]')!;
    expect(notice.checkVisibility()).to.be.true;
    expect(notice.textContent).to.include('Somebody else');
    const frame = pane.renderRoot.querySelector('iframe')!;
    const {left, top} = frame.getBoundingClientRect();
    const above = (pane.renderRoot as ShadowRoot).elementFromPoint(left + 20, top + 20);
    expect(frame.checkVisibility({visibilityProperty: true})).to.be.false;
    expect(above).not.to.equal(frame);
    // It was not a page without a session, which would prove nothing.
    const page = workspace.frame(await frameIn(pane));
    await page.until(({user, roomId}) => user === other.username && roomId === theirs._id);
    await fence(pane, write);
    expect(seen).to.include('rc-message-received');
    for (const type of ['rc-ready', 'rc-logged-in', 'rc-room-opened'])
      expect(seen).not.to.include(type);
    const told = [...pane.unread.rooms, ...pane.rooms].map(({roomId}) => roomId);
    expect(told).not.to.include(theirs._id).and.not.to.include(secret._id);
    expect(pane.user?.userId).to.equal(me.userId);
  });
});

describe('<rc-chat-pane> whose embedded page is taken over by another user', () => {
  it('gives it back to its own, and tells nothing of the other one', async () => {
    const conversation = await setupConversation('c', await startWorkspace());
    const {workspace, me, other, name, write} = conversation;
    const third = await workspace.createUser(`third-${name}`);
    const members = [other.username, third.username];
    const secret = await workspace.createRoom({type: 'p', name: `secret-${name}`, members});
    const pane = await showLive(makeLivePane(conversation));
    const frame = await frameIn(pane);
    const page = workspace.frame(frame);
    const opened = recordRooms(pane);
    const told = record(pane, 'rc-logged-out', 'rc-logged-in', 'rc-error');
    const {authToken} = await workspace.token(other.username);
    const ready = oneEvent(pane, 'rc-ready');
    // As Rocket.Chat's page does where another tab has signed somebody else in.
    frame.contentWindow!.postMessage({externalCommand: 'login-with-token', token: authToken}, '*');
    await page.until(({user}) => user === other.username);
    await workspace.post(third.username, secret._id, `@${other.username} for you`);
    await ready;
    await page.until(({user, screen}) => user === me.username && screen === 'room');
    await fence(pane, write);
    expect([...new Set(opened)]).to.deep.equal([conversation.room._id]);
    expect(told).to.deep.equal([]);
    expect(pane.unread.rooms.map(({roomId}) => roomId)).not.to.include(secret._id);
  });
});

describe('<rc-chat-pane> that is given the token of another user than it says', () => {
  for (const what of ['a function', 'an object', 'a function for the connection only'] as const)
    it(`is failed with other-user, and tells nothing of anybody, by ${what}`, async () => {
      const conversation = await setupConversation('c', await startWorkspace());
      const {workspace, me, other, room, write, auth} = conversation;
      const witness = await showWitness(conversation);
      const mixed = async () => ({...(await workspace.token(other.username)), userId: me.userId});
      const pane = makeLivePane({...conversation, auth: mixed});
      if (what === 'an object') pane.auth = await mixed();
      if (what === 'a function for the connection only')
        pane.auth = ({surface}) => (surface === 'live' ? mixed() : auth());
      const seen = recordAll(pane);
      const errors: string[] = [];
      pane.addEventListener('rc-error', ({detail}) => errors.push(detail.error.code));
      const failed = oneEvent(pane, 'rc-error');
      place(pane);
      const {error} = (await failed).detail;
      expect(error.message).to.match(/Check what auth or the broker gives/);
      await workspace.post(me.username, room._id, `@${other.username} for you`);
      await fence(witness, write);
      await pane.updateComplete;
      expect(errors).to.deep.equal(['other-user']);
      expect(pane.state).to.equal('failed');
      expect(pane.renderRoot.querySelector('iframe')).to.equal(null);
      expect(seen).to.deep.equal([]);
      const {rooms, unread, user} = pane;
      expect({
        rooms,
        user,
        count: unread.count,
        alert: unread.alert,
        of: unread.rooms,
      }).to.deep.equal({rooms: [], user: null, count: 0, alert: false, of: []});
    });
});
