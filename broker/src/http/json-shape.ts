/** How deep arrays and objects may be in each other. */
export const DEEPEST = 32;
/** How many keys all objects of a text may have together. */
export const MOST_KEYS = 2_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/** The index of a string's last quote, or of the text's end. */
const endOfString = (text: Uint8Array, start: number): number => {
  let at = start + 1;
  while (at < text.length && text[at] !== QUOTE) at += text[at] === BACKSLASH ? 2 : 1;
  return at;
};

/**
 * Says whether a JSON text is neither too deep nor has too many keys, before it is parsed and without
 * recursion. Works on bytes: all that structures JSON is ASCII, and no byte of another character is.
 * Of what is no JSON it says nothing; that is the parser's.
 */
export const isShallow = (text: Uint8Array, mostKeys = MOST_KEYS): boolean => {
  let depth = 0;
  let keys = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] as number;
    if (byte === QUOTE) at = endOfString(text, at);
    else if (byte === COLON) keys++;
    else if (OPEN.has(byte)) depth++;
    else if (CLOSE.has(byte)) depth--;
    if (depth > DEEPEST || keys > mostKeys) return false;
  }
  return true;
};
