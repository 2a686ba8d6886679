import {randomBytes} from 'node:crypto';
import type {IncomingMessage} from 'node:http';

import {COOKIE_GUARD} from '../../../src/protocol/broker-api.js';
import {accessTokenInvalid, AccessTokens} from './access-tokens.js';
import {BrokerRefused} from './refusals.js';

const COOKIE = 'host_session';
const BEARER = /^Bearer ([\w.-]+)$/;

const cookieOf = ({headers}: IncomingMessage): string | undefined =>
  headers.cookie
    ?.split(/;\s*/)
    .find((each) => each.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1);

const isGuarded = ({headers}: IncomingMessage): boolean =>
  Object.entries(COOKIE_GUARD).every(([name, value]) => headers[name.toLowerCase()] === value);

/** Tells who asks: by the host application's access token, or by its cookie. */
export class Callers {
  readonly #accessTokens = new AccessTokens();
  readonly #byCookie = new Map<string, string>();

  accessToken(username: string, expiresIn: number): string {
    return this.#accessTokens.make(username, expiresIn);
  }

  /** A cookie as the host application would have set it, `name=value`. */
  cookie(username: string): string {
    const value = randomBytes(16).toString('base64url');
    this.#byCookie.set(value, username);
    return `${COOKIE}=${value}`;
  }

  /**
   * Returns the caller's name. An access token counts before a cookie, even if it is not valid; a
   * cookie counts with the header only that no form of another site can send.
   */
  of(request: IncomingMessage): string {
    const {authorization} = request.headers;
    if (authorization !== undefined) {
      return this.#accessTokens.check(BEARER.exec(authorization)?.[1] ?? '');
    }
    const cookie = cookieOf(request);
    if (cookie === undefined) throw accessTokenInvalid();
    if (!isGuarded(request)) {
      const message = `A cookie counts with ${JSON.stringify(COOKIE_GUARD)} only.`;
      throw new BrokerRefused(403, 'cookie-guard-missing', message);
    }
    const username = this.#byCookie.get(cookie);
    if (!username) throw accessTokenInvalid();
    return username;
  }
}
