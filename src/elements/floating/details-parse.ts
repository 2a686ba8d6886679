import type {UserDetails} from './widget-options.js';

/** So much of what a provider gives is looked at. */
export const MOST_DETAILS = {people: 1_000, keys: 100} as const;

/** Reads one property of whatever the page gave: a getter or a proxy of it may throw. */
const read = (data: unknown, name: string | number): unknown => {
  try {
    return (data as Record<string | number, unknown>)[name];
  } catch {
    return;
  }
};

const keysOf = (data: object): readonly string[] => {
  try {
    return Object.keys(data).slice(0, MOST_DETAILS.keys);
  } catch {
    return [];
  }
};

/** Undefined: it is no list. */
const lengthOf = (data: unknown): number | undefined => {
  let isList = false;
  try {
    isList = Array.isArray(data);
  } catch {
    // A proxy that was revoked.
  }
  if (!isList) return;
  const length = read(data, 'length');
  return typeof length === 'number' ? Math.min(length, MOST_DETAILS.people) : 0;
};

/** What is read now is what counts: nothing of the page's object is read again. */
const detailsOf = (data: object, userAlias: string): UserDetails => {
  const entries = keysOf(data)
    .filter((key) => key !== 'userAlias')
    .map((key) => [key, read(data, key)] as const)
    .filter(([, value]) => value !== undefined);
  // Defines, and sets nothing: `__proto__` is a key as others are.
  return Object.freeze({...Object.fromEntries(entries), userAlias});
};

/**
 * Reads what a provider gave: for each alias that was asked for the first entry that has it. Everything
 * else is left out, whatever it is; never throws.
 *
 * @param odd told once if there is no list, or something in it without a `userAlias`; nothing at all is no fault
 */
export const parseDetails = (
  data: unknown,
  asked: readonly string[],
  odd: () => void = () => undefined,
): ReadonlyMap<string, UserDetails> => {
  const told = new Map<string, UserDetails>();
  const length = lengthOf(data);
  let isOdd = data !== undefined && length === undefined;
  for (let index = 0; index < (length ?? 0) && told.size < asked.length; index += 1) {
    const entry = read(data, index);
    const isObject = typeof entry === 'object' && entry !== null;
    const userAlias = isObject ? read(entry, 'userAlias') : undefined;
    if (!isObject || typeof userAlias !== 'string') isOdd = true;
    else if (asked.includes(userAlias) && !told.has(userAlias))
      told.set(userAlias, detailsOf(entry, userAlias));
  }
  if (isOdd) odd();
  return told;
};
