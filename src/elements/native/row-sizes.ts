import type {ListChange} from './list-model.js';

/**
 * The heights of a list's rows in px, and where each row is. It keeps the measured ones alone, all
 * others have the same estimate: 100,000 rows cost no more than those that were ever shown.
 */
export class RowSizes {
  readonly #estimate: number;
  #count = 0;
  /** The measured rows, ascending. */
  #rows: number[] = [];
  /** Their heights. */
  #sizes: number[] = [];
  /** By how much the measured rows before each differ from the estimate, together. */
  readonly #excess = [0];
  /** So many of #excess are right. */
  #known = 1;

  /** @param estimate px of a row that has not been measured */
  constructor(estimate: number) {
    this.#estimate = estimate;
  }

  get count(): number {
    return this.#count;
  }

  get total(): number {
    return this.offset(this.#count);
  }

  /** The rows that have been measured, ascending. */
  get measured(): readonly number[] {
    return this.#rows;
  }

  isMeasured(index: number): boolean {
    return this.#rows[this.#place(index)] === index;
  }

  size(index: number): number {
    const place = this.#place(index);
    return this.#rows[place] === index ? this.#sizes[place]! : this.#estimate;
  }

  /** The upper edge of a row; of the row after the last one the height of all. */
  offset(index: number): number {
    const place = this.#place(index);
    for (; this.#known <= place; this.#known++) {
      const last = this.#known - 1;
      this.#excess[this.#known] = this.#excess[last]! + this.#sizes[last]! - this.#estimate;
    }
    return index * this.#estimate + this.#excess[place]!;
  }

  /** The row at an offset: the last one that starts there or above, the first if none does. */
  indexAt(offset: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.offset(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** @returns whether it had another height before */
  measure(index: number, size: number): boolean {
    const place = this.#place(index);
    const isMeasured = this.#rows[place] === index;
    if (isMeasured && this.#sizes[place] === size) return false;
    if (!isMeasured) this.#rows.splice(place, 0, index);
    this.#sizes.splice(place, isMeasured ? 1 : 0, size);
    this.#known = Math.min(this.#known, place + 1);
    return true;
  }

  /** Rows came or went: those before and after keep their heights, and so do those that `moved`. */
  change({start, removed, added, moved}: ListChange): void {
    const from = this.#place(start);
    const to = this.#place(start + removed);
    const kept = [...moved]
      .filter(([before]) => this.isMeasured(before))
      .map(([before, after]): [number, number] => [after, this.size(before)])
      .sort(([one], [other]) => one - other);
    const by = added - removed;
    this.#rows = [
      ...this.#rows.slice(0, from),
      ...kept.map(([row]) => row),
      ...this.#rows.slice(to).map((row) => row + by),
    ];
    this.#sizes = [
      ...this.#sizes.slice(0, from),
      ...kept.map(([, size]) => size),
      ...this.#sizes.slice(to),
    ];
    this.#count += by;
    this.#known = Math.min(this.#known, from + 1);
  }

  /** So many measured rows are before this one. */
  #place(index: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rows[middle]! < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
