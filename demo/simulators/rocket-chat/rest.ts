import type {IncomingMessage, ServerResponse} from 'node:http';

import {answerCors} from './cors.js';
import type {Permissions} from './permissions.js';
import {RateLimit} from './rate-limit.js';
import {MeteorError, OperationError} from './meteor-error.js';
import {
  failure,
  meteorFailure,
  notFound,
  notLoggedIn,
  type Reply,
  Refusal,
  tooManyRequests,
} from './replies.js';
import {readBody} from './request-body.js';
import {ROUTES} from './routes/routes.js';
import type {ServerTraits} from './server-traits.js';
import type {UploadFault} from './upload-fault.js';
import type {Login} from './users.js';
import type {Workspace} from './workspace.js';

const PREFIX = /^\/api(?:\/v1)?\//;

/** The decoded parts of a path; none if it cannot be decoded. */
const segments = (path: string): string[] => {
  try {
    return path.split('/').map((each) => decodeURIComponent(each));
  } catch {
    return [];
  }
};

/** The answer to what a route has thrown; what is no refusal is thrown on. */
const refused = (error: unknown): Reply => {
  if (error instanceof Refusal) return error.reply;
  if (error instanceof OperationError) return failure(error.message);
  if (error instanceof MeteorError) {
    return meteorFailure(String(error.code), error.reason, error.details);
  }
  throw error;
};

/** The REST API under `/api/v1/`: authentication, rate limit, CORS and the shapes of errors. */
export class Rest {
  readonly limit: RateLimit;
  /** What happens to files on their way here. */
  uploadFault: UploadFault = {};
  readonly #workspace: Workspace;
  readonly #permissions: Permissions;
  readonly #traits: ServerTraits;

  constructor(workspace: Workspace, permissions: Permissions, traits: ServerTraits) {
    this.#workspace = workspace;
    this.#permissions = permissions;
    this.#traits = traits;
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
    // What stands behind the name is the route's own: a room, a file, a method.
    const [called = '', ...rest] = segments(url.pathname.replace(PREFIX, ''));
    const route = ROUTES.get(`${method} ${called}`);
    if (!route) return notFound();
    const login = this.#login(request);
    if (route.signedIn && !login) return notLoggedIn();
    const name = [`${method} ${called}`, ...(called.startsWith('method.') ? rest : [])].join('/');
    const address = request.socket.remoteAddress ?? '';
    const state = this.limit.count(name, address, login?.user, route.limit);
    for (const [header, value] of Object.entries(state?.headers ?? {})) {
      response.setHeader(header, value);
    }
    if (state && !state.allowed) return tooManyRequests(state.wait);
    const body = await readBody(request, this.uploadFault);
    if (!body) return failure('Invalid JSON', 'invalid-params');
    try {
      return await route.answer({
        workspace: this.#workspace,
        permissions: this.#permissions,
        traits: this.#traits,
        login,
        headers: request.headers,
        rest,
        query: url.searchParams,
        body: body.fields,
        file: body.file,
      });
    } catch (error) {
      return refused(error);
    }
  }

  /** The caller's login by `X-User-Id` and `X-Auth-Token`, which must belong together. */
  #login({headers}: IncomingMessage): Login | undefined {
    const login = this.#workspace.users.resume(headers['x-auth-token']);
    return login?.user._id === headers['x-user-id'] ? login : undefined;
  }
}
