/** A table of a configuration file, or a plain object. */
export type Table = Readonly<Record<string, unknown>>;

/** Narrows to a plain object: not a list, and nothing with a class of its own, as a date. */
export const isTable = (value: unknown): value is Table => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

/** What stands at a path as `store.sqlite`; `undefined` where a part of it is missing. */
export const at = (table: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, name) => (isTable(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
      table,
    );

/** A copy with a value at a path; tables that are missing are made, what is in the way is replaced. */
export const withValue = (table: unknown, path: string, value: unknown): Table => {
  const [name = '', ...rest] = path.split('.');
  const old = isTable(table) ? table : {};
  const inner = rest.length ? withValue(at(old, name), rest.join('.'), value) : value;
  return {...old, [name]: inner};
};
