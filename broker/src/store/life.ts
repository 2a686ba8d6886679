/** The time of what never ends; a number that JSON, SQLite and Redis all take. Epoch ms. */
export const FOREVER = 9e15;

/**
 * A `ttl` in whole ms: at least 1 (a store keeps nothing for no time), and {@link FOREVER} for none.
 *
 * @throws RangeError for what is no number, which would otherwise be kept for ever
 */
export const lifeOf = (ttl: number = FOREVER): number => {
  if (Number.isNaN(ttl)) throw new RangeError('A ttl must be a number of ms.');
  return Math.min(FOREVER, Math.max(1, Math.ceil(ttl)));
};

/** The epoch ms at which something of this `ttl` ends. */
export const endOf = (ttl?: number): number => Date.now() + lifeOf(ttl);

/** A `limit` as databases take it. */
export const limitOf = (limit: number): number =>
  Math.min(1e9, Math.max(0, Math.floor(limit) || 0));
