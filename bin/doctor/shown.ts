const LONGEST = 80;

/**
 * A text of a server for a message: in quotes, without what could move a cursor or turn the direction
 * of writing, and not long.
 */
export const shown = (text: string): string => {
  const plain = text.replace(/[^\x20-\x7e]+/g, ' ').trim();
  return `"${plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain}"`;
};

/** Several of them, not too many. */
export const shownList = (texts: readonly string[], most = 5): string =>
  [...texts.slice(0, most).map(shown), ...(texts.length > most ? ['…'] : [])].join(', ');
