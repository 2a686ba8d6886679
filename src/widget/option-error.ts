import {PexipChatError} from '../errors.js';

/** A name that may be repeated: it holds no token. */
const WORD = /^[\w$.-]{1,32}$/;
/** An address that may be repeated: it has neither a password nor a query. */
const ADDRESS = /^(?=.*[:/])[\w.:/-]{1,100}$/;

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
  if ((value ?? null) === null || typeof value === 'boolean') return String(value);
  if (value === '') return 'an empty text';
  if (typeof value === 'string') {
    if (tellWord && (WORD.test(value) || ADDRESS.test(value))) return `"${value}"`;
    return `a text of ${value.length} character${value.length === 1 ? '' : 's'}`;
  }
  if (typeof value !== 'object') return `a ${typeof value}`;
  return kindOf(value) === 'Array' ? 'an array' : 'an object';
};

/** The name of an option; `create()` and `compat()` stand for all that they take; a sentence's own subject. */
const subjectOf = (name: string): string =>
  name.includes(' ')
    ? name
    : name.endsWith(')')
      ? `The options of ${name}`
      : name.startsWith('data-')
        ? `The attribute "${name}" of the script tag`
        : `The option "${name}"`;

export const invalidOption = (message: string): PexipChatError =>
  new PexipChatError('invalid-option', message);

/**
 * Refuses an option. Says which, what is allowed, and what was given: of a text only how long it is, as it may
 * be a token; with `tellWord` also the text, if it is a short word or an address.
 *
 * @throws {PexipChatError} `invalid-option`, always
 */
export const refuse = (name: string, value: unknown, allowed: string, tellWord = false): never => {
  throw invalidOption(`${subjectOf(name)} must be ${allowed}, not ${given(value, tellWord)}.`);
};

/** Whether two names differ by one letter, or by capitals. */
const isNear = (one: string, other: string): boolean => {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const [restOfA, restOfB] = [a.slice(same), b.slice(same)];
  return [restOfA, restOfA.slice(1)].some((rest) => [restOfB, restOfB.slice(1)].includes(rest));
};

/** The error for an option that is none. */
export const unknownOption = (
  within: string,
  name: string,
  known: readonly string[],
): PexipChatError => {
  const near = known.find((each) => isNear(each, name));
  const asked = WORD.test(name) ? `"${name}"` : 'such name';
  const hint = near ? ` (did you mean "${near}"?)` : '';
  const have = within.endsWith(')') ? 'have' : 'has';
  return invalidOption(`${subjectOf(within)} ${have} no ${asked}${hint}, but ${known.join(', ')}.`);
};
