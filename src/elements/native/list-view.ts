import type {ListModel, ListRow} from './list-model.js';
import type {RowSizes} from './row-sizes.js';

/** What of a list is in sight. */
export interface ListView {
  readonly count: number;
  /** The first and last row of which something is in sight; none where there are no rows. */
  readonly first?: ListRow;
  readonly last?: ListRow;
  /** Whether the newest row is in sight to its lower edge. */
  readonly atEnd: boolean;
  /** Whether less than two heights of the box are above what is in sight: time to ask for history. */
  readonly nearStart: boolean;
}

/** Browsers round where they scroll to, and how high a box is, px. */
const ROUNDING = 1.5;

/** Of a list without rows. */
export const NOTHING_IN_SIGHT: ListView = {
  count: 0,
  atEnd: true,
  nearStart: true,
};

/** @returns what is in sight in a box of some px at an offset of some px */
export const viewOf = (
  model: ListModel,
  sizes: RowSizes,
  offset: number,
  height: number,
): ListView => {
  const {count} = model;
  if (!count) return NOTHING_IN_SIGHT;
  const row = (at: number): ListRow => {
    const index = sizes.indexAt(at);
    return {key: model.key(index), index};
  };
  const below = sizes.total - offset - height;
  return {
    count,
    first: row(offset),
    last: row(offset + height - 1),
    atEnd: below < ROUNDING,
    nearStart: offset < 2 * height,
  };
};

/** @returns whether two views tell the same */
export const isSameView = (one: ListView, other: ListView): boolean =>
  one.count === other.count &&
  one.first?.key === other.first?.key &&
  one.first?.index === other.first?.index &&
  one.last?.key === other.last?.key &&
  one.atEnd === other.atEnd &&
  one.nearStart === other.nearStart;
