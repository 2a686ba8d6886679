/** Why a URL is refused. */
export type UrlRefusal = 'malformed' | 'insecure' | 'credentials';

// Loopback as DESIGN 3.2 has it: localhost and names below it, 127.0.0.0/8, [::1]. URL has already
// brought every spelling of an IPv4 address into four decimal parts.
const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Reads an absolute https URL; http passes on loopback only.
 *
 * Control characters and spaces are refused although `new URL()` would drop them, as what a person
 * reads in the attribute must be what the frame loads. A user name or password is refused, too.
 */
export const parseSecureUrl = (value: string): URL | UrlRefusal => {
  if (/[\0-\x20\x7f\\]/.test(value) || !/^https?:\/\//i.test(value)) {
    return /^[a-z][a-z0-9+.-]*:/i.test(value) && !/^https?:/i.test(value)
      ? 'insecure'
      : 'malformed';
  }
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return 'malformed';
  }
  if (url.username || url.password) return 'credentials';
  return url.protocol === 'https:' || LOOPBACK.test(url.hostname) ? url : 'insecure';
};
