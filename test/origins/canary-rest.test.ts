import {expect} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {expectNowhere, showSearched, useSearched} from '../support/canary-scene.js';
import {type CanarySearch, searchPage} from '../support/canary-search.js';
import {setupConversation} from '../support/conversation.js';
import {isLive, makeLivePane} from '../support/live-pane.js';
import {setAttributes} from '../support/mount.js';
import {ALL_BY_REST, withoutMethods} from '../support/unknown-methods.js';
import {startBrokerFor, startWorkspace} from 'test-simulators';

type Conversation = Awaited<ReturnType<typeof setupConversation>>;

/** Uses a pane for which everything is asked by REST, and has it ask what it has missed. */
const useByRest = async (
  search: CanarySearch,
  pane: RcChatPaneElement,
  conversation: Conversation,
): Promise<void> => {
  const {workspace} = conversation;
  withoutMethods(...ALL_BY_REST);
  await showSearched(search, pane);
  await useSearched(search, pane, conversation);
  const back = isLive(pane);
  await workspace.disconnectAll();
  await search.step(back);
  const requests = await workspace.requests();
  search.note('server', requests);
  const asked = (route: string): boolean => requests.some(({line}) => line.includes(route));
  for (const route of ['rooms.get', 'chat.syncMessages', 'chat.sendMessage', 'rooms.info'])
    expect(asked(route), route).to.be.true;
};

describe('a token of the chat is in no URL, referrer, document, storage, property, event, log or error of a workspace that is asked by REST', () => {
  it('straight', async () => {
    const server = await startWorkspace({API_Enable_CORS: true});
    const conversation = await setupConversation('c', server);
    const search = searchPage();
    const canaries: string[] = [];
    const auth = async () => {
      const credentials = await conversation.auth();
      canaries.push(credentials.authToken);
      return credentials;
    };
    await useByRest(search, makeLivePane({...conversation, auth}), conversation);
    expect(canaries).to.have.lengthOf(2);
    expectNowhere(search, canaries, conversation);
  });

  it('through a broker, which repeats what it was sent as it refuses', async () => {
    const conversation = await setupConversation('c', await startWorkspace());
    const {server, me, name} = conversation;
    const broker = await startBrokerFor(server);
    const remote = new BrokerRemote(broker);
    const accessToken = await remote.accessToken(me.username);
    const search = searchPage();
    const pane = document.createElement('rc-chat-pane');
    setAttributes(pane, {broker, room: `#${name}`});
    pane.accessToken = accessToken;
    await useByRest(search, pane, conversation);
    const canaries = [
      accessToken,
      ...(await remote.tokens(me.username)).map(({authToken}) => authToken),
    ];
    const message = `Not for ${canaries.join(' or ')}.`;
    await remote.fail(400, undefined, {below: '/v1/rc/', message});
    for (const refused of [() => pane.send('Hello?'), () => pane.markRead()])
      search.note('thrown', await search.step(refused().catch((error: unknown) => error)));
    search.note('server', await remote.requests());
    expect(canaries).to.have.lengthOf(3);
    expectNowhere(search, canaries, conversation);
  });
});
