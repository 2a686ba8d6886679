import {identifier} from '../protocol/guards.js';
import {parseSecureUrl} from '../protocol/secure-url.js';
import {kindOf, refuse, unknownOption} from './option-error.js';

/**
 * Reads an option of this name, which the page gave.
 *
 * @returns a copy that the page cannot change any more
 * @throws {PexipChatError} `invalid-option`
 */
export type Read<Value> = (value: unknown, name: string) => Value;

/** What a table of options reads. */
export type ReadBy<Table> = {
  -readonly [Name in keyof Table]?: Table[Name] extends Read<infer Value> ? Value : never;
};

export const flag: Read<boolean> = (value, name) =>
  typeof value === 'boolean' ? value : refuse(name, value, 'true or false');

export const oneOf =
  <const Words extends readonly (string | false)[]>(...words: Words): Read<Words[number]> =>
  (value, name) =>
    words.find((word) => word === value) ??
    refuse(name, value, words.map((word) => JSON.stringify(word)).join(' or '), true);

/** @param min 0 where the text may be empty */
export const textOf =
  (max: number, min = 1): Read<string> =>
  (value, name) =>
    (identifier(value, max) ?? (value === '' && !min))
      ? (value as string)
      : refuse(name, value, `a text of ${min} to ${max} characters`);

export const callback =
  <Callback>(): Read<Callback> =>
  (value, name) =>
    typeof value === 'function' ? (value as Callback) : refuse(name, value, 'a function');

const ADDRESS_LENGTH = 2048;

/** @param query the address may have a query and a fragment */
export const address =
  (query = false): Read<string> =>
  (value, name) => {
    const url = parseSecureUrl(identifier(value, ADDRESS_LENGTH) ?? '');
    return typeof url !== 'string' && (query || (!url.search && !url.hash))
      ? url.href
      : refuse(
          name,
          value,
          `a full https address (http on loopback)${query ? '' : ' without query and fragment'}`,
          !query,
        );
  };

/** Null is as good as nothing. */
export const orNull =
  <Value>(read: Read<Value>): Read<Value | undefined> =>
  (value, name) =>
    value === null ? undefined : read(value, name);

/** Each own property once, so that what is read is what was checked. */
const ownOf = (value: unknown, name: string): Record<string, unknown> => {
  try {
    // A map or a date would look like an object with nothing in it.
    if (kindOf(value) === 'Object') return {...(value as object)};
  } catch {
    // A getter or a proxy of the page's: no plain object either.
  }
  return refuse(name, value, 'a plain object');
};

/** An object with some of these options, and no others. What is undefined counts as left out. */
export const options =
  <Table extends Readonly<Record<string, Read<unknown>>>>(table: Table): Read<ReadBy<Table>> =>
  (value, name) => {
    const own = ownOf(value, name);
    const read: Record<string, unknown> = {};
    for (const [key, each] of Object.entries(own)) {
      if (!Object.hasOwn(table, key)) throw unknownOption(name, key, Object.keys(table));
      if (each === undefined) continue;
      const found = table[key]!(each, name.endsWith(')') ? key : `${name}.${key}`);
      if (found !== undefined) read[key] = found;
    }
    return read as ReadBy<Table>;
  };
