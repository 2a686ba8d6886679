import type {IncomingMessage, ServerResponse} from 'node:http';

import {answerCors} from './cors.js';
import type {Permissions} from './permissions.js';
import {RateLimit} from './rate-limit.js';
import {failure, notFound, notLoggedIn, type Reply, Refusal, tooManyRequests} from './replies.js';
import {readJson} from './request-body.js';
import {ROUTES} from './rest-routes.js';
import type {Login} from './users.js';
import type {Workspace} from './workspace.js';

const PREFIX = /^\/api(?:\/v1)?\//;

/** The REST API under `/api/v1/`: authentication, rate limit, CORS and the shapes of errors. */
export class Rest {
  readonly limit: RateLimit;
  readonly #workspace: Workspace;

  constructor(workspace: Workspace, permissions: Permissions) {
    this.#workspace = workspace;
    this.limit = new RateLimit(workspace.settings, permissions);
  }

  /** Answers a request below `/api/`. */
  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (answerCors(request, response, this.#workspace.settings)) return;
    const {status, body} = await this.#reply(request, response, url);
    response
      .writeHead(status, {'content-type': 'application/json', 'cache-control': 'no-store'})
      .end(JSON.stringify(body));
  }

  async #reply(request: IncomingMessage, response: ServerResponse, url: URL): Promise<Reply> {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const name = `${method} ${url.pathname.replace(PREFIX, '')}`;
    const route = ROUTES.get(name);
    if (!route) return notFound();
    const login = this.#login(request);
    if (route.signedIn && !login) return notLoggedIn();
    const state = this.limit.count(name, request.socket.remoteAddress ?? '', login?.user);
    for (const [header, value] of Object.entries(state?.headers ?? {})) {
      response.setHeader(header, value);
    }
    if (state && !state.allowed) return tooManyRequests(state.wait);
    const body = await readJson(request);
    if (body === undefined) return failure('Invalid JSON', 'invalid-params');
    try {
      const workspace = this.#workspace;
      return route.answer({workspace, login, query: url.searchParams, body});
    } catch (error) {
      if (error instanceof Refusal) return error.reply;
      throw error;
    }
  }

  /** The caller's login by `X-User-Id` and `X-Auth-Token`, which must belong together. */
  #login({headers}: IncomingMessage): Login | undefined {
    const login = this.#workspace.users.resume(headers['x-auth-token']);
    return login?.user._id === headers['x-user-id'] ? login : undefined;
  }
}
