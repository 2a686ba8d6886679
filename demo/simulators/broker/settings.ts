import type {BrokerSettings} from 'pexip-chat-room-broker';

import type {BrokerConfig} from '../../../src/protocol/broker-api.js';
import type {BrokerAccess} from '../pexip-infinity/broker-access.js';
import {HOST} from './access-tokens.js';
import type {BrokerWorkspace} from './workspace.js';

/** The name of the host application's cookie. */
export const COOKIE = 'host_session';

/** What a broker for tests is told by an operator. */
export interface Operated {
  readonly workspace: BrokerWorkspace;
  readonly origins: readonly string[];
  readonly config: BrokerConfig;
  readonly hostSecret: string;
  readonly secret: string;
  /** By which Pexip Infinity signs in. */
  readonly pexip: Omit<BrokerAccess, 'origin'>;
  /** What else the operator has written, instead of what follows here. */
  readonly more: Readonly<Record<string, unknown>>;
}

/** The settings of a broker for tests, as an operator would write them in his file, but for where it listens. */
export const operatorSettings = ({
  workspace,
  origins,
  config,
  hostSecret,
  secret,
  pexip,
  more,
}: Operated): Record<string, unknown> => {
  const {origin} = workspace;
  const {node, path, server = origin} = config;
  return {
    publicUrl: 'http://localhost',
    origins,
    secret,
    store: {sqlite: ':memory:'},
    rocketChat: {
      server,
      // Names below .localhost are not known to every resolver.
      internalUrl: `http://127.0.0.1:${new URL(origin).port}`,
      ...workspace.serviceAccount(),
    },
    // Without a node there are no meetings, and nobody signs in for them.
    pexip: {...(node && {node, ...pexip}), ...(path && {path})},
    calls: {page: 'https://app.example.com/call'},
    recording: {destination: 'rtmp://record.example.com/live'},
    jwt: [{...HOST, secret: hostSecret}],
    users: {link: 'username'},
    log: {level: 'silent'},
    ...more,
  };
};

/** What no operator would choose, or is allowed to. */
export interface Chosen {
  readonly publicUrl: string;
  readonly sessions: Partial<BrokerSettings['sessions']>;
  readonly hook: NonNullable<NonNullable<BrokerSettings['cookie']>['hook']>;
}

/** Settings of a broker for tests: an address, times and limits that are not checked. */
export const testSettings = (
  settings: BrokerSettings,
  {publicUrl, sessions, hook}: Chosen,
): BrokerSettings => ({
  ...settings,
  publicUrl,
  cookie: {name: COOKIE, hook},
  sessions: {...settings.sessions, ...sessions},
  limits: {...settings.limits, perUser: 1_000_000, mintsPerUser: 1000, refusedPerAddress: 100_000},
});
