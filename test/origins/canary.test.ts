import {expect, oneEvent} from '@open-wc/testing';

import type {Credentials, CredentialsAsk} from '../../src/protocol/credentials.js';
import {Recorder} from '../session/recorders.js';
import {expectNowhere, mountSearched, showSearched, useSearched} from '../support/canary-scene.js';
import {searchPage} from '../support/canary-search.js';
import {setupConversation} from '../support/conversation.js';
import {hasten} from '../support/hasten.js';
import {isLive, makeLivePane} from '../support/live-pane.js';
import {startWorkspace} from 'test-simulators';

/** A conversation in a workspace of its own, and all tokens that the page's `auth` has given. */
const setup = async (settings: Parameters<typeof startWorkspace>[0] = {}) => {
  const conversation = await setupConversation('c', await startWorkspace(settings));
  const {workspace, me} = conversation;
  const canaries: string[] = [];
  const take = async (): Promise<Credentials> => {
    const credentials = await workspace.token(me.username);
    canaries.push(credentials.authToken);
    return credentials;
  };
  return {...conversation, canaries, take, search: searchPage()};
};

describe('a token of the chat is in no URL, referrer, document, storage, property, event, log or error', () => {
  it('where it was given as an object, until it ends and another one is given by login()', async () => {
    const scene = await setup();
    const {search, canaries, take, workspace, me} = scene;
    const pane = makeLivePane(scene);
    pane.auth = await take();
    await showSearched(search, pane);
    await useSearched(search, pane, scene);
    const expired = oneEvent(pane, 'rc-token-expired');
    await workspace.revoke(me.username);
    await search.step(expired);
    await search.step(pane.login(await take()));
    await search.step(pane.logout());
    search.note('server', await workspace.requests());
    expect(canaries).to.have.lengthOf(2);
    expectNowhere(search, canaries, scene);
  });

  it('where it was given by a function, refreshed, replaced, and could not be replaced', async () => {
    const scene = await setup();
    const {search, canaries, take, workspace, me} = scene;
    let life = 2_000;
    const asks = new Recorder<string>();
    const auth = async ({surface, reason}: CredentialsAsk): Promise<Credentials> => {
      const credentials = await take();
      asks.add(`${surface} ${reason}`);
      // From now on, however long the server took: one that has ended already is not refreshed.
      return {...credentials, expiresAt: new Date(Date.now() + life).toISOString()};
    };
    const pane = makeLivePane(scene);
    pane.auth = auth;
    await showSearched(search, pane);
    life = 3_600_000;
    await search.step(
      asks.until((all) => all.includes('embed expiring') && all.includes('live expiring')),
    );
    await useSearched(search, pane, scene);
    const back = isLive(pane);
    await workspace.revoke(me.username);
    await search.step(back);
    expect(asks.all).to.include('live rejected');
    pane.auth = () => Promise.reject(new Error('no session'));
    const expired = oneEvent(pane, 'rc-token-expired');
    await workspace.revoke(me.username);
    await search.step(expired);
    search.note('server', await workspace.requests());
    expect(canaries.length).to.be.greaterThan(5);
    expectNowhere(search, canaries, scene);
  });

  it('where the page that is embedded takes no commands, which is found out', async () => {
    hasten();
    const scene = await setup({Iframe_Integration_receive_enable: false});
    const {search, canaries, take, workspace} = scene;
    const pane = makeLivePane(scene);
    pane.auth = take;
    const failed = oneEvent(pane, 'rc-error');
    await mountSearched(search, pane);
    const {error} = (await search.step(failed)).detail;
    expect(error.code).to.equal('commands-disabled');
    expect(pane.state).to.equal('degraded');
    await search.step(pane.updateComplete);
    search.note('server', await workspace.requests());
    expect(canaries.length).to.be.greaterThan(1);
    expectNowhere(search, canaries, scene);
  });

  it('where the page that is embedded was given one that has ended, which is found out', async () => {
    hasten();
    const scene = await setup();
    const {search, canaries, take, workspace} = scene;
    const pane = makeLivePane(scene);
    pane.auth = async ({surface}) => {
      const credentials = await take();
      if (surface === 'embed') await workspace.expireToken(credentials.authToken);
      return credentials;
    };
    const failed = oneEvent(pane, 'rc-error');
    await mountSearched(search, pane);
    const {error} = (await search.step(failed)).detail;
    expect(error.code).to.equal('token-rejected');
    await search.step(pane.updateComplete);
    search.note('server', await workspace.requests());
    expect(canaries.length).to.be.greaterThan(2);
    expectNowhere(search, canaries, scene);
  });
});
