import type {Language} from '../strings/strings.js';

/**
 * Makes a function that gives the texts of a part in a language, with English where it has none: the
 * same object as long as the language stays.
 */
export const wordsFrom = <Words extends object>(
  english: Words,
): ((language: Language) => Words) => {
  const known = new WeakMap<object, Words>();
  return ({strings}) => {
    let words = known.get(strings);
    if (!words) known.set(strings, (words = {...english, ...strings}));
    return words;
  };
};
