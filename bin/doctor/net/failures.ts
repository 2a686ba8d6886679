import {field, identifier} from '../../../src/protocol/guards.js';

import {failure, type Failure, type FailureCode} from './answer.js';

const CODES: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'unknown-name',
  EAI_AGAIN: 'unknown-name',
  ECONNREFUSED: 'refused',
  ENETUNREACH: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ECONNRESET: 'broken-off',
  EPIPE: 'broken-off',
  ETIMEDOUT: 'timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

/** Codes of OpenSSL and Node that are about the certificate. */
const CERTIFICATE =
  /^(?:CERT_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH$|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$)/;

/** The code of what Node has thrown, also of several attempts at once. */
const codeOf = (error: unknown): string => {
  const several = field(error, 'errors');
  const own = identifier(field(error, 'code'));
  return own ?? (Array.isArray(several) ? codeOf(several[0]) : '');
};

/** What an error of a connection means. */
export const failureOf = (error: unknown): Failure => {
  const code = codeOf(error);
  if (CERTIFICATE.test(code)) return failure('certificate', code);
  if (Object.hasOwn(CODES, code)) return failure(CODES[code] ?? 'broken-off', code);
  if (code.startsWith('HPE_')) return failure('not-http', code);
  if (/^(?:ERR_SSL_|EPROTO$|ERR_TLS_)/.test(code)) return failure('tls', code);
  return failure('broken-off', code);
};

const WORDS: Readonly<Record<FailureCode, string>> = {
  'unknown-name': 'the name is not known to DNS here',
  refused: 'the connection was refused: nothing listens there, or a firewall refuses',
  unreachable: 'there is no route to it from here',
  'broken-off': 'the connection was broken off',
  timeout: 'there was no complete answer in time',
  certificate: 'its certificate is not accepted',
  tls: 'no TLS connection could be agreed on',
  'not-http': 'what answers does not speak HTTP',
  'headers-too-large': 'its headers are larger than any that are read here',
  'too-many-redirects': 'it redirects more than three times',
  'too-many-requests': 'the doctor had asked as often as it may',
  skipped: 'it was not asked again, as it had not answered before',
};

/** Why there was no answer, as half a sentence. */
export const wordsOf = ({code, detail}: Failure): string =>
  detail ? `${WORDS[code]} (${detail})` : WORDS[code];
