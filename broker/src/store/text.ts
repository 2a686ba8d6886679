/**
 * Texts that a store does not give back as they are: SQLite's driver ends a text at its first NUL,
 * and half of a surrogate pair has no UTF-8, so that two different keys would become one.
 */
const UNFIT = /^\u0001|\0|\p{Surrogate}/u;

/** A text in the form that a store keeps: itself, or its JSON behind U+0001 where it would be changed. */
export const keep = (text: string): string =>
  UNFIT.test(text) ? `\u0001${JSON.stringify(text)}` : text;

/** The text that {@link keep} was given. */
export const kept = (text: string): string =>
  text.startsWith('\u0001') ? String(JSON.parse(text.slice(1))) : text;
