import {createHmac} from 'node:crypto';

import {SignJWT} from 'jose';

export const ISSUER = 'https://app.example.com';
export const AUDIENCE = 'pexip-chat-room';
/** What the host application and the broker share in tests; no secret of anybody. */
export const SECRET = 'a shared secret of tests, 32 bytes and more';

const encode = (data) =>
  Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)).toString('base64url');

/** Seconds of now. */
export const seconds = () => Math.floor(Date.now() / 1000);

/** Claims that are accepted, with some of them otherwise; `undefined` leaves one out. */
export const claims = (own = {}) => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'anna',
  exp: seconds() + 300,
  ...own,
});

/** A token put together by hand, right or wrong: header and claims as they are given. */
export const handMade = (header, payload, key = SECRET, hash = 'sha256') => {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${createHmac(hash, key).update(signed).digest('base64url')}`;
};

/** A token by the shared secret. */
export const shared = (own, header = {alg: 'HS256', typ: 'JWT'}) => handMade(header, claims(own));

/** A token by a private key. */
export const byKey = (key, own, header = {}) =>
  new SignJWT(claims(own)).setProtectedHeader({alg: 'RS256', kid: 'one', ...header}).sign(key);

/** The header that proves a sign-in. */
export const bearer = (token) => ({authorization: `Bearer ${token}`});
