/** Words of examples and of those who wanted to come back to it; ours all have `replace-with`. */
const PLACEHOLDER =
  /change[-_ ]?(me|it|this)|replace[-_ ]?(me|it|this|with)|place[-_ ]?holder|example|default|insert[-_ ]?here|password|secret|your[-_ ]|qwerty|letmein/i;
/** Fewer different characters than this in 32 are no random text of any alphabet. */
const DIFFERENT = 8;
/** Bits: what 16 random bytes in hexadecimal have by this measure, less its scatter. */
const ENTROPY = 80;

const isRepetition = (text: string): boolean => {
  for (let period = 1; period <= text.length / 2; period += 1)
    if (text.startsWith(text.slice(period))) return true;
  return false;
};

/** Whether most characters are the one before, or its neighbour: `aaaa`, `abcd`, `9876`. */
const isRow = (text: string): boolean => {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).filter((code, index) => Math.abs(code - (codes[index] ?? 0)) <= 1);
  return steps.length > text.length / 2;
};

/** Shannon's measure of the text's own letters, times its length. */
const entropyOf = (text: string): number => {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = Array.from(counts.values(), (count) => count / text.length);
  return -text.length * shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
};

/**
 * Why a text cannot be a secret; `undefined` if nothing is known against it. Never repeats it.
 *
 * @param least bytes
 */
export const weaknessOf = (text: string, least: number): string | undefined => {
  const bytes = Buffer.byteLength(text);
  if (bytes < least) return `has ${bytes} bytes and needs ${least} at least`;
  if (PLACEHOLDER.test(text)) return 'is a placeholder or an example';
  if (isRepetition(text) || isRow(text)) return 'repeats itself';
  const enough = Math.min(1, bytes / 32);
  if (new Set(text).size < DIFFERENT * enough || entropyOf(text) < ENTROPY * enough)
    return 'is too easy to guess';
  return undefined;
};
