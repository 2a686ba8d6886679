import {createHmac, randomBytes, timingSafeEqual} from 'node:crypto';

import {field, identifier} from '../../../src/protocol/guards.js';
import {BrokerRefused} from './refusals.js';

const ISSUER = 'https://app.example.com';
const AUDIENCE = 'pexip-chat-room';
const HEADER = {alg: 'HS256', typ: 'JWT'};

const encode = (data: unknown): string => Buffer.from(JSON.stringify(data)).toString('base64url');

const decode = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return;
  }
};

/** The refusal of a token that is missing or forged. */
export const accessTokenInvalid = (): BrokerRefused =>
  new BrokerRefused(401, 'access-token-invalid', 'The access token is missing or not valid.');

/** Makes and checks the JSON Web Tokens by which a host application says who its user is. */
export class AccessTokens {
  readonly #secret = randomBytes(32);

  /** A token for `sub`; `expiresIn` in seconds, negative for one that has expired. */
  make(sub: string, expiresIn: number): string {
    const iat = Math.floor(Date.now() / 1000);
    const claims = {sub, iss: ISSUER, aud: AUDIENCE, iat, exp: iat + expiresIn};
    const signed = `${encode(HEADER)}.${encode(claims)}`;
    return `${signed}.${this.#sign(signed).toString('base64url')}`;
  }

  /** Returns the claim `sub`. Throws the refusal of a token that doesn't count. */
  check(token: string): string {
    const [header = '', claims = '', signature = '', ...rest] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const right = this.#sign(`${header}.${claims}`);
    if (rest.length || given.length !== right.length || !timingSafeEqual(given, right)) {
      throw accessTokenInvalid();
    }
    const data = decode(claims);
    const [sub, exp] = [identifier(field(data, 'sub')), field(data, 'exp')];
    if (field(decode(header), 'alg') !== HEADER.alg || !sub || typeof exp !== 'number') {
      throw accessTokenInvalid();
    }
    if (field(data, 'iss') !== ISSUER || field(data, 'aud') !== AUDIENCE)
      throw accessTokenInvalid();
    if (exp * 1000 <= Date.now()) {
      throw new BrokerRefused(401, 'access-token-expired', 'The access token has expired.');
    }
    return sub;
  }

  #sign(text: string): Buffer {
    return createHmac('sha256', this.#secret).update(text).digest();
  }
}
