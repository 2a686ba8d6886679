/** Longest texts that are taken from a frame, in UTF-16 code units; what is longer is cut. */
export const LIMITS = {name: 256, message: 1024, code: 64, id: 128} as const;

/**
 * Reads an own property of untrusted data. Inherited names (`constructor`, `__proto__`) never count.
 *
 * @returns the value, or `undefined` if `data` is no object or has no such property of its own
 */
export const field = (data: unknown, name: string): unknown =>
  typeof data === 'object' && data !== null && Object.hasOwn(data, name)
    ? (data as Record<string, unknown>)[name]
    : undefined;

/** Returns `value` cut to `max` code units if it is a string, else `undefined`. */
export const text = (value: unknown, max: number): string | undefined =>
  typeof value === 'string' ? value.slice(0, max) : undefined;

/**
 * Returns `value` if it is a string of 1 to `max` code units, else `undefined`.
 * For identifiers, which would mean something else when cut.
 */
export const identifier = (value: unknown, max: number = LIMITS.id): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= max ? value : undefined;

/** Copies `fields` without those that are `undefined`, so that a message has just the keys it needs. */
export const defined = <T extends Record<string, unknown>>(
  fields: T,
): {[K in keyof T]?: Exclude<T[K], undefined>} =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** The own properties of what a page gave, as they are now; none if a getter or proxy of it throws. */
export const copyOf = <Given extends object>(given: Given): Given => {
  try {
    return {...given};
  } catch {
    return {} as Given;
  }
};
