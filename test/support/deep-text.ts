/** What is no plain data: its text would be that of the whole page, or nothing. */
const isOpaque = (thing: object): boolean =>
  thing instanceof Node || thing instanceof AbortSignal || Object(thing).window === thing;

/** Fields that are no own ones, as those of errors and events may be. */
const INHERITED = [
  'name',
  'message',
  'stack',
  'cause',
  'errors',
  'detail',
  'error',
  'reason',
  'data',
];

const fieldOf = (thing: object, name: PropertyKey): unknown => {
  try {
    return Reflect.get(thing, name);
  } catch {
    return;
  }
};

/**
 * All that a thing has, as text: keys and values, however deep, of objects, lists, maps and sets, of
 * errors with what they are caused by, and of events with their details.
 */
export const deepText = (thing: unknown, known: Set<unknown> = new Set()): string => {
  if (thing === null || (typeof thing !== 'object' && typeof thing !== 'function'))
    return String(thing);
  if (known.has(thing) || isOpaque(thing)) return '';
  known.add(thing);
  const items =
    thing instanceof Map || thing instanceof Set
      ? [...thing].map((item) => deepText(item, known))
      : [];
  const names = [...Reflect.ownKeys(thing), ...INHERITED.filter((name) => name in thing)];
  const fields = names.map((name) => `${String(name)}=${deepText(fieldOf(thing, name), known)}`);
  return [...items, ...fields].join('\n');
};
