import {PexipChatError} from '../errors.js';
import {brokerFailed, BrokerTokens} from '../session/broker-tokens.js';
import type {QueueListener} from '../session/token-pool.js';
import type {TokenSource} from '../session/token-source.js';
import {BrokerClient, type BrokerAccess} from '../transport/broker-client.js';

/**
 * Asks a broker for the address of its workspace.
 *
 * @throws {PexipChatError} `broker-failed`
 */
export const workspaceOf = async (base: string): Promise<string> => {
  try {
    const {server} = await new BrokerClient({base, accessToken: undefined}).config();
    if (server) return server;
  } catch (cause) {
    throw brokerFailed(cause, 'did not name the workspace');
  }
  throw new PexipChatError(
    'broker-failed',
    'The broker names no Rocket.Chat workspace. Give the pane the attribute "server", or the broker its address.',
  );
};

/** A file that is loaded when a pane signs its user in by a broker. */
export const brokerTokens = (access: BrokerAccess, queued: QueueListener): TokenSource =>
  new BrokerTokens(new BrokerClient(access), queued);
