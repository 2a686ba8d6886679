/** Visible characters but the semicolon (RFC 6265 4.1.1, and what applications send beyond it). */
const VALUE = /^[\x21-\x3a\x3c-\x7e]{1,4096}$/;

/**
 * Reads the values that a `Cookie` header has for a name (RFC 6265 5.4). The name counts exactly, a
 * value as it stands, quotes and percent signs included.
 *
 * @returns each different value once; one that no cookie can have is left out
 */
export const cookieValues = (header: string, name: string): readonly string[] => {
  const values = new Set<string>();
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at < 0 || pair.slice(0, at).trim() !== name) continue;
    const value = pair.slice(at + 1).trim();
    if (VALUE.test(value)) values.add(value);
  }
  return [...values];
};
