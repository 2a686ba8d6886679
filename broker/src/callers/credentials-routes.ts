import type {FastifyPluginAsync, FastifyRequest} from 'fastify';

import type {BrokerContext} from '../context.js';
import {BrokerError} from '../errors.js';
import {originNotAllowed} from '../http/cors.js';
import {tooMany} from '../http/limits.js';
import {networkOf} from '../http/network.js';
import {Refusals} from '../http/refusals.js';
import {apiKeyTest} from './api-keys.js';
import type {Callers} from './callers.js';
import {readCredentialsRequest} from './credentials-request.js';

/** The second is Bandyer's address for the same. */
const PATHS = ['/v1/credentials', '/rest/sdk/credentials'];
/** How many addresses of the host application's servers are remembered. */
const SERVERS = 1_000;

const invalidKey = (): BrokerError =>
  new BrokerError(
    401,
    'invalid_api_key',
    'Apikey is not valid. Send one of the broker\'s apiKeys in the header "apikey", from a server and never from a page.',
  );

const tooManyKeys = (wait: number): BrokerError =>
  tooMany(wait, 'Too many wrong API keys came from your network address.');

/** Those that came with a right key before. */
class Servers {
  readonly #networks = new Set<string>();

  add(address: string): void {
    const network = networkOf(address);
    if (this.#networks.has(network)) return;
    const [oldest] = this.#networks;
    if (this.#networks.size >= SERVERS && oldest !== undefined) this.#networks.delete(oldest);
    this.#networks.add(network);
  }

  has(address: string): boolean {
    return this.#networks.has(networkOf(address));
  }
}

/**
 * `POST /v1/credentials`, and the same as Bandyer's `/rest/sdk/credentials`: a server of the host
 * application gets an access token for its user.
 *
 * Wrong keys are counted by address. Past the limit a key of that address is not looked at any more
 * for the rest of the minute, so that guessing gains nothing, unless a right one came from there
 * since this broker started: who shares the address of the application's servers cannot lock them
 * out, nor can anybody elsewhere.
 */
export const credentialsRoutes = (
  {settings, store, audit, log}: Pick<BrokerContext, 'audit' | 'log' | 'settings' | 'store'>,
  callers: Pick<Callers, 'issue'>,
): FastifyPluginAsync => {
  const isKey = apiKeyTest(settings.apiKeys);
  const limit = settings.limits.refusedPerAddress;
  const refusals = new Refusals({store, log, kind: 'api-key', limit});
  const servers = new Servers();

  const admit = async ({headers, ip}: FastifyRequest): Promise<void> => {
    // Only pages send it. A key in a page is everybody's, so no page may find out that it works.
    if (headers.origin !== undefined) throw originNotAllowed();
    const blocked = servers.has(ip) ? 0 : refusals.blockedFor(ip);
    if (blocked) throw tooManyKeys(blocked);
    const {apikey} = headers;
    if (typeof apikey === 'string' && isKey(apikey)) return servers.add(ip);
    const wait = await refusals.note(ip);
    throw wait ? tooManyKeys(wait) : invalidKey();
  };

  return async (app) => {
    for (const path of PATHS) {
      app.post(path, {config: {cors: false}, onRequest: admit}, async ({body}, reply) => {
        const {owner, lifetime} = readCredentialsRequest(body);
        const {token, expiresAt} = await callers.issue(owner, lifetime);
        await audit.note({
          what: 'credentials-issued',
          alias: owner.sub,
          detail: {expiresIn: lifetime},
        });
        reply.header('cache-control', 'no-store');
        return {
          access_token: token,
          expires_at: new Date(expiresAt).toISOString(),
          user_id: owner.sub,
        };
      });
    }
  };
};
