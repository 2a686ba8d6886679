import {rootCertificates} from 'node:tls';

/** What a connection takes of an address. */
interface RedisPlace {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: {ca?: string[]};
}

/** Where a Redis is, read from its address. */
export interface RedisAddress {
  readonly options: RedisPlace;
  /** Without user and password, for messages. */
  readonly shown: string;
  /** What no message may hold. */
  readonly secrets: readonly string[];
}

const FORM =
  'Let `store.redis` be an address such as redis://user:password@redis.example.com:6379/0 (rediss:// for TLS).';

/** The URL parser's own error holds the whole address, with the password. */
const parse = (address: string): URL | undefined => {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Reads `redis://` or `rediss://`, with user, password, port (default 6379) and number of the database
 * (default 0).
 *
 * @param ca PEM texts of authorities beside the usual ones, for rediss://
 * @throws Error without anything of the address, as one that is wrong may have its password anywhere
 */
export const readRedisAddress = (address: string, ca?: string): RedisAddress => {
  const url = parse(address);
  const [, db] = /^\/?(\d*)$/.exec(url?.pathname ?? '') ?? [];
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || !url.hostname || db === undefined) {
    throw new Error(`The address of the broker's Redis cannot be read. ${FORM}`);
  }
  const password = decode(url.password);
  const encrypted = url.protocol === 'rediss:';
  return {
    options: {
      // An IPv6 address has brackets in a URL only.
      host: decode(url.hostname).replace(/^\[|\]$/g, ''),
      port: Number(url.port || 6379),
      db: Number(db),
      ...(url.username && {username: decode(url.username)}),
      ...(password && {password}),
      ...(encrypted && {tls: ca ? {ca: [...rootCertificates, ca]} : {}}),
    },
    shown: `${url.protocol}//${url.host}`,
    secrets: [password, url.password].filter((text) => text !== ''),
  };
};
