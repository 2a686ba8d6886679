import {expect, oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupBroker} from '../support/broker-pane.js';
import {place} from '../support/mount.js';
import {hostSignIn, simulators} from 'test-simulators';

/** A broker on the page's own site, as a port makes no other one, and a pane with nothing but its address. */
const setup = async (publicHost = 'localhost') => {
  const scene = await setupBroker({publicHost, config: {node: simulators.webApp3}});
  const paneWithoutToken = (): RcChatPaneElement => {
    const pane = scene.makePane();
    pane.accessToken = null;
    pane.view = 'native';
    return pane;
  };
  return {...scene, paneWithoutToken};
};
const failureOf = async (pane: RcChatPaneElement): Promise<string> => {
  const failed = oneEvent(pane, 'rc-error');
  place(pane);
  const {error} = (await failed).detail;
  pane.remove();
  return error.code;
};
const readyPane = async (pane: RcChatPaneElement): Promise<RcChatPaneElement> => {
  const ready = oneEvent(pane, 'rc-ready');
  place(pane);
  await ready;
  return pane;
};

describe("a pane on its broker's site, without a token", () => {
  let signedInAt: string | undefined;
  const signIn = async (broker: string, username: string | null): Promise<void> => {
    signedInAt = broker;
    await hostSignIn(broker, username);
  };
  afterEach(async () => {
    if (signedInAt) await hostSignIn(signedInAt, null);
    signedInAt = undefined;
  });

  it('signs its user in by the cookie of the host application', async () => {
    const {broker, me, remote, paneWithoutToken} = await setup();
    expect(new URL(broker).hostname).to.equal(location.hostname);
    expect(broker).not.to.equal(location.origin);
    await signIn(broker, me.username);
    expect(document.cookie).not.to.contain('host_session');
    const pane = await readyPane(paneWithoutToken());
    expect(pane.user?.username).to.equal(me.username);
    expect(await remote.leases(me.username)).to.equal(1);
    const {findings} = await pane.diagnose();
    expect(findings.map(({id}) => id)).to.include('plugin-in-manifest');
    await pane.logout();
    expect(await remote.leases(me.username)).to.equal(0);
  });

  it('has nobody to sign in without it, and again once the user has left the application', async () => {
    const {broker, me, paneWithoutToken} = await setup();
    expect(await failureOf(paneWithoutToken())).to.equal('sign-in-required');
    await signIn(broker, me.username);
    const pane = await readyPane(paneWithoutToken());
    expect(pane.user?.username).to.equal(me.username);
    pane.remove();
    await hostSignIn(broker, null);
    expect(await failureOf(paneWithoutToken())).to.equal('sign-in-required');
  });

  it('is signed in by it beside a pane that came before there was one', async () => {
    const {broker, me, paneWithoutToken} = await setup();
    const first = paneWithoutToken();
    const failed = oneEvent(first, 'rc-error');
    place(first);
    expect((await failed).detail.error.code).to.equal('sign-in-required');
    await signIn(broker, me.username);
    const pane = await readyPane(paneWithoutToken());
    expect(pane.user?.username).to.equal(me.username);
  });

  it('is not signed in by it at a broker of another site', async () => {
    const {broker, me, remote, paneWithoutToken} = await setup('broker.localhost');
    await signIn(broker, me.username);
    expect(await failureOf(paneWithoutToken())).to.equal('sign-in-required');
    expect(await remote.leases(me.username)).to.equal(0);
  });

  it('is, where a request without the header of the elements is refused', async () => {
    const {broker, me, remote} = await setup();
    await signIn(broker, me.username);
    const ask = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${broker}/v1/chat/session`, {
        method: 'POST',
        credentials: 'include',
        headers: {'content-type': 'application/json', ...headers},
        body: '{}',
      });
    const refused = await ask({});
    expect(refused.status).to.equal(403);
    expect((await refused.json()).error.code).to.equal('cookie-guard-missing');
    expect(await remote.leases(me.username)).to.equal(0);
    const taken = await ask({'x-requested-with': 'pexip-chat-room'});
    expect((await taken.json()).username).to.equal(me.username);
  });
});
