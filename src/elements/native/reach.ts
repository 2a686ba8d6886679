import type {Sight} from './pin.js';
import type {RowSizes} from './row-sizes.js';

/** The first and last row of a stretch; the last is before the first where it is empty. */
export type Reach = readonly [first: number, last: number];

/** So far beyond what is in sight rows are drawn, px. */
const BUFFER = 400;
/** So many rows are drawn at most, however small they are. */
const MOST_ROWS = 180;

/** @returns the rows that are in sight, or up to so many px away */
export const around = ({offset, height}: Sight, sizes: RowSizes, buffer: number): Reach => [
  sizes.indexAt(offset - buffer),
  Math.min(sizes.indexAt(offset + height + buffer - 1), sizes.count - 1),
];

/**
 * @param drawn the rows that are drawn already, and do as long as none comes near that is not, so that
 *   few steps of a scroll cost a render
 * @returns the rows to draw
 */
export const reachOf = (sight: Sight, sizes: RowSizes, drawn: Reach): Reach => {
  const [from, to] = around(sight, sizes, BUFFER / 2);
  if (drawn[0] <= from && drawn[1] >= to) return drawn;
  const [first, last] = around(sight, sizes, BUFFER);
  if (last - first < MOST_ROWS) return [first, last];
  // Rows without a height: those at the lower edge, as something follows them.
  const [, seen] = around(sight, sizes, 0);
  return [Math.max(first, seen - MOST_ROWS + 1), seen];
};

/** @returns whether the heights of all rows in sight are known */
export const isMeasured = (sight: Sight, sizes: RowSizes): boolean => {
  const [first, last] = around(sight, sizes, 0);
  for (let index = first; index <= last; index++) if (!sizes.isMeasured(index)) return false;
  return true;
};
