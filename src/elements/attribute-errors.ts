import {PexipChatError} from '../errors.js';
import type {UrlRefusal} from '../protocol/secure-url.js';

const WRONG = {
  malformed: 'is no full URL such as "https://pexip.example.com"',
  insecure: 'is refused, as it is not https (http is for loopback only)',
  credentials: 'is refused, as it holds a user name or password',
  'not-an-origin': 'has more than an origin: leave out path, query and fragment',
  'not-an-address': 'has a query or fragment: leave them out',
  'unknown-value': 'has a value that is not known',
} as const;

/** The error for an attribute that is wrong. Never repeats its value, which may hold a secret. */
export const attributeError = (
  attribute: string,
  reason: UrlRefusal | keyof typeof WRONG,
): PexipChatError =>
  new PexipChatError(
    reason === 'insecure' ? 'insecure-url' : 'invalid-attribute',
    `The attribute "${attribute}" ${WRONG[reason]}.`,
  );
