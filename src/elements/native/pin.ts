import type {RowSizes} from './row-sizes.js';

/** Where a row is to be in the scroll box; `nearest` moves as little as shows it whole. */
export type Align = 'start' | 'center' | 'end' | 'nearest';

/**
 * What stays where it is on the screen while rows come, go and grow: the end of the list, or a row,
 * at a distance in px from the box's upper edge or where it is aligned to.
 */
export type Pin = 'end' | RowPin;

interface RowPin {
  readonly index: number;
  readonly at: number | 'start' | 'center' | 'end';
}

/** What a scroll box shows: from an offset in px on, a height in px. */
export interface Sight {
  readonly offset: number;
  readonly height: number;
}

/** @returns the offset in px at which the box shows what is pinned, whether it can be scrolled there or not */
const wishOf = (pin: RowPin, sizes: RowSizes, height: number): number => {
  const {index, at} = pin;
  const offset = sizes.offset(index);
  if (at === 'start') return offset;
  if (typeof at === 'number') return offset - at;
  const rest = height - sizes.size(index);
  // Of a row that is higher than the box its beginning is shown.
  return offset - Math.max(0, at === 'center' ? rest / 2 : rest);
};

/** @returns the offset in px at which the box shows what is pinned, as far as it can be scrolled */
export const offsetOf = (pin: Pin, sizes: RowSizes, height: number): number => {
  const most = Math.max(0, sizes.total - height);
  return pin === 'end' ? most : Math.min(Math.max(0, wishOf(pin, sizes, height)), most);
};

/**
 * Pins what is shown. A row that starts above the box's upper edge, or just there, is not the one:
 * it may grow, or lose its date when older ones come, without moving what is below it.
 */
export const pinAt = ({offset, height}: Sight, sizes: RowSizes): Pin => {
  if (!sizes.count) return 'end';
  const above = sizes.indexAt(offset);
  const below = Math.min(above + 1, sizes.count - 1);
  const index = sizes.offset(below) < offset + height ? below : above;
  return {index, at: sizes.offset(index) - offset};
};

/** @returns the pin of a row's alignment; the former one where it is `nearest` to what is shown */
export const pinTo = (
  index: number,
  align: Align,
  former: Pin,
  {offset, height}: Sight,
  sizes: RowSizes,
): Pin => {
  const down = sizes.offset(index) - offset;
  const isBelow = down + sizes.size(index) > height;
  const at = align !== 'nearest' ? align : down < 0 ? 'start' : isBelow ? 'end' : undefined;
  if (!at) return former;
  return at === 'end' && index === sizes.count - 1 ? 'end' : {index, at};
};

/**
 * @param after tells the new index of a row, nothing where it has gone
 * @param sizes as they were before
 * @returns the pin after a change of the rows; where its row has gone, of the nearest that is left
 */
export const pinAfter = (
  pin: Pin,
  after: (index: number) => number | undefined,
  {offset}: Sight,
  sizes: RowSizes,
): Pin => {
  if (pin === 'end') return pin;
  const seek = (to: number, step: number): Pin | undefined => {
    for (let former = pin.index; former !== to; former += step) {
      const index = after(former);
      if (index === undefined) continue;
      return {index, at: former === pin.index ? pin.at : sizes.offset(former) - offset};
    }
    return undefined;
  };
  return seek(sizes.count, 1) ?? seek(-1, -1) ?? 'end';
};

/**
 * What is pinned where it cannot be shown, as there is too little above or below, is not to move what
 * is in sight once there is more: it is pinned anew, at the end to the end. But a row that is wanted
 * at the upper edge still goes there, as more comes below it.
 */
export const pinAsShown = (pin: Pin, sight: Sight, sizes: RowSizes): Pin => {
  if (pin === 'end' || pin.at === 'start') return pin;
  const short = wishOf(pin, sizes, sight.height) - sight.offset;
  return Math.abs(short) < 1 ? pin : short > 0 ? 'end' : pinAt(sight, sizes);
};
