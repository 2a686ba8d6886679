import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import type {Credentials} from '../../src/protocol/credentials.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from './conversation.js';
import {setAttributes} from './mount.js';
import {startBrokerFor} from 'test-simulators';

/** A conversation whose workspace has a broker, and a pane that has nothing but that. */
export const setupBroker = async (options: Parameters<typeof startBrokerFor>[1] = {}) => {
  const conversation = await setupConversation();
  const {server, name, me} = conversation;
  const broker = await startBrokerFor(server, options);
  const remote = new BrokerRemote(broker);
  /** A pane, not yet in the page, that shares no tokens with another. */
  const makePane = (): RcChatPaneElement => {
    const pane = document.createElement('rc-chat-pane');
    setAttributes(pane, {broker, room: `#${name}`});
    pane.accessToken = () => remote.accessToken(me.username);
    return pane;
  };
  /** All that the user was ever lent. */
  const lent = async (): Promise<(Credentials & {surface: string})[]> =>
    (await remote.tokens(me.username)).map((token) => ({...token, userId: me.userId}));
  return {...conversation, pane: makePane(), makePane, lent, broker, remote};
};
