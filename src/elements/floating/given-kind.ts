/** What a page gave, in words that can be read aloud and tell nothing of it: it may be a token or a message. */
export const kindOf = (given: unknown): string => {
  if (given === undefined || given === null) return `${given}`;
  if (given === '') return 'an empty text';
  if (typeof given === 'string') {
    const {length} = given;
    return given.trim()
      ? `a text of ${length} character${length === 1 ? '' : 's'}`
      : 'a text of blanks';
  }
  if (typeof given !== 'object') return `a ${typeof given}`;
  try {
    if (Array.isArray(given)) return 'an array';
  } catch {
    // A proxy that is none any more.
  }
  return 'an object';
};
