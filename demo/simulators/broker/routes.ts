import type {IncomingMessage, ServerResponse} from 'node:http';

import type {BrokerConfig} from '../../../src/protocol/broker-api.js';
import type {Finding} from '../../../src/protocol/findings.js';
import {send} from '../http.js';
import {type ChatSessions, readSessionRequest} from './chat-sessions.js';
import {passThrough} from './pass-through.js';
import {BrokerRefused, sendJson} from './refusals.js';
import {readBody} from './request-body.js';
import type {BrokerWorkspace} from './workspace.js';

/** What the routes work with. */
export interface RouteContext {
  readonly config: BrokerConfig;
  readonly sessions: ChatSessions;
  readonly workspace: BrokerWorkspace;
  /** Tells the caller's name, or throws the refusal of a request that says none. */
  callerOf(request: IncomingMessage): string;
  /** Whose session the caller is given. */
  answeredAs(username: string): string;
}

/** What it finds of servers that it does not look at. */
const FINDINGS: readonly Finding[] = [
  {id: 'node-answers', status: 'ok', message: 'The node answers.', remedy: ''},
  {
    id: 'plugin-in-manifest',
    status: 'unchecked',
    message: 'The stand-in does not look at brandings.',
    remedy: 'Open the manifest of the branding, and look for external-chat.',
  },
];

const SESSION = '/v1/chat/session';
const PASS = '/v1/rc/';

/** Who tries to do what a route doesn't. */
const demandMethod = ({method = ''}: IncomingMessage, ...allowed: string[]): void => {
  if (allowed.includes(method)) return;
  const headers = {allow: allowed.join(', ')};
  throw new BrokerRefused(405, 'method-not-allowed', `${method} is not for here.`, {headers});
};

const answerSession = async (
  request: IncomingMessage,
  response: ServerResponse,
  {sessions, callerOf, answeredAs}: RouteContext,
): Promise<void> => {
  demandMethod(request, 'POST', 'DELETE');
  const username = answeredAs(callerOf(request));
  if (request.method === 'DELETE') {
    await sessions.end(username);
    return send(response, 204, '');
  }
  const asked = readSessionRequest(await readBody(request));
  return sendJson(response, 200, await sessions.open(username, asked));
};

/** Answers a request that has passed the test of its origin. Throws the refusal of one it refuses. */
export const answerRoute = async (
  request: IncomingMessage,
  response: ServerResponse,
  {pathname, search}: URL,
  context: RouteContext,
): Promise<void> => {
  const {config, sessions, workspace, callerOf, answeredAs} = context;
  if (pathname === '/v1/config') {
    demandMethod(request, 'GET');
    return sendJson(response, 200, config);
  }
  if (pathname === '/v1/diagnose') {
    demandMethod(request, 'POST');
    callerOf(request);
    return sendJson(response, 200, {findings: FINDINGS});
  }
  if (pathname === SESSION) return answerSession(request, response, context);
  if (pathname.startsWith(`${SESSION}/`)) {
    demandMethod(request, 'DELETE');
    const username = answeredAs(callerOf(request));
    sessions.release(username, pathname.slice(SESSION.length + 1));
    return send(response, 204, '');
  }
  if (pathname.startsWith(PASS)) {
    callerOf(request);
    return passThrough(request, response, {
      route: pathname.slice(PASS.length),
      search,
      workspace,
    });
  }
  throw new BrokerRefused(404, 'not-found', 'There is nothing here.');
};
