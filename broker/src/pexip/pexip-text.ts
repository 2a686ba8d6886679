/** Longest text in an answer to Pexip Infinity, in characters: a longer one makes it drop the answer. */
const LONGEST = 250;

/** Cuts a text to what Pexip Infinity takes, between two characters. */
export const pexipText = (text: string): string =>
  text.length <= LONGEST ? text : [...text].slice(0, LONGEST).join('');
