import {isAlias} from '../meetings/meeting-aliases.js';

/** Longest text that is read, in characters. */
const LONGEST = 1_024;
/** A name before an address in angle brackets, by RFC 3261 20.10: quoted, or words. */
const NAMED = /^(?:"(?:[^"\\]|\\.)*"\s*|[^"<>]*)<([^<>]*)>[^<>]*$/s;
const SCHEME = /^(sips?|h323|tel):/i;
/** Parameters and headers of an address. */
const MORE = /[;?].*$/s;
/** For the eye only, in numbers of telephones (RFC 3966 3). */
const SEPARATORS = /[-.()]/g;

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return;
  }
};

/**
 * Reads the broker's alias from what a participant dialled (`local_alias`): Pexip Infinity gives it as
 * the device wrote it, such as `sip:0123…@example.com;transport=tls`, `"Anna" <sips:…>`, `h323:…` or
 * `tel:…`. The domain does not count, as nodes answer to many.
 *
 * @returns `undefined` for any other text, which names nothing of the broker's
 */
export const aliasIn = (given: unknown): string | undefined => {
  if (typeof given !== 'string' || given.length > LONGEST) return;
  // As Web App 3 sends it, and most others.
  if (isAlias(given)) return given;
  const text = given.trim();
  const inside = NAMED.exec(text)?.[1];
  if (inside === undefined && /[<>]/.test(text)) return;
  const address = (inside ?? text).trim();
  const scheme = SCHEME.exec(address)?.[1]?.toLowerCase();
  const rest = address.slice(scheme === undefined ? 0 : scheme.length + 1).replace(MORE, '');
  const [user = '', ...hosts] = rest.split('@');
  if (hosts.length > 1) return;
  const plain = decoded(scheme === 'tel' ? user.replace(SEPARATORS, '') : user)?.trim();
  const alias = plain?.toLowerCase();
  return alias !== undefined && isAlias(alias) ? alias : undefined;
};
