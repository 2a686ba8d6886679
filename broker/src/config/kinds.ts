import {X509Certificate} from 'node:crypto';
import {isIP} from 'node:net';

import {BRANDING_PATH} from '../../../src/protocol/web-app3-url.js';
import {readAddress, readOrigin, readProxy, readRedis, readUrl} from './addresses.js';
import type {Setting} from './setting.js';
import {weaknessOf} from './weak-secret.js';
import {Wrong} from './wrong.js';

/** What a value of a kind is. */
interface Reader {
  /** In a word, for the table in docs/broker.md. */
  readonly form: string;
  /** The value for `BrokerSettings`, or what is wrong with it. */
  read(value: unknown, setting: Setting): unknown;
}

// Also what a terminal or a header would take for something else.
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const TEXT = 1024;
/** What broker/deploy/broker.toml has where only the operator knows. */
const PLACEHOLDER = /replace-with-/i;

/** A reader of texts of one line. */
const text = (
  form: string,
  read: (value: string, setting: Setting) => unknown = (value) => value,
): Reader => ({
  form,
  read: (value, setting) => {
    if (typeof value !== 'string')
      return new Wrong(form === 'text' ? 'must be a text' : `must be a text (${form})`);
    if (CONTROL.test(value) || value !== value.trim())
      return new Wrong('has a control character, or a space at an end; remove it');
    if (PLACEHOLDER.test(value))
      return new Wrong('is still a placeholder of the sample; replace it');
    if (value.length > TEXT) return new Wrong(`is longer than ${TEXT} characters`);
    return read(value, setting);
  },
});

const matching = (form: string, pattern: RegExp, wanted: string): Reader =>
  text(form, (value) => (pattern.test(value) ? value : new Wrong(`must be ${wanted}`)));

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Seconds, or a text as `5m`; to ms. */
const duration = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value * 1000;
  const [, amount, unit = ''] = /^(\d{1,12})(ms|s|m|h|d)$/.exec(String(value)) ?? [];
  return amount === undefined ? undefined : Number(amount) * (UNITS[unit] ?? NaN);
};

const time: Reader = {
  form: 'time',
  read: (value, {least = 0, most = Infinity}) => {
    const ms = duration(value);
    if (ms === undefined || !Number.isFinite(ms))
      return new Wrong('must be a time: seconds, or a text as "90s", "5m", "24h", "90d"');
    if (ms < least * 1000 || ms > most * 1000)
      return new Wrong(`must be between ${least} and ${most} seconds`);
    return Math.round(ms);
  },
};

const number: Reader = {
  form: 'number',
  read: (value, {least = 0, most = Number.MAX_SAFE_INTEGER}) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
      ? value
      : new Wrong(`must be a whole number between ${least} and ${most}`),
};

const secret: Reader = text('secret', (value, {least = 32, remedy}) => {
  const why = weaknessOf(value, least);
  const how = remedy ?? 'Make one: openssl rand -base64 32';
  return why === undefined ? value : new Wrong(`${why}. ${how}`);
});

/** `10.0.0.0/8`, `::1`; never all addresses, as anybody could then name any address as his own. */
const network = text('address or range', (value) => {
  const [, address = '', length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  if (!version || Number(length ?? most) > most)
    return new Wrong('must be an IP address or a range, as 10.0.0.0/8');
  if (Number(length ?? most) === 0)
    return new Wrong('trusts every address; name those of your proxies');
  return value;
});

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const pem: Reader = {
  form: 'PEM',
  read: (value) => {
    const found = typeof value === 'string' ? value.match(CERTIFICATE) : undefined;
    if (!found) return new Wrong('must have certificates in PEM ("-----BEGIN CERTIFICATE-----")');
    try {
      found.forEach((each) => new X509Certificate(each));
    } catch {
      return new Wrong('has a certificate that cannot be read; export it as PEM again');
    }
    return found.join('\n');
  },
};

const choice = text('choice', (value, {choices = []}) =>
  choices.includes(value) ? value : new Wrong(`must be one of ${choices.join(', ')}`),
);

const flag: Reader = {
  form: 'true or false',
  read: (value) => (typeof value === 'boolean' ? value : new Wrong('must be true or false')),
};

const hook: Reader = {
  form: 'function',
  read: (value) => (typeof value === 'function' ? value : new Wrong('must be a function')),
};

/** Also by its other names, which the list of `Intl` leaves out. */
const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', {timeZone: name}));
  } catch {
    return false;
  }
};

/** Every kind of value. */
export const KINDS = {
  address: text('address', (value, {http}) => readAddress(value, http)),
  choice,
  // RFC 6265 4.1.1: a token of RFC 2616.
  'cookie-name': matching('text', /^[\w!#$%&'*+.^`|~-]{1,256}$/, 'the name of a cookie'),
  'branding-path': matching(
    'text',
    BRANDING_PATH,
    'a path as webapp3: letters, digits, - and _, no slash at either end',
  ),
  domain: matching(
    'domain',
    /^(?=.{4,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/,
    'a domain in lower case, as users.example.com',
  ),
  flag,
  hook,
  host: matching(
    'host',
    /^\.?[a-z\d]([a-z\d.-]{0,251}[a-z\d])?$|^\[[\da-f:.]{2,45}\]$/,
    'a host or a domain in lower case, as chat.internal, .example.com, 10.0.0.5 or [::1]; no port, no *',
  ),
  network,
  number,
  origin: text('origin', readOrigin),
  path: text('path'),
  pem,
  proxy: text('address', readProxy),
  redis: text('address', readRedis),
  secret,
  text: text('text'),
  time,
  'time-zone': text('time zone', (value) =>
    isTimeZone(value) ? value : new Wrong('must be a time zone, as Europe/Berlin or UTC'),
  ),
  url: text('address', readUrl),
} as const satisfies Readonly<Record<string, Reader>>;

/** The name of a kind of value. */
export type Kind = keyof typeof KINDS;
