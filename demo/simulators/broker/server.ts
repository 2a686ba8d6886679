import {randomBytes} from 'node:crypto';

import type {ServedBroker} from 'pexip-chat-room-broker';

import type {Surface} from '../../../src/protocol/credentials.js';
import type {BrokerConfig} from '../../../src/protocol/broker-api.js';
import type {ListenOptions} from '../http.js';
import type {BrokerAccess} from '../pexip-infinity/broker-access.js';
import {HostTokens} from './access-tokens.js';
import type {BrokerFault, FaultOptions} from './broker-fault.js';
import {Faults} from './faults.js';
import {startAt} from './free-port.js';
import {loadBroker} from './load-broker.js';
import {Queue} from './queue.js';
import {remoteRoutes} from './remote-commands.js';
import {SessionsSeen} from './sessions-seen.js';
import {COOKIE, operatorSettings, testSettings} from './settings.js';
import {watch} from './watch.js';
import type {BrokerWorkspace} from './workspace.js';

/** How a broker for tests starts. */
export interface BrokerOptions extends ListenOptions {
  /** Whose tokens it lends: a Rocket.Chat simulator. */
  readonly workspace: BrokerWorkspace;
  /** The origins of the pages that may ask, exactly as a browser writes them; default none. */
  readonly origins?: readonly string[];
  /** What `GET /v1/config` says; its `server` is the workspace unless it is said here. */
  readonly config?: BrokerConfig;
  /** More settings, as an operator writes them in his file: `{discussions: {room: 'GENERAL'}}`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** How long a token lives, in ms; default an hour. */
  readonly lifetime?: number;
  /** A lease that is not renewed, in ms; default 5 minutes. */
  readonly leaseTime?: number;
  /** A user's tokens, when the last lease is gone, in ms; default a minute. */
  readonly afterLast?: number;
  /** Answers the commands of `BrokerRemote`, which need no sign-in. For tests only. */
  readonly remoteControl?: boolean;
}

/** A running broker, and what tests do to it. */
export interface BrokerSimulator {
  readonly origin: string;
  /** By which `startPexipInfinity` asks it and tells it; it has meetings if its `config` names a node. */
  readonly pexip: BrokerAccess;
  /** The host application's token for a user; `expiresIn` in seconds, an hour by default. */
  accessToken(username: string, options?: {expiresIn?: number}): string;
  /** The host application's cookie for a user, `name=value`. */
  cookie(username: string): string;
  /** The Rocket.Chat tokens that were lent for the first time, in order. */
  mints(): readonly {username: string; surface: Surface}[];
  /** All Rocket.Chat tokens that a user was ever lent, in order; for tests that look for them. */
  tokens(username: string): readonly {surface: Surface; authToken: string}[];
  /** The user's next session brings other tokens, as one does whose last ones end soon. */
  replaceTokens(username: string): Promise<void>;
  /** How often a session was asked for, refused or not. */
  sessions(): number;
  /** How many pages of a user hold a session. */
  leases(username: string): Promise<number>;
  /** The latest 10,000 requests but those of the remote; a token must never be in one. */
  requests(): readonly {readonly line: string; readonly referer: string}[];
  /** Each user's next `positions` attempts to get a new token are told to wait. */
  queue(positions: number, retryAfterSeconds: number): void;
  /** From now on everybody gets this user's session: what a page must refuse. */
  answerAs(username: string | null): void;
  /** Fails the next `count` requests, all by default, until told `null`. */
  fail(fault: BrokerFault | null, count?: number, options?: FaultOptions): void;
  close(): Promise<void>;
}

const HOUR = 3_600_000;

/**
 * Starts a broker for a workspace of `startRocketChat`, with what tests need beside: tokens and cookies
 * of a host application, and faults. It is the one of the package `pexip-chat-room-broker`, which has to
 * be installed; everything it keeps is gone when it ends.
 */
export const startBroker = async (options: BrokerOptions): Promise<BrokerSimulator> => {
  const {workspace, origins = [], config = {}, host = '127.0.0.1', publicHost = host} = options;
  const {
    settings = {},
    lifetime = HOUR,
    leaseTime = 300_000,
    afterLast = 60_000,
    port = 0,
  } = options;
  const {readSettings, serveBroker} = await loadBroker();
  const tokens = new HostTokens();
  const pexip = {username: 'pexip', password: randomBytes(32).toString('base64url')};
  const cookies = new Map<string, string>();
  const state = {
    faults: new Faults(),
    queue: new Queue(),
    seen: new SessionsSeen(),
    requests: [] as {readonly line: string; readonly referer: string}[],
    answerAs: null as string | null,
  };
  const operated = operatorSettings({
    workspace,
    origins,
    config,
    hostSecret: tokens.secret,
    secret: randomBytes(32).toString('base64url'),
    pexip,
    more: settings,
  });
  const open = (at: number): Promise<ServedBroker> => {
    const chosen = testSettings(readSettings({...operated, listen: {host, port: at}}), {
      publicUrl: `http://${publicHost}:${at}`,
      sessions: {tokenLifetime: lifetime, leaseTime, afterLast},
      hook: (value) => {
        const sub = cookies.get(value);
        return sub ? {sub} : undefined;
      },
    });
    return serveBroker(chosen, {
      // Tests end when they end; what hangs is cut.
      lastRequests: 0,
      prepare: async (app) => {
        if (options.remoteControl) await app.register(remoteRoutes(() => simulator));
        watch(app, state, {
          tokenFor: (username) => tokens.make(username, 60),
          isLent: async (username, surface) =>
            (await served.broker.context.store.get(`token:${username}:${surface}`)) !== undefined,
        });
      },
    });
  };
  const served: ServedBroker = await startAt({host, port}, open);
  const {store} = served.broker.context;
  const simulator: BrokerSimulator = {
    origin: `http://${publicHost}:${new URL(served.origin).port}`,
    // Names below .localhost are not known to every resolver.
    pexip: {origin: served.origin, ...pexip},
    accessToken: (username, {expiresIn = 3600} = {}) => tokens.make(username, expiresIn),
    cookie: (username) => {
      const value = randomBytes(16).toString('base64url');
      cookies.set(value, username);
      return `${COOKIE}=${value}`;
    },
    mints: () => state.seen.lent.map(({username, surface}) => ({username, surface})),
    tokens: (username) =>
      state.seen.lent
        .filter((each) => each.username === username)
        .map(({surface, authToken}) => ({surface, authToken})),
    replaceTokens: async (username) => {
      await store.delete(`token:${username}:embed`);
      await store.delete(`token:${username}:live`);
    },
    sessions: () => state.seen.asked,
    leases: async (username) => {
      // A lease is kept until the user's tokens may end; the field "~" is none.
      const fields = [...(await store.entries(`leases:${username}`))];
      return fields.filter(([id, end]) => id !== '~' && Number(end) - afterLast > Date.now())
        .length;
    },
    requests: () => state.requests,
    queue: (positions, retryAfterSeconds) => state.queue.set(positions, retryAfterSeconds),
    answerAs: (username) => {
      state.answerAs = username;
    },
    fail: (fault, count, faultOptions) => state.faults.set(fault, count, faultOptions),
    close: () => served.close(),
  };
  return simulator;
};
