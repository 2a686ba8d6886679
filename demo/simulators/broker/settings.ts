import type {BrokerSettings} from 'pexip-chat-room-broker';

import type {BrokerConfig} from '../../../src/protocol/broker-api.js';
import type {RocketChatSimulator} from '../rocket-chat/server.js';
import {HOST} from './access-tokens.js';

/** The name of the host application's cookie. */
export const COOKIE = 'host_session';

/** What the broker needs of a Rocket.Chat workspace. */
export type BrokerWorkspace = Pick<RocketChatSimulator, 'origin' | 'serviceAccount'>;

/** What a broker for tests is told by an operator. */
export interface Operated {
  readonly workspace: BrokerWorkspace;
  readonly origins: readonly string[];
  readonly config: BrokerConfig;
  readonly publicUrl: string;
  readonly listen: {readonly host: string; readonly port: number};
  readonly hostSecret: string;
  readonly secret: string;
}

/** The settings of a broker for tests, as an operator would write them in his file. */
export const operatorSettings = ({
  workspace,
  origins,
  config,
  publicUrl,
  listen,
  hostSecret,
  secret,
}: Operated): Record<string, unknown> => {
  const {origin} = workspace;
  const {node, path, server = origin} = config;
  return {
    listen,
    publicUrl,
    origins,
    secret,
    store: {sqlite: ':memory:'},
    rocketChat: {
      server,
      // Names below .localhost are not known to every resolver.
      internalUrl: `http://127.0.0.1:${new URL(origin).port}`,
      ...workspace.serviceAccount(),
    },
    pexip: {...(node && {node}), ...(path && {path})},
    jwt: [{...HOST, secret: hostSecret}],
    users: {link: 'username'},
    log: {level: 'silent'},
  };
};

/** With times and limits that no operator would choose. */
export const withTimes = (
  settings: BrokerSettings,
  sessions: Partial<BrokerSettings['sessions']>,
  hook: NonNullable<BrokerSettings['cookie']>['hook'],
): BrokerSettings => ({
  ...settings,
  ...(hook && {cookie: {name: COOKIE, hook}}),
  sessions: {...settings.sessions, ...sessions},
  limits: {...settings.limits, perUser: 1_000_000, mintsPerUser: 1000, refusedPerAddress: 100_000},
});
