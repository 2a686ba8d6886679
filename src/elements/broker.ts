import {PexipChatError} from '../errors.js';
import type {BrokerConfig, DialOutNote} from '../protocol/broker-api.js';
import {meetingAddress} from '../protocol/web-app3-url.js';
import {brokerFailed, BrokerTokens} from '../session/broker-tokens.js';
import type {QueueListener} from '../session/token-pool.js';
import type {TokenSource} from '../session/token-source.js';
import {
  BrokerClient,
  refusalOf,
  type AccessToken,
  type BrokerAccess,
} from '../transport/broker-client.js';
import {workspaceAddress} from './workspace-address.js';

export {brokerFailed, refusalOf};

const configOf = async (base: string, what: string): Promise<BrokerConfig> => {
  try {
    return await brokerClient({base, accessToken: undefined}).config();
  } catch (cause) {
    throw brokerFailed(cause, `did not name the ${what}`);
  }
};

const unnamed = (what: string, element: string, attribute: string): PexipChatError =>
  new PexipChatError(
    'broker-failed',
    `The broker names no ${what}. Give the ${element} the attribute "${attribute}", or the broker its address.`,
  );

/**
 * Asks a broker for the address of its workspace.
 *
 * @throws {PexipChatError} `broker-failed`
 */
export const workspaceOf = async (base: string): Promise<string> => {
  const {server} = await configOf(base, 'workspace');
  if (server) return server;
  throw unnamed('Rocket.Chat workspace', 'pane', 'server');
};

/** Where the meetings of a broker are. */
export interface MeetingServer {
  readonly node?: string | null | undefined;
  readonly path?: string | null | undefined;
}

/**
 * Asks a broker for its Conferencing Node, and the branding path there.
 *
 * @param broker as the attribute has it
 * @throws {PexipChatError} `broker-failed`; `insecure-url`, `invalid-attribute`: this is no address
 */
export const meetingServerOf = async (broker: string): Promise<MeetingServer> => {
  const config = await configOf(workspaceAddress(broker, 'broker'), 'node');
  // What is refused in an attribute is no better from a server.
  if (meetingAddress({...config, room: '-'}) instanceof URL) return config;
  throw unnamed('node that can be used', 'room', 'node');
};

/**
 * Tells a broker what was dialled, for its audit log. Nothing depends on it: a broker that is away, or
 * has no such log, misses it.
 *
 * @param broker as the attribute has it
 */
export const noteDialOut = async (
  broker: string,
  accessToken: AccessToken | undefined,
  note: DialOutNote,
): Promise<void> => {
  const base = workspaceAddress(broker, 'broker');
  await brokerClient({base, accessToken}).dialled(note);
};

/** What asks a broker. */
export const brokerClient = (access: BrokerAccess): BrokerClient => new BrokerClient(access);

/** A file that is loaded when a pane signs its user in by a broker, or an element asks it. */
export const brokerTokens = (access: BrokerAccess, queued: QueueListener): TokenSource =>
  new BrokerTokens(brokerClient(access), queued);
