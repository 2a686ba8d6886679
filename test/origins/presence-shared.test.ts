import {oneEvent} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {DeskScene} from '../support/desk-scene.js';
import {makeLivePane} from '../support/live-pane.js';
import {place} from '../support/mount.js';
import {NativePage, setupNative} from '../support/native.js';
import {otherClient, type OtherClient} from '../support/other-client.js';
import {waitUntil} from '../support/wait.js';
import {startBrokerFor} from 'test-simulators';

/** All clients of a page that are signed in as one user share a connection, and with it one list at Rocket.Chat. */
const setup = async () => {
  const native = await setupNative({}, 'd');
  const {server, workspace, me, other, room} = native;
  const broker = await startBrokerFor(server);
  const theirs = await otherClient(server, await workspace.token(other.username));
  return {
    ...native,
    /** The other person's client. */
    theirs,
    /** The page's widget, which knows how the people of all its chats are. */
    widget: async (): Promise<DeskScene> => {
      const accessToken = await new BrokerRemote(broker).accessToken(me.username);
      const scene = await new DeskScene(broker, {accessToken}).live();
      const isTold = (): boolean => scene.desk.state.chats.every(({status}) => status);
      await waitUntil(isTold, 'all are watched');
      return scene;
    },
    /** Another pane with the same chat, which knows how the other person is. */
    pane: async (): Promise<RcChatPaneElement> => {
      const attributes = {view: 'native', room: `direct/${room._id}`};
      const pane = place(makeLivePane(native, attributes));
      await oneEvent(pane, 'rc-presence-changed');
      return pane;
    },
    first: native.pane,
  };
};

const comesAndGoes = async (client: OtherClient): Promise<void> => {
  for (const status of ['offline', 'online', 'offline', 'online'])
    await client.call('setUserStatus', status);
};

describe('how people are', () => {
  it('is told to the widget when the pane that asked first shows another room', async () => {
    const {first, page, theirs, widget} = await setup();
    await waitUntil(() => page.root.querySelector('.presence'), 'the pane asks first');
    const scene = await widget();
    await first.open('channel/general');
    await comesAndGoes(theirs);
    await scene.until('widget-user-disconnected');
    await scene.until('widget-user-connected');
  });

  it('is told to a pane when the widget that asked first has gone', async () => {
    const {first, theirs, widget, pane} = await setup();
    await first.open('channel/general');
    const scene = await widget();
    const second = await pane();
    scene.desk.stop();
    await second.send('It has gone');
    const told = oneEvent(second, 'rc-presence-changed');
    await comesAndGoes(theirs);
    await told;
  });

  it('is told to a pane when another pane that asked first shows another room', async () => {
    const {first, page, theirs, pane} = await setup();
    await waitUntil(() => page.root.querySelector('.presence'), 'the pane asks first');
    const second = await pane();
    await new NativePage(second).writable();
    await first.open('channel/general');
    const told = oneEvent(second, 'rc-presence-changed');
    await comesAndGoes(theirs);
    await told;
  });

  it('is told of all of them after a pane with another token has signed the connection in anew', async () => {
    const {page, server, workspace, me, widget, pane} = await setup();
    await waitUntil(() => page.root.querySelector('.presence'), 'the pane asks first');
    const third = await workspace.createUser(`third-${crypto.randomUUID().slice(0, 8)}`);
    await workspace.createRoom({type: 'd', members: [third.username, me.username]});
    const scene = await widget();
    await pane();
    const last = await otherClient(server, await workspace.token(third.username));
    await waitUntil(async () => {
      await comesAndGoes(last);
      const gone = scene.told('widget-user-disconnected');
      return gone.some(({userAlias}) => userAlias === third.username);
    });
  });
});
