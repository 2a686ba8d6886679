import {expect, oneEvent} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import type {Credentials} from '../../src/protocol/credentials.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {mountSearched, showSearched, useSearched} from '../support/canary-scene.js';
import {searchPage, type CanarySearch} from '../support/canary-search.js';
import {setupConversation} from '../support/conversation.js';
import {makeLivePane} from '../support/live-pane.js';
import {setAttributes} from '../support/mount.js';
import {NativePage} from '../support/native.js';
import {fileOf, NativeFiles, pictureOf} from '../support/native-files.js';
import {waitUntil} from '../support/wait.js';
import {startBrokerFor, startProxied, startWorkspace} from 'test-simulators';

/** A conversation whose room is open in a native view, with all tokens that it was ever given. */
const setup = async () => {
  const server = await startWorkspace({API_Enable_CORS: true});
  const conversation = await setupConversation('c', server);
  const canaries: string[] = [];
  const take = async (): Promise<Credentials> => {
    const credentials = await conversation.workspace.token(conversation.me.username);
    canaries.push(credentials.authToken);
    return credentials;
  };
  const pane = makeLivePane(conversation, {view: 'native'});
  return {...conversation, canaries, take, pane, search: searchPage()};
};

/** The same with a broker, and what is a secret of it. */
const setupBroker = async () => {
  const proxied = await startProxied();
  const conversation = await setupConversation('c', proxied.origin, proxied.direct);
  const {me, name, workspace} = conversation;
  const broker = await startBrokerFor(proxied.origin);
  const remote = new BrokerRemote(broker);
  const accessToken = await remote.accessToken(me.username);
  const search = searchPage();
  const pane = document.createElement('rc-chat-pane');
  setAttributes(pane, {broker, room: `#${name}`, view: 'native'});
  pane.accessToken = accessToken;
  const canaries = async (): Promise<string[]> => {
    search.note('server', [await workspace.requests(), await remote.requests()]);
    const lent = await remote.tokens(me.username);
    return [accessToken, ...lent.map(({authToken}) => authToken)];
  };
  return {...conversation, proxied, remote, search, pane, canaries};
};

type Scene = Awaited<ReturnType<typeof setup>> | Awaited<ReturnType<typeof setupBroker>>;

/** Sends files, looks at them, and at some that are gone; in vain while the server cuts them. */
const useFiles = async (
  {search, pane, workspace, other, room, name}: Scene,
  way: 'broker' | 'none',
): Promise<void> => {
  await search.step(pane.open(`#${name}`));
  const page = new NativePage(pane);
  const files = new NativeFiles(page);
  // Until then one writes to the room of before.
  await waitUntil(() => page.find('.bar h2').textContent === name, 'the room is shown');
  await page.writable();
  await workspace.failUploads({cutAfter: 1000});
  await files.send([fileOf('cut.bin', 'application/zip', 100_000)]);
  await search.step(files.says('It could not be sent.'));
  await workspace.failUploads();
  files.press('Try again to send cut.bin');
  await files.gone();
  await files.send([await pictureOf('arm.png')], 'Look');
  const message = await search.step(page.shows('arm.png'));
  const gone = {title: 'gone.txt', type: 'file', title_link: '/file-upload/none/gone.txt'};
  await workspace.post(other.username, room._id, 'Gone', {attachments: [gone]});
  const lost = await search.step(page.shows('gone.txt'));
  if (way === 'none') return;
  page.press(message, 'Show the picture arm.png');
  await search.step(waitUntil(() => message.querySelector('img[src^=blob]'), 'it is drawn'));
  page.press(lost, 'Download gone.txt');
  await search.step(waitUntil(() => lost.querySelector('[role=alert]'), 'it is gone'));
  await search.step(waitUntil(() => page.root.querySelector('.avatar img'), 'faces come'));
};

/** Fails for each secret that was seen, and if what is none was not seen. */
const expectNowhere = (
  search: CanarySearch,
  canaries: readonly string[],
  {name, room}: Scene,
): void => {
  expect(search.placesOf(name)).to.include.members(['document', 'property', 'event']);
  expect(search.placesOf(room._id)).to.include.members(['request', 'server']);
  expect(search.placesOf('/websocket')).to.include('request');
  for (const canary of canaries) {
    expect(canary.length).to.be.greaterThan(20);
    expect(search.placesOf(canary)).to.deep.equal([]);
  }
};

describe('a token of the native view is in no URL, document, storage, property, event, log or error', () => {
  it('where the page gives it, while the view is used in every way, and is signed out', async () => {
    const scene = await setup();
    const {search, pane, take, canaries, workspace, me} = scene;
    pane.auth = take;
    await showSearched(search, pane);
    await useSearched(search, pane, scene);
    await useFiles(scene, 'none');
    const expired = oneEvent(pane, 'rc-token-expired');
    pane.auth = () => Promise.reject(new Error('no session'));
    await workspace.revoke(me.username);
    await search.step(expired);
    await search.step(pane.login(await take()));
    await search.step(pane.logout());
    search.note('server', await workspace.requests());
    expect(canaries.length).to.be.greaterThan(1);
    expectNowhere(search, canaries, scene);
  });

  it('where a broker gives it, which passes files on', async () => {
    const scene = await setupBroker();
    const {search, pane, canaries} = scene;
    await showSearched(search, pane);
    await useSearched(search, pane, scene);
    await useFiles(scene, 'broker');
    await search.step(pane.logout());
    expectNowhere(search, await canaries(), scene);
  });

  it('where the broker refuses files and repeats what it was sent', async () => {
    const scene = await setupBroker();
    const {search, pane, remote, me, canaries} = scene;
    await showSearched(search, pane);
    const [{authToken} = {authToken: ''}] = await remote.tokens(me.username);
    await remote.fail(403, undefined, {below: '/v1/rc/', message: `Not for ${authToken}.`});
    const page = new NativePage(pane);
    await search.step(page.writable());
    const files = new NativeFiles(page);
    await files.send([fileOf('report.txt')], 'Look');
    await search.step(files.says('It could not be sent.'));
    await search.step(pane.logout());
    await canaries();
    expect(search.placesOf(authToken)).to.deep.equal([]);
    expect(search.placesOf(scene.name)).to.include('document');
  });

  it('where it is not taken, which is said', async () => {
    const scene = await setup();
    const {search, pane, take, canaries, workspace} = scene;
    pane.auth = async () => {
      const credentials = await take();
      await workspace.expireToken(credentials.authToken);
      return credentials;
    };
    const failed = oneEvent(pane as RcChatPaneElement, 'rc-error');
    await mountSearched(search, pane);
    const {error} = (await search.step(failed)).detail;
    expect(error.code).to.equal('token-rejected');
    await search.step(pane.updateComplete);
    for (const canary of canaries) expect(search.placesOf(canary)).to.deep.equal([]);
    expect(search.placesOf('token-rejected')).to.include('event');
  });
});
