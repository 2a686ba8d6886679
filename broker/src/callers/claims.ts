import {field, identifier} from '../../../src/protocol/guards.js';
import type {Identity} from './identity.js';

/** The longest `sub`, in UTF-16 code units. */
const SUBJECT = 128;
/** The longest name that is kept; what is longer is cut. */
const NAME = 128;
/** The longest address of e-mail, by RFC 5321. */
const EMAIL = 254;

/** Ends a line somewhere, or is half a character: fit for no identifier, log or header. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/**
 * Returns `value` if it can be a user's alias: 1 to 128 characters, none of them a control character
 * or a line's end, no space at either end. It is compared exactly, and never cut or normalized.
 */
export const subject = (value: unknown): string | undefined => {
  const given = identifier(value, SUBJECT);
  return given !== undefined && given.trim() === given && !UNFIT.test(given) ? given : undefined;
};

/** Returns `value` as a name for people, on one line and cut to its limit; `undefined` if it is none. */
export const personName = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return;
  // What is far too long is not read to its end.
  const characters = [...value.slice(0, 4 * NAME)].map((each) => (UNFIT.test(each) ? ' ' : each));
  return characters.slice(0, NAME).join('').trim() || undefined;
};

/** Returns `value` if it has the shape of an address of e-mail. */
export const emailAddress = (value: unknown): string | undefined => {
  const given = identifier(value, EMAIL);
  return given !== undefined && ADDRESS.test(given) && !UNFIT.test(given) ? given : undefined;
};

/**
 * Reads who somebody is from claims that are proved already. A name or an address that is none is
 * left out; `email_verified` counts only as `true` itself and beside an address.
 *
 * @returns `undefined` without a fit `sub`
 */
export const identityOf = (claims: unknown, by: Identity['by']): Identity | undefined => {
  const sub = subject(field(claims, 'sub'));
  if (sub === undefined) return;
  const name = personName(field(claims, 'name'));
  const email = emailAddress(field(claims, 'email'));
  const emailVerified = field(claims, 'email_verified') === true;
  return {
    sub,
    ...(name !== undefined && {name}),
    ...(email !== undefined && {email, emailVerified}),
    by,
  };
};
