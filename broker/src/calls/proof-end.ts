import type {FastifyRequest} from 'fastify';
import {decodeJwt} from 'jose';

const HOUR = 60 * 60_000;
/** A cookie tells not how long it counts: whoever has one shows it again after that; ms. */
const BY_COOKIE = HOUR;
/** However long a token lasts; ms. */
const LONGEST = 12 * HOUR;

/**
 * Until when a request's proof of sign-in counts, epoch ms. The proof itself is not looked at: it was
 * checked before.
 */
export const proofEnd = (
  {identity, headers}: Pick<FastifyRequest, 'headers' | 'identity'>,
  now = Date.now(),
): number => {
  if (identity.by === 'cookie') return now + BY_COOKIE;
  const token = /^bearer +(\S+)/i.exec(headers.authorization ?? '')?.[1];
  const expires = token === undefined ? undefined : decodeJwt(token).exp;
  return Math.min(now + LONGEST, expires === undefined ? now : expires * 1000);
};
