/** What no segment may hold once it is decoded: slashes of both kinds, and control characters. */
const FOREIGN = /[/\\\u0000-\u001f\u007f]/;
const DOTS = /^\.{0,2}$/;
/** What a server that decodes twice would take for one of these. */
const VEILED = /%(2f|5c|00)/i;
const VEILED_DOTS = /^(\.|%2e){1,2}$/i;

/**
 * Reads one segment of a path as it came, and writes it anew: what goes on was encoded here, and by
 * nobody else.
 *
 * @param raw what stood between two slashes
 * @returns `undefined` for a segment that is empty or leads elsewhere, or cannot be decoded
 */
export const plainSegment = (raw: string): string | undefined => {
  let text: string;
  try {
    text = decodeURIComponent(raw);
  } catch {
    return;
  }
  if (DOTS.test(text) || FOREIGN.test(text) || VEILED.test(text) || VEILED_DOTS.test(text)) return;
  return encodeURIComponent(text);
};
