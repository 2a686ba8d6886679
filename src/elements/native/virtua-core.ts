import {
  createContainerDriver,
  createVirtualStore,
  UPDATE_VIRTUAL_STATE,
} from 'virtua/unstable_core';

import type {RowSizes} from './row-sizes.js';

/*
 * The only file that knows virtua, which publishes its core without types, as unstable: its version
 * is pinned, and what is written here of it is from src/core/store.ts and driver.ts of 0.54.2.
 *
 * Of virtua is the position of the scroll box, with all that it takes to correct it while a finger,
 * a wheel or momentum moves it. The heights are ours (RowSizes), as virtua keeps them by index, and
 * so is what stays where it is when they change (Pin).
 */

/** virtua's ACTION_SCROLL, of which the box's offset in px follows. */
const SCROLL = 1;
/** ACTION_VIEWPORT_RESIZE, of which the box's height in px follows. */
const RESIZE = 4;
/** ACTION_RELAYOUT, of which follows by how many px the box has to be scrolled to show the same. */
const RELAYOUT = 6;

interface Layout {
  readonly $getRange: (start: number, end: number) => [first: number, last: number];
  readonly $findIndex: (offset: number) => number;
  readonly $getItemOffset: (index: number) => number;
  readonly $getItemSize: (index: number) => number;
  readonly $getTotalSize: () => number;
  readonly $getLength: () => number;
  readonly $isEstimating: () => boolean;
}

interface Store {
  $dispose(): void;
  $getItemOffset(index: number): number;
  $getScrollOffset(): number;
  $subscribe(target: number, told: () => void): () => void;
  $update(action: number, payload: number): void;
}

interface Driver {
  $observe(container: HTMLElement, viewport: HTMLElement): void;
  $dispose(): void;
  $effect(): void;
}

/** A scroll box by virtua: where it is, and how it is scrolled without anybody's noticing. */
export class ScrollBox {
  readonly #viewport: HTMLElement;
  readonly #store: Store;
  readonly #driver: Driver;

  /**
   * @param changed other rows may be in reach now, or the box must be corrected; often called, also
   *   while {@link resize} and {@link shift} are under way
   */
  constructor(viewport: HTMLElement, container: HTMLElement, sizes: RowSizes, changed: () => void) {
    const layout: Layout = {
      $getRange: (start, end) => [sizes.indexAt(start), sizes.indexAt(end)],
      $findIndex: (offset) => sizes.indexAt(offset),
      $getItemOffset: (index) => sizes.offset(index),
      $getItemSize: (index) => sizes.size(index),
      $getTotalSize: () => sizes.total,
      $getLength: () => sizes.count,
      $isEstimating: () => false,
    };
    this.#viewport = viewport;
    this.#store = createVirtualStore(layout) as Store;
    this.#driver = createContainerDriver(this.#store, layout, false) as Driver;
    this.#store.$subscribe(UPDATE_VIRTUAL_STATE, changed);
    this.#driver.$observe(container, viewport);
  }

  /** The offset in px of what is at the box's upper edge. */
  get offset(): number {
    // On iOS rows are drawn elsewhere for the time being, as to scroll would end the momentum.
    return this.#store.$getScrollOffset() - this.#store.$getItemOffset(0);
  }

  /** Where in px from the container's upper edge a row is to be drawn. */
  top(index: number): number {
    return this.#store.$getItemOffset(index);
  }

  resize(height: number): void {
    this.#store.$update(RESIZE, height);
  }

  /** Takes note of where the browser has it: virtua would wait for the event. */
  sync(): void {
    this.#store.$update(SCROLL, this.#viewport.scrollTop);
  }

  /** Scrolls by some px, nobody's gesture; the container must have its height already. */
  shift(by: number): void {
    this.#store.$update(RELAYOUT, by);
    this.flush();
  }

  /** Scrolls by what had to wait for the end of a gesture. */
  flush(): void {
    this.#driver.$effect();
    this.sync();
  }

  dispose(): void {
    this.#driver.$dispose();
    this.#store.$dispose();
  }
}
