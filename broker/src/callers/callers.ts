import type {FastifyBaseLogger, FastifyRequest} from 'fastify';
import type {Dispatcher} from 'undici';

import {COOKIE_GUARD} from '../../../src/protocol/broker-api.js';
import type {BrokerSettings} from '../config/settings.js';
import type {Seal} from '../store/seal.js';
import {AccessTokens, trustOf} from './access-token.js';
import {cookieCheck, type CookieCheck} from './cookie.js';
import {cookieValues} from './cookie-header.js';
import type {Identity} from './identity.js';
import {OwnTokens, type IssuedToken, type TokenOwner} from './own-tokens.js';
import {cookieRefused, guardMissing, proofMissing, tokenInvalid} from './refused-proofs.js';

const BEARER = /^bearer(?: +(.*))?$/i;

/** Tells who asks. */
export interface Callers {
  /**
   * Says whose request it is. A bearer token counts first, and a cookie is not tried beside it, even
   * if the token is not valid; any other `Authorization` (of a proxy before the broker) is no proof.
   *
   * @throws {BrokerError} 401 `access-token-invalid`, `access-token-expired`, 403
   *   `cookie-guard-missing`; 503 `broker-busy` if it cannot be told now
   */
  identify(request: FastifyRequest): Promise<Identity>;
  /**
   * Makes a token of the broker's own (`POST /v1/credentials`).
   *
   * @param lifetime seconds
   */
  issue(owner: TokenOwner, lifetime: number): Promise<IssuedToken>;
}

/** What {@link createCallers} needs of the broker. */
export interface CallersOptions {
  readonly settings: Pick<BrokerSettings, 'cookie' | 'jwt' | 'publicUrl'>;
  readonly seal: Seal;
  readonly dispatcher: Dispatcher;
  readonly log: FastifyBaseLogger;
}

/** Node keeps the first of several, a proxy perhaps the last: together they prove nothing. */
const hasTwo = ({raw}: FastifyRequest, name: string): boolean =>
  raw.rawHeaders.filter((each, at) => at % 2 === 0 && each.toLowerCase() === name).length > 1;

const isGuarded = ({headers}: FastifyRequest): boolean =>
  Object.entries(COOKIE_GUARD).every(([name, value]) => headers[name.toLowerCase()] === value);

const byCookie = async (
  request: FastifyRequest,
  name: string,
  check: CookieCheck,
): Promise<Identity> => {
  const header = request.headers.cookie ?? '';
  const [value, ...more] = cookieValues(header, name);
  if (value === undefined) throw proofMissing();
  if (!isGuarded(request)) throw guardMissing();
  // A site beside the application's may set one for both; which is whose cannot be told.
  if (more.length) throw cookieRefused('it came with two values');
  const identity = await check(value, header);
  if (identity) return identity;
  throw cookieRefused('the application knows nobody by it');
};

/**
 * Makes what tells callers apart: JSON Web Tokens of the configured issuers, those of the broker's
 * own, and the application's cookie.
 *
 * @throws {TypeError} for an issuer or a cookie that can never work
 */
export const createCallers = ({settings, seal, dispatcher, log}: CallersOptions): Callers => {
  const {jwt, cookie, publicUrl} = settings;
  const own = new OwnTokens(publicUrl, seal);
  const tokens = new AccessTokens([...jwt.map((each) => trustOf(each, dispatcher)), own.trust]);
  const check = cookie && cookieCheck(cookie, dispatcher);
  log.debug({issuers: jwt.length, cookie: Boolean(cookie)}, 'Callers are told apart.');
  return {
    identify: async (request) => {
      const given = BEARER.exec(request.headers.authorization ?? '');
      if (given) {
        if (hasTwo(request, 'authorization'))
          throw tokenInvalid('the request has two Authorization headers');
        return tokens.verify(given[1] ?? '');
      }
      if (cookie && check) return byCookie(request, cookie.name, check);
      throw proofMissing();
    },
    issue: (owner, lifetime) => own.issue(owner, lifetime),
  };
};
