import {readRedisAddress} from '../store/redis-address.js';
import {Wrong} from './wrong.js';

/** Whether a host name of a URL is this machine itself (RFC 6761 6.3, RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export const isLoopback = (hostname: string): boolean =>
  /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);

const parsed = (value: string): URL | undefined => {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
};

/** The common demands: http or https, nobody's password, and https unless it stays in the machine. */
const webAddress = (value: string, http: 'anywhere' | 'loopback'): URL | Wrong => {
  const url = parsed(value);
  if (!url || !/^https?:$/.test(url.protocol) || !/^https?:\/\/[^/]/i.test(value))
    return new Wrong('must be an address that begins with https://');
  if (url.username || url.password) return new Wrong('has a name or a password in it; remove it');
  if (url.protocol === 'http:' && http === 'loopback' && !isLoopback(url.hostname))
    return new Wrong('must begin with https://; http is for this machine alone (localhost)');
  return url;
};

/** An origin as a browser writes it in the header `Origin` (RFC 6454 6.2). */
export const readOrigin = (value: string): string | Wrong => {
  if (value.includes('*'))
    return new Wrong('lets every page ask; list the origins of your own pages, each in full');
  const url = webAddress(value, 'loopback');
  if (url instanceof Wrong) return url;
  return value === url.origin
    ? value
    : new Wrong(
        `is not written as a browser writes an origin: no slash at its end, no path, lower case, no usual port. Write ${url.origin}`,
      );
};

/** The address of a service: may have a path; without a slash at its end, which is taken away. */
export const readAddress = (
  value: string,
  http: 'anywhere' | 'loopback' = 'loopback',
): string | Wrong => {
  const url = webAddress(value, http);
  if (url instanceof Wrong) return url;
  if (/[?#]/.test(value)) return new Wrong('must end before "?" and "#"');
  return url.href.replace(/\/+$/, '');
};

/** The address of one resource. */
export const readUrl = (value: string): string | Wrong => {
  const url = webAddress(value, 'loopback');
  if (url instanceof Wrong) return url;
  return value.includes('#') ? new Wrong('must end before "#"') : url.href;
};

/** The address of a proxy; may have a name and a password. */
export const readProxy = (value: string): string | Wrong => {
  const url = parsed(value);
  return url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash
    ? url.href
    : new Wrong('must be the address of a proxy, as http://proxy.example.com:3128');
};

/** The address of a Redis server, or the path of its socket: what the store can read, and no other. */
export const readRedis = (value: string): string | Wrong => {
  try {
    readRedisAddress(value);
    return value;
  } catch {
    return new Wrong(
      'must be an address as rediss://redis.example.com:6379, or the path of a Unix socket',
    );
  }
};
