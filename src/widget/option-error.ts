import {PexipChatError} from '../errors.js';

/** A name that may be repeated: it holds no token. */
const WORD = /^[\w$.-]{1,32}$/;

/** What `Object.prototype.toString` calls it; nothing where that cannot be told. */
export const kindOf = (value: unknown): string => {
  try {
    return Object.prototype.toString.call(value).slice(8, -1);
  } catch {
    return '';
  }
};

/** What was given, in words that tell nothing secret. */
const given = (value: unknown, tellWord: boolean): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string')
    return tellWord && WORD.test(value) ? `"${value}"` : `a text of ${value.length} characters`;
  if (typeof value !== 'object') return `a ${typeof value}`;
  return kindOf(value) === 'Array' ? 'an array' : 'an object';
};

/** `create()` and `compat()` have no name but that of their argument. */
const subjectOf = (name: string): string =>
  name.endsWith(')')
    ? `What ${name} takes`
    : name.startsWith('data-')
      ? `The attribute "${name}" of the script tag`
      : `The option "${name}"`;

export const invalidOption = (message: string): PexipChatError =>
  new PexipChatError('invalid-option', message);

/**
 * Refuses an option. Says which, what is allowed, and what was given: of a text only how long it is, as it may
 * be a token; with `tellWord` also the text, if it is a short word.
 *
 * @throws {PexipChatError} `invalid-option`, always
 */
export const refuse = (name: string, value: unknown, allowed: string, tellWord = false): never => {
  throw invalidOption(`${subjectOf(name)} must be ${allowed}, not ${given(value, tellWord)}.`);
};

/** The error for an option that is none. */
export const unknownOption = (
  within: string,
  name: string,
  known: readonly string[],
): PexipChatError =>
  invalidOption(
    `${subjectOf(within)} has no ${WORD.test(name) ? `"${name}"` : 'such name'}, but ${known.join(', ')}.`,
  );
