import {PexipChatError} from '../errors.js';
import type {UrlRefusal} from '../protocol/secure-url.js';

const WRONG = {
  malformed: 'must be a full https URL',
  insecure: 'must be https (http on loopback)',
  credentials: 'must hold no user name or password',
  'not-an-origin': 'must be an origin alone',
  'not-an-address': 'must have no query or fragment',
  'unknown-value': 'has an unknown value',
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
