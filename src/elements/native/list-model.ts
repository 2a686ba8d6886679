/**
 * The rows of a list, oldest first, each with a key of its own that it keeps, such as a message's
 * id. A model never changes: a change is another model.
 */
export interface ListModel {
  readonly count: number;
  readonly key: (index: number) => string;
}

/** A row of a model. */
export interface ListRow {
  readonly key: string;
  readonly index: number;
}

/** A list without rows. */
export const NO_ROWS: ListModel = {count: 0, key: () => ''};

/** What has come and gone between two models: one stretch, around which all is as it was. */
export interface ListChange {
  readonly start: number;
  /** So many rows from `start` on are the former model's. */
  readonly removed: number;
  /** So many rows from `start` on are the new model's. */
  readonly added: number;
  /** Where rows of that stretch are now that had been asked for: former index to new index. */
  readonly moved: ReadonlyMap<number, number>;
}

/**
 * Finds out what has changed. Costs a comparison for each row, and two where rows came at both
 * ends; more only where rows changed places, or went too.
 *
 * @param watched the former indexes of the rows that `moved` is to tell of
 */
export const changeBetween = (
  before: ListModel,
  after: ListModel,
  watched: Iterable<number>,
): ListChange => {
  const shorter = Math.min(before.count, after.count);
  let start = 0;
  while (start < shorter && before.key(start) === after.key(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.key(before.count - 1 - same) === after.key(after.count - 1 - same)
  )
    same++;
  const removed = before.count - start - same;
  const added = after.count - start - same;
  const inside = [...watched].filter((index) => index >= start && index < start + removed);
  const moved = added
    ? movedAmong(inside, before, after, start, start + added)
    : new Map<number, number>();
  return {start, removed, added, moved};
};

/** Where former rows are in a stretch of the new model, as far as they are. */
const movedAmong = (
  sought: readonly number[],
  before: ListModel,
  after: ListModel,
  from: number,
  to: number,
): Map<number, number> => {
  const moved = new Map<number, number>();
  const [first] = sought;
  if (first === undefined) return moved;
  // Mostly all have moved alike, by what came before them: to look each one up takes far longer.
  let now = from;
  while (now < to && after.key(now) !== before.key(first)) now++;
  const others = new Map<string, number>();
  for (const index of sought) {
    const key = before.key(index);
    const guess = index + now - first;
    if (guess >= from && guess < to && after.key(guess) === key) moved.set(index, guess);
    else others.set(key, index);
  }
  const taken = new Set(moved.values());
  for (let index = from; others.size && index < to; index++) {
    const key = after.key(index);
    const former = others.get(key);
    // A key that is there twice, which it should not be, still is two rows.
    if (former === undefined || taken.has(index)) continue;
    moved.set(former, index);
    others.delete(key);
  }
  return moved;
};

/** @returns where a row is after a change; undefined where it has gone, or is not told of */
export const indexAfter = (
  {start, removed, added, moved}: ListChange,
  index: number,
): number | undefined => {
  if (index < start) return index;
  return index < start + removed ? moved.get(index) : index + added - removed;
};
