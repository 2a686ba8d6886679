/** What a page may read of its own access token. Nothing of it is proved here: the broker does that. */
import {field, identifier} from './guards.js';

/** Claims of a token, as it has them. */
export interface AccessTokenClaims {
  /** The alias of its user. */
  readonly sub: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** Ms from when it was made to when it ends; undefined where it does not say when it was made. */
  readonly life: number | undefined;
}

/** The longest token that a broker looks at. */
const LONGEST = 8_192;
/** The last moment that a `Date` can be. */
const LAST = 8.64e15;
const FORM = /^[\w-]+\.([\w-]+)\.[\w-]+$/;

/** A NumericDate (RFC 7519 2) as epoch ms. */
const instant = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 && value * 1000 <= LAST
    ? Math.floor(value * 1000)
    : undefined;

const payloadOf = (encoded: string): unknown => {
  try {
    const bytes = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    const text = Uint8Array.from(bytes, (each) => each.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(text));
  } catch {
    return;
  }
};

/** Reads a JSON Web Token that says whose it is and when it ends; `undefined` for anything else. */
export const parseAccessToken = (token: unknown): AccessTokenClaims | undefined => {
  if (typeof token !== 'string' || token.length > LONGEST) return;
  const [, encoded] = FORM.exec(token) ?? [];
  if (encoded === undefined) return;
  const claims = payloadOf(encoded);
  const sub = identifier(field(claims, 'sub'));
  const expiresAt = instant(field(claims, 'exp'));
  if (sub === undefined || expiresAt === undefined) return;
  const issuedAt = instant(field(claims, 'iat'));
  const life = issuedAt !== undefined && issuedAt < expiresAt ? expiresAt - issuedAt : undefined;
  return {sub, expiresAt, life};
};
