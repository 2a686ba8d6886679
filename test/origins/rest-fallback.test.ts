import {expect, oneEvent} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {Recorder} from '../session/recorders.js';
import {setupConversation} from '../support/conversation.js';
import {isLive, makeLivePane, showLive, untilUnread} from '../support/live-pane.js';
import {setAttributes} from '../support/mount.js';
import {withoutMethods} from '../support/unknown-methods.js';
import {startBrokerFor, startProxied} from 'test-simulators';

const UNKNOWN = ['rooms/get', 'messages/get'] as const;
const ROUTES = ['rooms.get', 'chat.syncMessages'] as const;

/** By which way the routes are asked in place of the methods. */
const WAYS = {
  'the workspace itself': true,
  'the broker': false,
} as const;

/** A pane for a workspace behind a proxy that knows not all methods, and what it has said. */
const setup = async (straight: boolean) => {
  const proxied = await startProxied({API_Enable_CORS: straight});
  const conversation = await setupConversation('c', proxied.origin, proxied.direct);
  const {name, me, workspace} = conversation;
  withoutMethods(...UNKNOWN);
  const broker = straight ? undefined : await startBrokerFor(proxied.origin);
  const remote = broker ? new BrokerRemote(broker) : undefined;
  let pane: RcChatPaneElement = makeLivePane(conversation);
  if (broker && remote) {
    pane = document.createElement('rc-chat-pane');
    setAttributes(pane, {broker, room: `#${name}`});
    pane.accessToken = () => remote.accessToken(me.username);
  }
  const said = new Recorder<string>();
  pane.addEventListener('rc-message-received', ({detail}) => said.add(`got ${detail.text}`));
  pane.addEventListener('rc-message-changed', ({detail: {change, text}}) =>
    said.add(text ? `${change}: ${text}` : change),
  );
  /** The requests for the routes: where a page asks, and what the server hears. */
  const asked = async (): Promise<string[]> => {
    const requests = await (remote ?? workspace).requests();
    const base = remote ? '/v1/rc' : '/api/v1';
    return ROUTES.filter((route) =>
      requests.some(({line}) => line.startsWith(`GET ${base}/${route}`)),
    );
  };
  return {...conversation, proxied, pane, said, asked};
};

describe('<rc-chat-pane> with a workspace that does not know all methods', () => {
  for (const [way, straight] of Object.entries(WAYS)) {
    it(`counts what is unread from the start, by ${way}`, async () => {
      const {pane, workspace, me, other, write, asked} = await setup(straight);
      await write(`@${me.username} one`);
      const direct = await workspace.createRoom({
        type: 'd',
        members: [other.username, me.username],
      });
      for (const text of ['two', 'three']) await workspace.post(other.username, direct._id, text);
      await showLive(pane);
      const {count, rooms} = await untilUnread(pane, (unread) => unread.count > 0);
      expect(count).to.equal(3);
      expect(rooms.find(({roomId}) => roomId === direct._id)).to.include({count: 2});
      expect(pane.rooms.map(({roomId}) => roomId)).to.include(direct._id);
      // Only of rooms themselves is it told who of two is the other, and when the last word fell.
      expect(pane.rooms[0]).to.include({roomId: direct._id, name: other.username});
      await write(`@${me.username} four`);
      await untilUnread(pane, (unread) => unread.count === 4);
      expect(await asked()).to.include('rooms.get');
    });

    it(`tells what was missed once and in order, and counts it, by ${way}`, async () => {
      const {pane, proxied, workspace, me, other, room, write, said, asked} = await setup(straight);
      const members = [other.username, me.username];
      const name = `elsewhere-${room.name}`;
      const elsewhere = await workspace.createRoom({type: 'p', name, members});
      const {_id} = await write('one');
      const {_id: gone} = await write('not for long');
      await showLive(pane);
      await write('two');
      await said.reaches(1);
      const broken = oneEvent(pane, 'rc-connection-changed');
      await proxied.fault('refuse');
      await broken;
      await workspace.edit(other.username, room._id, _id, 'one, edited');
      await workspace.remove(other.username, room._id, gone);
      await write(`@${me.username} three`);
      await workspace.post(other.username, elsewhere._id, `@${me.username} four`);
      const back = isLive(pane);
      await proxied.fault('listenAgain');
      await back;
      const {rooms} = await untilUnread(pane, ({count}) => count === 2);
      expect(rooms.find(({roomId}) => roomId === elsewhere._id)).to.include({count: 1});
      await write('five');
      await said.until((all) => all.includes('got five'));
      const [mention, other4] = [`got @${me.username} three`, `got @${me.username} four`];
      expect(said.all.toSorted()).to.deep.equal(
        ['got two', 'edited: one, edited', 'deleted', mention, other4, 'got five'].toSorted(),
      );
      expect(said.all.at(-1)).to.equal('got five');
      expect(await asked()).to.have.members([...ROUTES]);
    });
  }
});
