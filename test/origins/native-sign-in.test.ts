import {expect, oneEvent} from '@open-wc/testing';

import {RocketChatRemote} from '../../demo/simulators/rocket-chat/remote.js';
import type {RcConversationElement} from '../../src/elements/native/conversation.js';
import type {Credentials} from '../../src/protocol/credentials.js';
import {setupConversation} from '../support/conversation.js';
import {deferred} from '../support/deferred.js';
import {makeLivePane} from '../support/live-pane.js';
import {place, record} from '../support/mount.js';
import {NativePage, setupNative} from '../support/native.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

/** Another pane of somebody, once its room is shown. */
const showAnother = async (
  conversation: Parameters<typeof makeLivePane>[0],
  attributes: Readonly<Record<string, string | boolean>> = {},
): Promise<NativePage> => {
  const pane = makeLivePane(conversation, {view: 'native', ...attributes});
  const ready = oneEvent(pane, 'rc-ready');
  place(pane);
  await ready;
  const page = new NativePage(pane);
  await page.writable();
  return page;
};

describe('the sign-in of the native view', () => {
  it('asks for one token, for the connection, and for none for an embedded page', async () => {
    const conversation = await setupConversation();
    const surfaces: string[] = [];
    const pane = makeLivePane(conversation, {view: 'native'});
    pane.auth = (ask) => {
      surfaces.push(ask.surface);
      return conversation.auth();
    };
    const ready = oneEvent(pane, 'rc-ready');
    place(pane);
    await ready;
    expect(surfaces).to.deep.equal(['live']);
  });

  it('leaves what a page shows meanwhile in sight, and in reach', async () => {
    const conversation = await setupConversation();
    const pane = makeLivePane(conversation, {view: 'native'});
    const credentials = deferred<Credentials>();
    pane.auth = () => credentials.promise;
    const wait = document.createElement('button');
    wait.slot = 'loading';
    wait.textContent = 'Call us instead';
    pane.append(wait);
    place(pane);
    const page = new NativePage(pane);
    await waitUntil(() => page.root.querySelector('rc-conversation')?.content, 'the view is there');
    await page.find<RcConversationElement>('rc-conversation').updateComplete;
    const {left, top} = wait.getBoundingClientRect();
    const isInReach = (): boolean => document.elementFromPoint(left + 5, top + 5) === wait;
    expect(isInReach()).to.equal(true);
    credentials.resolve(await conversation.auth());
    await page.writable();
    await waitUntil(() => !isInReach(), 'the conversation is in its place');
  });

  it('goes on without a break when its token was revoked and there is another', async () => {
    const {page, pane, workspace, me, write} = await setupNative({
      before: ({write}) => write('Before'),
    });
    await page.shows('Before');
    page.write('A draft');
    const events = record(pane, 'rc-logged-out', 'rc-token-expired', 'rc-error');
    await workspace.revoke(me.username);
    await write('After');
    await page.shows('After');
    expect(page.texts).to.include('Before');
    expect(page.field.value).to.equal('A draft');
    expect(events).to.deep.equal([]);
  });

  it('says so where there is no other, shows nothing any more, and comes back with one', async () => {
    const {page, pane, workspace, me, auth} = await setupNative({
      before: ({write}) => write('Confidential'),
    });
    await page.shows('Confidential');
    pane.auth = () => Promise.resolve(null as never);
    const expired = oneEvent(pane, 'rc-error');
    await workspace.revoke(me.username);
    expect((await expired).detail.error.code).to.be.oneOf(['credentials-failed', 'token-rejected']);
    await waitUntil(() => !page.root.textContent!.includes('Confidential'));
    expect(pane.state).to.equal('failed');
    pane.auth = auth;
    await page.shows('Confidential');
    expect(pane.state).to.equal('ready');
  });

  it('is one connection for all panes of a user, whichever view they have', async () => {
    const conversation = await setupConversation('c', await startWorkspace());
    const workspace = new RocketChatRemote(conversation.server);
    const pages = await Promise.all([
      showAnother(conversation),
      showAnother(conversation, {'room-list': true}),
    ]);
    await conversation.write('To both');
    for (const page of pages) await page.shows('To both');
    expect((await workspace.sockets()).ever).to.equal(1);
  });

  it('shows no message twice that two panes of a user send and hear', async () => {
    const conversation = await setupConversation();
    const [one, two] = await Promise.all([showAnother(conversation), showAnother(conversation)]);
    one.send('From the first');
    await two.shows('From the first');
    await one.shows('From the first');
    for (const page of [one, two])
      expect(page.texts.filter((text) => text === 'From the first')).to.have.lengthOf(1);
  });

  for (const type of ['c', 'p', 'discussion'] as const)
    it(`opens a room of the kind "${type}" that is chosen in the list of rooms`, async () => {
      const {page, pane, workspace, me, other} = await setupNative({
        attributes: {'room-list': true},
      });
      const name = `chosen-${type}-${me.username}`;
      const members = [other.username, me.username];
      const parent = type === 'discussion' ? {parent: 'general'} : {};
      const room = await workspace.createRoom({type, name, members, ...parent});
      await workspace.post(other.username, room._id, `Hello from ${name}`);
      const row = (): HTMLElement | undefined =>
        [...page.root.querySelectorAll<HTMLElement>('.rooms .room')].find((each) =>
          each.textContent.includes(name),
        );
      await waitUntil(() => row());
      const opened = oneEvent(pane, 'rc-room-opened');
      row()!.click();
      expect((await opened).detail).to.deep.equal({roomId: room._id, name, type});
      await page.shows(`Hello from ${name}`);
      await waitUntil(() => row()!.getAttribute('aria-current') === 'true');
    });

  it('opens a direct message that there was none of before', async () => {
    const {page, pane, workspace} = await setupNative();
    const {username} = await workspace.createUser(`new-${crypto.randomUUID().slice(0, 8)}`);
    await pane.open(`@${username}`);
    await waitUntil(() => page.find('.bar h2').textContent === username);
    page.send('Nice to meet you');
    await page.shows('Nice to meet you');
  });
});
