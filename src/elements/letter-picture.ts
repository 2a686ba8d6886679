/** So many colours there are in the style sheet. */
const COLOURS = 8;

/** Number of the colour behind somebody's letter: the same for a username, wherever it is shown. */
export const colourOf = (username: string): number => {
  let sum = 0;
  for (let i = 0; i < username.length; i++) sum = (sum * 31 + username.charCodeAt(i)) % 9973;
  return sum % COLOURS;
};

let segmenter: Intl.Segmenter | undefined;

/** The first letter of a name, large: one that a person sees as one. */
export const initialOf = (name: string): string => {
  const [first] = (segmenter ??= new Intl.Segmenter()).segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? '?';
};
