import {expect, oneEvent} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import {RocketChatFrame} from '../../demo/simulators/rocket-chat/remote.js';
import {expectNowhere, mountSearched, showSearched, useSearched} from '../support/canary-scene.js';
import {searchPage} from '../support/canary-search.js';
import {setupConversation} from '../support/conversation.js';
import {setAttributes} from '../support/mount.js';
import {startBrokerFor, startProxied} from 'test-simulators';

/** A pane with a broker, the token of the page's application, and those that the broker has lent. */
const setup = async (options: Parameters<typeof startBrokerFor>[1] = {}) => {
  const proxied = await startProxied();
  const conversation = await setupConversation('c', proxied.origin, proxied.direct);
  const {workspace, me, name} = conversation;
  const broker = await startBrokerFor(proxied.origin, options);
  const remote = new BrokerRemote(broker);
  const accessToken = await remote.accessToken(me.username);
  const search = searchPage();
  const pane = document.createElement('rc-chat-pane');
  setAttributes(pane, {broker, room: `#${name}`});
  pane.accessToken = accessToken;
  /** All secrets that there were, after a last look at the servers' logs. */
  const canaries = async (): Promise<string[]> => {
    search.note('server', [await workspace.requests(), await remote.requests()]);
    const lent = await remote.tokens(me.username);
    return [accessToken, ...lent.map(({authToken}) => authToken)];
  };
  return {...conversation, proxied, remote, accessToken, search, pane, canaries};
};

describe('a token of or for the broker is in no URL, referrer, document, storage, property, event, log or error', () => {
  it('where the pane waits for its turn, is used, gets other tokens, and signs out', async () => {
    // Longer than the 10 seconds that no lease is below, by more than a busy machine takes to hand it over.
    const scene = await setup({leaseTime: 16_000});
    const {search, pane, remote, me, server} = scene;
    await remote.queue(2, 0);
    await showSearched(search, pane);
    await useSearched(search, pane, scene);
    const page = new RocketChatFrame(pane.renderRoot.querySelector('iframe')!, server);
    const anew = page.until(({screen}) => screen === 'loading');
    await remote.replaceTokens(me.username);
    await search.step(anew);
    await search.step(pane.logout());
    const canaries = await scene.canaries();
    expect(canaries).to.have.lengthOf(5);
    expectNowhere(search, canaries, scene);
  });

  for (const [status, code] of [
    [500, 'broker-failed'],
    [401, 'sign-in-required'],
  ] as const)
    it(`where the broker answers ${status} and repeats what it was sent`, async () => {
      const scene = await setup();
      const {search, pane, remote, accessToken, me} = scene;
      const message = `Not for Bearer ${accessToken}.`;
      await remote.fail(status, undefined, {below: '/v1/chat/', message});
      const failed = oneEvent(pane, 'rc-error');
      await mountSearched(search, pane);
      const {error} = (await search.step(failed)).detail;
      expect(error.code).to.equal(code);
      await search.step(pane.updateComplete);
      expect(await remote.tokens(me.username)).to.deep.equal([]);
      search.note('server', scene.name);
      await scene.canaries();
      expect(search.placesOf(accessToken)).to.deep.equal([]);
    });

  it('where neither broker nor workspace lets the user sign out, and the broker repeats a token', async () => {
    const scene = await setup();
    const {search, pane, remote, proxied, me} = scene;
    await showSearched(search, pane);
    const [{authToken} = {authToken: ''}] = await remote.tokens(me.username);
    await remote.fail(500, undefined, {below: '/v1/chat/', message: `Not for ${authToken}.`});
    await proxied.fault('refuse');
    const error = await search.step(pane.logout().catch((reason) => reason));
    search.note('thrown', error);
    expect(error).to.include({code: 'broker-failed'});
    const canaries = await scene.canaries();
    expect(canaries).to.have.lengthOf(3);
    expectNowhere(search, canaries, scene);
  });
});
