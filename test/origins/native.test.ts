import {expect, oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import type {Credentials} from '../../src/protocol/credentials.js';
import {makeLivePane} from '../support/live-pane.js';
import {setupConversation} from '../support/conversation.js';
import {fence} from '../support/fence.js';
import {NativePage, setupNative} from '../support/native.js';
import {place, record} from '../support/mount.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

describe('<rc-chat-pane view="native">', () => {
  it('shows the latest messages of the room, with no frame', async () => {
    const {page, pane, name} = await setupNative({
      before: ({write}) => write('Good morning!'),
    });
    expect((await page.shows('Good morning!')).getAttribute('aria-labelledby')).to.not.equal(null);
    expect(page.root.querySelector('iframe')).to.equal(null);
    expect(page.find('.bar h2').textContent).to.equal(name);
    expect(pane.state).to.equal('ready');
    expect(pane.unread.rooms).to.have.lengthOf.at.least(1);
  });

  it('fires rc-logged-in, rc-room-opened and rc-ready, each once', async () => {
    const conversation = await setupConversation();
    const pane = makeLivePane(conversation, {view: 'native'});
    const events = record(pane, 'rc-logged-in', 'rc-room-opened', 'rc-ready', 'rc-error');
    const ready = oneEvent(pane, 'rc-ready');
    place(pane);
    await ready;
    await fence(pane, conversation.write);
    expect(events).to.deep.equal(['rc-logged-in', 'rc-room-opened', 'rc-ready']);
    expect(pane.user?.userId).to.equal(conversation.me.userId);
  });

  it('shows what somebody else writes as it comes, and fires rc-message-received', async () => {
    const {page, pane, write, room} = await setupNative();
    const received = oneEvent(pane, 'rc-message-received');
    await write('The X-ray is here.');
    await page.shows('The X-ray is here.');
    expect((await received).detail).to.include({text: 'The X-ray is here.', roomId: room._id});
  });

  it("shows one's own message at once, marked until the server has it", async () => {
    // Of its own, as a deaf one hears nobody.
    const {page, pane, workspace, room} = await setupNative({}, 'c', await startWorkspace());
    await workspace.deafen();
    page.send('On my way');
    const message = await page.shows('On my way');
    expect(message.textContent).to.contain('Sending…');
    expect(page.field.value).to.equal('');
    const sent = oneEvent(pane, 'rc-message-sent');
    await workspace.deafen(false);
    await sent;
    await waitUntil(() => !page.message('On my way').textContent.includes('Sending…'));
    const stored = await workspace.messages(room.name ?? room._id);
    expect(stored.filter(({msg}) => msg === 'On my way')).to.have.lengthOf(1);
    expect(page.texts.filter((text) => text === 'On my way')).to.have.lengthOf(1);
  });

  it('is the view of send(), compose() and markRead(), too', async () => {
    const {page, pane, write} = await setupNative();
    await pane.send('By the page');
    await page.shows('By the page');
    await pane.compose('Not yet sent');
    expect(page.field.value).to.equal('Not yet sent');
    await write('Unread');
    await page.shows('Unread');
    await pane.markRead();
    await waitUntil(() => !pane.unread.count && !pane.unread.alert);
  });

  it('fails with sign-in-required where nobody says how to sign in', async () => {
    const conversation = await setupConversation();
    const pane = makeLivePane(conversation, {view: 'native'});
    pane.auth = undefined;
    const failed = oneEvent(pane, 'rc-error');
    place(pane);
    expect((await failed).detail.error.code).to.equal('sign-in-required');
    expect(pane.state).to.equal('failed');
  });

  const say: Readonly<Record<string, (pane: RcChatPaneElement, by: Credentials) => unknown>> = {
    'auth is set': (pane, by) => (pane.auth = by),
    'login() is called': (pane, by) => pane.login(by),
  };
  for (const how of Object.keys(say))
    it(`shows the room as soon as ${how} where nobody had said how to sign in`, async () => {
      const conversation = await setupConversation();
      const pane = makeLivePane(conversation, {view: 'native'});
      pane.auth = undefined;
      const failed = oneEvent(pane, 'rc-error');
      place(pane);
      await failed;
      const ready = oneEvent(pane, 'rc-ready');
      await say[how]!(pane, await conversation.auth());
      await ready;
      expect(pane.state).to.equal('ready');
      await waitUntil(() => new NativePage(pane).find('rc-conversation').checkVisibility());
    });

  it('shows nothing of a user who has signed out, and the room again to who signs in', async () => {
    const {page, pane, auth} = await setupNative({before: ({write}) => write('Confidential')});
    await page.shows('Confidential');
    page.write('A draft of the user');
    const out = oneEvent(pane, 'rc-logged-out');
    await pane.logout();
    await out;
    await waitUntil(() => !page.root.textContent!.includes('Confidential'));
    expect(pane.user).to.equal(null);
    await pane.login(await auth());
    await page.shows('Confidential');
    await waitUntil(() => page.root.querySelector('rc-composer textarea'));
    expect(page.field.value).to.equal('');
  });

  it('goes on, with what was being written, where the pane is put elsewhere in the page', async () => {
    const {page, pane} = await setupNative({before: ({write}) => write('Hello')});
    page.write('Half a sent');
    const ready = oneEvent(pane, 'rc-ready');
    document.body.prepend(pane);
    await ready;
    await page.shows('Hello');
    await page.writable();
    expect(page.field.value).to.equal('Half a sent');
    page.send('A whole sentence');
    await page.shows('A whole sentence');
  });

  it('gives its place to the embedded page, and takes it back', async () => {
    const {page, pane} = await setupNative({before: ({write}) => write('Hello')});
    pane.view = 'embed';
    await oneEvent(pane, 'rc-ready');
    expect(page.root.querySelectorAll('iframe')).to.have.lengthOf(1);
    expect(page.root.querySelector('rc-conversation')).to.equal(null);
    pane.view = 'native';
    await page.shows('Hello');
    expect(page.root.querySelectorAll('iframe')).to.have.lengthOf(0);
  });

  it('shows another room that open() asks for, with its own draft', async () => {
    const {page, pane, workspace, me, other} = await setupNative({
      before: ({write}) => write('Here'),
    });
    const name = `second-${me.username}`;
    await workspace.createRoom({type: 'p', name, members: [other.username, me.username]});
    await workspace.post(other.username, name, 'There');
    await page.shows('Here');
    page.write('A draft');
    await pane.open(`group/${name}`);
    await page.shows('There');
    expect(page.texts).to.not.include('Here');
    expect(page.field.value).to.equal('');
    await pane.open(pane.room!);
    await page.shows('Here');
    await waitUntil(() => page.field.value === 'A draft');
  });

  it('refuses a room that is not for the user, and stays with the one that is shown', async () => {
    const {page, pane, workspace, other} = await setupNative({before: ({write}) => write('Here')});
    const name = `secret-${other.username}`;
    await workspace.createRoom({type: 'p', name, members: [other.username]});
    await page.shows('Here');
    const error: unknown = await pane.open(`group/${name}`).catch((each: unknown) => each);
    expect(error).to.have.property('code').that.is.oneOf(['room-forbidden', 'room-not-found']);
    expect(pane.state).to.equal('ready');
    expect(page.texts).to.include('Here');
  });
});
