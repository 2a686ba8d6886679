import {isAbsolute} from 'node:path';
import {rootCertificates} from 'node:tls';

/** What a connection takes of an address. */
interface RedisPlace {
  readonly host?: string;
  readonly port?: number;
  /** Of a socket, in the place of host and port. */
  readonly path?: string;
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
  'Let `store.redis` be an address such as redis://user:password@redis.example.com:6379/0 (rediss:// for TLS), or the path of a Unix socket.';

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

const number = (text: string): number | undefined =>
  /^\d*$/.test(text) ? Number(text) : undefined;

/** `/run/redis.sock`, or `unix:///run/redis.sock?db=1&username=u&password=p`. */
const readSocket = (url: URL): RedisAddress | undefined => {
  const path = decode(url.pathname);
  const db = number(url.searchParams.get('db') ?? '');
  if (url.host || !isAbsolute(path) || path.endsWith('/') || db === undefined) return;
  const username = url.searchParams.get('username');
  const password = url.searchParams.get('password');
  return {
    options: {path, db, ...(username && {username}), ...(password && {password})},
    shown: path,
    secrets: password ? [password, encodeURIComponent(password)] : [],
  };
};

/**
 * Reads `redis://` or `rediss://`, with user, password, port (default 6379) and number of the database
 * (default 0); or the path of a Unix socket, also as `unix:` with these in its query (`username`,
 * `password`, `db`).
 *
 * @param ca PEM texts of authorities beside the usual ones, for rediss://
 * @throws Error without anything of the address, as one that is wrong may have its password anywhere
 */
export const readRedisAddress = (address: string, ca?: string): RedisAddress => {
  const unreadable = () => new Error(`The address of the broker's Redis cannot be read. ${FORM}`);
  if (isAbsolute(address)) return {options: {path: address, db: 0}, shown: address, secrets: []};
  const url = parse(address);
  if (url?.protocol === 'unix:') {
    const socket = readSocket(url);
    if (!socket) throw unreadable();
    return socket;
  }
  const db = number(url?.pathname.replace(/^\//, '') ?? '');
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || !url.hostname || db === undefined)
    throw unreadable();
  const password = decode(url.password);
  const encrypted = url.protocol === 'rediss:';
  return {
    options: {
      // An IPv6 address has brackets in a URL only.
      host: decode(url.hostname).replace(/^\[|\]$/g, ''),
      port: Number(url.port || 6379),
      db,
      ...(url.username && {username: decode(url.username)}),
      ...(password && {password}),
      ...(encrypted && {tls: ca ? {ca: [...rootCertificates, ca]} : {}}),
    },
    shown: `${url.protocol}//${url.host}`,
    secrets: [password, url.password].filter((text) => text !== ''),
  };
};
