import type {FastifyInstance, FastifyReply, FastifyRequest} from 'fastify';

import type {ChatSessionRequest} from '../../../src/protocol/broker-api.js';
import type {Faults} from './faults.js';
import type {Queue} from './queue.js';
import {REMOTE_PATH} from './remote-commands.js';
import type {SessionsSeen} from './sessions-seen.js';

/** What is kept of requests, and what is done to them. */
export interface Watched {
  readonly faults: Faults;
  readonly queue: Queue;
  readonly seen: SessionsSeen;
  requests: {readonly line: string; readonly referer: string}[];
  /** Whose session everybody gets; null: his own. */
  answerAs: string | null;
}

const MOST_REQUESTS = 10_000;
const SESSION = 'POST /v1/chat/session';

const pathOf = ({url}: FastifyRequest): string => url.replace(/\?.*/, '');
const isSession = (request: FastifyRequest): boolean =>
  `${request.method} ${pathOf(request)}` === SESSION;

/** What is known of users and their tokens. */
interface Known {
  tokenFor(username: string): string;
  /** Whether a user gets a token that there is already. */
  isLent(username: string, surface: unknown): Promise<boolean>;
}

/** Stands between the pages and the broker's own routes, which are added to `app` later. */
export const watch = (app: FastifyInstance, state: Watched, {tokenFor, isLent}: Known): void => {
  const {faults, queue, seen} = state;

  app.addHook('onRequest', async (request) => {
    const {method, url, raw, headers} = request;
    if (url.startsWith(REMOTE_PATH)) return;
    const line = `${method} ${url} HTTP/${raw.httpVersion}`;
    state.requests = [
      ...state.requests.slice(1 - MOST_REQUESTS),
      {line, referer: headers.referer ?? ''},
    ];
    if (method === 'OPTIONS' || !pathOf(request).startsWith('/v1/chat/')) return;
    if (isSession(request)) seen.asked += 1;
    if (state.answerAs !== null) headers.authorization = `Bearer ${tokenFor(state.answerAs)}`;
  });

  const needsToken = async ({body, identity}: FastifyRequest): Promise<boolean> => {
    const {surfaces = ['live'], rejected = []} = (body ?? {}) as ChatSessionRequest;
    const lent = await Promise.all([...surfaces].map((each) => isLent(identity.sub, each)));
    return lent.includes(false) || rejected.length > 0;
  };

  // The broker has set the headers for pages of other origins by then, and knows who asks.
  app.addHook('preHandler', async (request, reply): Promise<FastifyReply | undefined> => {
    if (request.url.startsWith(REMOTE_PATH) || request.method === 'OPTIONS') return;
    if (faults.answer(reply, pathOf(request))) return reply;
    if (!queue.isOn || !isSession(request) || !(await needsToken(request))) return;
    const turn = queue.pass(request.identity.sub);
    if (!turn) return;
    const {position, retryAfter} = turn;
    const error = {code: 'sign-in-queued', message: 'Others are signing in. Ask again.', position};
    return reply.code(429).header('retry-after', retryAfter).send({error});
  });

  app.addHook('onSend', async (request, reply, payload: unknown) => {
    if (isSession(request) && reply.statusCode === 200) seen.note(payload);
    return payload;
  });
};
