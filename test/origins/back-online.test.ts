import {expect, oneEvent} from '@open-wc/testing';

import {setupBroker} from '../support/broker-pane.js';
import {setupConversation} from '../support/conversation.js';
import {fence} from '../support/fence.js';
import {isLive, makeLivePane} from '../support/live-pane.js';
import {place, record, showPane} from '../support/mount.js';

/** Whether an address is out of reach. */
let isAway: (address: string) => boolean = () => false;
const fetchReally = window.fetch;

before(() => {
  window.fetch = (input, init) =>
    isAway(input instanceof Request ? input.url : String(input))
      ? Promise.reject(new TypeError('There is no network.'))
      : fetchReally(input, init);
});
after(() => (window.fetch = fetchReally));
afterEach(() => (isAway = () => false));

const comeBack = (): void => {
  isAway = () => false;
  dispatchEvent(new Event('online'));
};

for (const view of ['embed', 'native'] as const)
  describe(`a network that comes back to the ${view} view`, () => {
    /** A pane whose broker could not be asked where its workspace is. */
    const setupFailed = async () => {
      const conversation = await setupBroker();
      const {pane, broker} = conversation;
      isAway = (address) => address.startsWith(broker);
      pane.view = view;
      const failed = oneEvent(pane, 'rc-error');
      place(pane);
      expect((await failed).detail.error.code).to.equal('broker-failed');
      expect(pane.state).to.equal('failed');
      return conversation;
    };

    it('shows the room whose broker could not be asked for its workspace', async () => {
      const {pane} = await setupFailed();
      const ready = oneEvent(pane, 'rc-ready');
      comeBack();
      await ready;
      expect(pane.state).to.equal('ready');
    });

    it('leaves another conversation where the person has gone in it', async () => {
      const {pane, server, auth, workspace, me, other, write} = await setupFailed();
      const name = `second-${me.username}`;
      await workspace.createRoom({type: 'c', name, members: [me.username, other.username]});
      const both = [oneEvent(pane, 'rc-ready'), isLive(pane)];
      pane.auth = auth;
      pane.server = server;
      pane.broker = null;
      await Promise.all(both);
      await pane.open(`#${name}`);
      const events = record(pane, 'rc-room-opened', 'rc-error');
      comeBack();
      await fence(pane, write);
      expect(events).to.deep.equal([]);
    });

    it('signs in again who could not be asked, after a sign-out, too', async () => {
      const conversation = await setupConversation();
      const pane = await showPane(makeLivePane(conversation, {view}));
      await pane.logout();
      let away = true;
      const failed = oneEvent(pane, 'rc-error');
      pane.auth = () => (away ? Promise.reject(new Error('No network.')) : conversation.auth());
      expect((await failed).detail.error.code).to.equal('credentials-failed');
      away = false;
      const signedIn = oneEvent(pane, 'rc-logged-in');
      comeBack();
      expect((await signedIn).detail.userId).to.equal(conversation.me.userId);
    });
  });
