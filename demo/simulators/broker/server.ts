import type {IncomingMessage, ServerResponse} from 'node:http';

import type {BrokerConfig} from '../../../src/protocol/broker-api.js';
import type {Surface} from '../../../src/protocol/credentials.js';
import {listen, type ListenOptions} from '../http.js';
import {Callers} from './callers.js';
import {ChatSessions} from './chat-sessions.js';
import {answerCors} from './cors.js';
import {type BrokerFault, type FaultOptions, Faults} from './faults.js';
import type {LeaseTimes} from './leases.js';
import {Queue} from './queue.js';
import {BrokerRefused, sendRefusal} from './refusals.js';
import {answerRemote, REMOTE_PATH} from './remote-commands.js';
import {answerRoute, type RouteContext} from './routes.js';
import {Tokens} from './tokens.js';
import type {BrokerWorkspace} from './workspace.js';

/** How a stand-in broker starts. */
export interface BrokerOptions extends ListenOptions, Partial<LeaseTimes> {
  /** Whose tokens it lends: a Rocket.Chat simulator. */
  readonly workspace: BrokerWorkspace;
  /** The origins of the pages that may ask, exactly as a browser writes them; default none. */
  readonly origins?: readonly string[];
  /** What `GET /v1/config` says; its `server` is the workspace unless it is said here. */
  readonly config?: BrokerConfig;
  /** How long a token lives, in ms; default an hour. */
  readonly lifetime?: number;
  /** Answers the commands of `BrokerRemote`, which need no sign-in. For tests only. */
  readonly remoteControl?: boolean;
}

/** A running stand-in. */
export interface BrokerSimulator {
  readonly origin: string;
  /** The host application's token for a user; `expiresIn` in seconds, an hour by default. */
  accessToken(username: string, options?: {expiresIn?: number}): string;
  /** The host application's cookie for a user, `name=value`. */
  cookie(username: string): string;
  /** The Rocket.Chat tokens that were made, in order. */
  mints(): readonly {username: string; surface: Surface}[];
  /** All Rocket.Chat tokens that a user was ever lent, in order; for tests that look for them. */
  tokens(username: string): readonly {surface: Surface; authToken: string}[];
  /** The user's next session brings other tokens, as one does whose last ones end soon. */
  replaceTokens(username: string): void;
  /** How often a session was asked for, refused or not. */
  sessions(): number;
  /** How many pages of a user hold a session. */
  leases(username: string): number;
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

const MOST_REQUESTS = 10_000;
const HOUR = 3_600_000;

/**
 * Starts a stand-in for the broker as far as chat goes: its session API, its pass-through and its
 * refusals. It is for tests and demonstrations on one machine, and trusts nobody but its own tokens.
 */
export const startBroker = async (options: BrokerOptions): Promise<BrokerSimulator> => {
  const {workspace, origins = [], lifetime = HOUR, remoteControl = false} = options;
  const {leaseTime = 300_000, afterLast = 60_000} = options;
  const queue = new Queue();
  const tokens = new Tokens(workspace, queue, lifetime);
  const sessions = new ChatSessions(tokens, {leaseTime, afterLast});
  const callers = new Callers();
  const faults = new Faults();
  let requests: {readonly line: string; readonly referer: string}[] = [];
  let asked = 0;
  let other: string | null = null;
  const context: RouteContext = {
    config: {server: workspace.origin, ...options.config},
    sessions,
    workspace,
    callerOf: (request) => callers.of(request),
    answeredAs: (username) => other ?? username,
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const {method = '', url: target = '/', headers, httpVersion} = request;
    const url = new URL(target, 'http://broker.invalid');
    const {pathname} = url;
    if (remoteControl && pathname.startsWith(REMOTE_PATH)) {
      return answerRemote(request, response, pathname.slice(REMOTE_PATH.length), simulator);
    }
    const line = `${method} ${target} HTTP/${httpVersion}`;
    requests = [...requests.slice(1 - MOST_REQUESTS), {line, referer: headers.referer ?? ''}];
    try {
      if (answerCors(request, response, origins)) return;
      if (method === 'POST' && pathname === '/v1/chat/session') asked += 1;
      if (faults.answer(response, pathname)) return;
      await answerRoute(request, response, url, context);
    } catch (error) {
      if (response.headersSent) throw error;
      const internal = new BrokerRefused(500, 'internal', String(error));
      sendRefusal(response, error instanceof BrokerRefused ? error : internal);
    }
  };

  const {origin, close} = await listen(answer, options);
  const simulator: BrokerSimulator = {
    origin,
    accessToken: (username, {expiresIn = 3600} = {}) => callers.accessToken(username, expiresIn),
    cookie: (username) => callers.cookie(username),
    mints: () => tokens.mints.map(({username, surface}) => ({username, surface})),
    tokens: (username) =>
      tokens.mints
        .filter((minted) => minted.username === username)
        .map(({surface, authToken}) => ({surface, authToken})),
    replaceTokens: (username) => tokens.replace(username),
    sessions: () => asked,
    leases: (username) => sessions.leases(username),
    requests: () => requests,
    queue: (positions, retryAfterSeconds) => queue.set(positions, retryAfterSeconds),
    answerAs: (username) => {
      other = username;
    },
    fail: (fault, count, faultOptions) => faults.set(fault, count, faultOptions),
    close: () => {
      sessions.close();
      return close();
    },
  };
  return simulator;
};
