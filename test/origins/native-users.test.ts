import {expect, oneEvent} from '@open-wc/testing';

import {RocketChatRemote} from '../../demo/simulators/rocket-chat/remote.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import type {Credentials} from '../../src/protocol/credentials.js';
import {setupBroker} from '../support/broker-pane.js';
import {setupConversation} from '../support/conversation.js';
import {fence} from '../support/fence.js';
import {makeLivePane} from '../support/live-pane.js';
import {place, record} from '../support/mount.js';
import {NativePage, setupNative} from '../support/native.js';
import {otherClient} from '../support/other-client.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

/** A native view whose user is known by a broker. */
const setupByBroker = async () => {
  const scene = await setupBroker();
  const {pane} = scene;
  pane.view = 'native';
  const ready = oneEvent(pane, 'rc-ready');
  place(pane);
  await ready;
  const page = new NativePage(pane);
  await page.writable();
  return {...scene, page};
};

/** A native view that is ready. */
const showNative = async (
  server: string,
  name: string,
  auth: () => Promise<Credentials>,
): Promise<RcChatPaneElement> => {
  const pane = makeLivePane({server, name, auth}, {view: 'native'});
  const ready = oneEvent(pane, 'rc-ready');
  place(pane);
  await ready;
  await new NativePage(pane).writable();
  return pane;
};

/** What tells of a room and of somebody in it. */
const shownOf = ({root}: NativePage) => ({
  room: root.querySelector('.bar h2')?.textContent ?? '',
  writes: !!root.querySelector('rc-composer'),
  messages: root.querySelectorAll('article').length,
});

/** What a pane says in the place of a conversation. */
const saidBy = ({root}: NativePage): string | undefined =>
  root.querySelector('.cover:not([hidden])')?.textContent;

/** Fails if the pane looks as if something were to come. */
const expectNoLoading = (page: NativePage): void => {
  expect(page.pane.state).to.equal('failed');
  expect(saidBy(page)).to.equal('The conversation cannot be shown.');
};

describe('the user of the native view', () => {
  it('who signs in in the place of another has that room, and writes as who they are', async () => {
    const {page, pane, other, workspace, room} = await setupNative({
      before: ({write}) => write('Hello'),
    });
    await page.shows('Hello');
    const events = record(pane, 'rc-logged-in', 'rc-room-opened', 'rc-ready', 'rc-error');
    await pane.login(await workspace.token(other.username));
    // By now it is their own.
    await waitUntil(() => page.root.querySelector('.mine'));
    await page.writable();
    expect(pane.user?.userId).to.equal(other.userId);
    const sent = oneEvent(pane, 'rc-message-sent');
    page.send('Who am I?');
    await sent;
    const written = (await workspace.messages(room._id)).find(({msg}) => msg === 'Who am I?');
    expect(written?.u.username).to.equal(other.username);
    expect(events).to.deep.equal(['rc-logged-in', 'rc-room-opened', 'rc-ready']);
  });

  it('who signs out leaves no room, no message and nothing to write in, and none is opened', async () => {
    const {page, pane} = await setupNative({before: ({write}) => write('Confidential')});
    await page.shows('Confidential');
    const events = record(pane, 'rc-room-opened', 'rc-logged-out');
    await pane.logout();
    await waitUntil(() => !shownOf(page).messages);
    expect(shownOf(page)).to.deep.equal({room: '', writes: false, messages: 0});
    expect(events).to.deep.equal(['rc-logged-out']);
    expectNoLoading(page);
    pane.room = '#general';
    await pane.updateComplete;
    expectNoLoading(page);
  });

  it('who has signed out is not signed in again by another room, but by a new accessToken', async () => {
    const {page, pane, remote, me, workspace, other, server, name} = await setupByBroker();
    const {_id} = await workspace.createRoom({
      type: 'c',
      name: `next-${me.username}`,
      members: [me.username, other.username],
    });
    await workspace.post(other.username, _id, 'In the next room');
    await pane.logout();
    const events = record(pane, 'rc-logged-in', 'rc-room-opened');
    pane.room = `#next-${me.username}`;
    // Somebody else is signed in meanwhile, by the same way.
    await showNative(server, name, () => workspace.token(other.username));
    expect(pane.user).to.equal(null);
    expect(events).to.deep.equal([]);
    pane.accessToken = () => remote.accessToken(me.username);
    await page.shows('In the next room');
    expect(events).to.deep.equal(['rc-logged-in', 'rc-room-opened']);
  });

  it('whose token has ended and who gets no other sees nothing more, and all again with another', async () => {
    const {page, pane, auth, workspace, me} = await setupNative({
      before: ({write}) => write('Confidential'),
    });
    await page.shows('Confidential');
    const expired = oneEvent(pane, 'rc-token-expired');
    pane.auth = () => Promise.reject(new Error('no longer'));
    await workspace.revoke(me.username);
    await expired;
    await waitUntil(() => !shownOf(page).messages);
    expect(pane.user).to.equal(null);
    expect(pane.state).to.equal('failed');
    pane.auth = auth;
    await page.shows('Confidential');
    expect(pane.state).to.equal('ready');
  });

  it('who signs out after the sign-in has ended leaves no draft', async () => {
    const {page, pane, auth, workspace, me} = await setupNative();
    page.write('A draft of the user');
    const expired = oneEvent(pane, 'rc-token-expired');
    pane.auth = () => Promise.resolve(null as never);
    await workspace.revoke(me.username);
    await expired;
    await pane.logout();
    await pane.login(await auth());
    await page.writable();
    expect(page.field.value).to.equal('');
  });

  it('who has signed out in another pane is signed in again by a new auth function', async () => {
    const {page, pane, auth, server, name} = await setupNative({
      before: ({write}) => write('Confidential'),
    });
    await page.shows('Confidential');
    const another = await showNative(server, name, auth);
    const out = oneEvent(pane, 'rc-logged-out');
    await another.logout();
    await out;
    await waitUntil(() => !shownOf(page).messages);
    expectNoLoading(page);
    pane.auth = () => auth();
    await pane.updateComplete;
    expect(pane.state).to.equal('authenticating');
    expect(saidBy(page)).to.equal('The conversation is loading…');
    await page.shows('Confidential');
  });

  it('is another one in another workspace, which is opened there', async () => {
    const {workspace, me, server} = await setupConversation();
    const pane = await showNative(server, 'general', () => workspace.token(me.username));
    const page = new NativePage(pane);
    const second = await startWorkspace();
    const there = new RocketChatRemote(second);
    const other = await there.createUser('me-there');
    await there.post('bob', 'general', 'Over there');
    const opened = oneEvent(pane, 'rc-room-opened');
    pane.auth = () => there.token(other.username);
    pane.server = second;
    expect((await opened).detail.name).to.equal('general');
    await page.shows('Over there');
    expect(pane.user?.userId).to.equal(other.userId);
  });

  it('is the one of another broker, whose users are others', async () => {
    const {page, pane, me} = await setupByBroker();
    const next = await setupBroker();
    const opened = oneEvent(pane, 'rc-room-opened');
    pane.accessToken = () => next.remote.accessToken(next.me.username);
    pane.broker = next.broker;
    pane.room = `#${next.name}`;
    expect((await opened).detail.name).to.equal(next.name);
    await page.writable();
    expect(pane.user?.userId).to.equal(next.me.userId);
    expect(pane.user?.userId).to.not.equal(me.userId);
  });

  it('hears who writes from the view that is shown, and from none that has gone', async () => {
    const {pane, server, workspace, other, name, room, write, auth} = await setupNative();
    pane.view = 'embed';
    await oneEvent(pane, 'rc-ready');
    // Holds the connection that the view shared, and is subscribed to who writes.
    const witness = await showNative(server, name, auth);
    const client = await otherClient(server, await workspace.token(other.username));
    const events = record(pane, 'rc-typing-started');
    const typing = oneEvent(witness, 'rc-typing-started');
    const event = `${room._id}/user-activity`;
    await client.call('stream-notify-room', event, other.username, ['user-typing'], {});
    await typing;
    await fence(pane, write);
    client.end();
    expect(events).to.deep.equal([]);
  });
});
