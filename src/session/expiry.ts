/**
 * How long until `instant` (ISO 8601), in ms; undefined where that is not known. The clock of this
 * device may be wrong: what has just been given and has ended already was ended by the clock alone.
 */
export const remaining = (instant: string | undefined): number | undefined => {
  const left = Date.parse(instant ?? '') - Date.now();
  return left > 0 ? left : undefined;
};
