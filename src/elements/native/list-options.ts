import type {ListRow} from './list-model.js';
import type {ListView} from './list-view.js';

/** Where a virtual list is, and who draws its rows. */
export interface VirtualListOptions {
  /** The scroll box: of a height of its own, `overflow-y: auto`, without padding. */
  readonly viewport: HTMLElement;
  /** All that is in the viewport, and the parent of the rows, without padding and without a gap. */
  readonly container: HTMLElement;
  /**
   * Puts these rows, in this order, into the container before it returns: an element each, with the
   * row's key in `data-key`, and none for others. Where the elements are is the list's own affair,
   * as is their style's `position`, `top` and `inset-inline`. Asked at most once in a frame, after
   * each `update()` and when other rows come in sight. `top` is the key of the first one in sight.
   */
  readonly render: (rows: readonly ListRow[], top: string) => void;
  /** Told after a frame in which something of the view has changed. */
  readonly onView?: (view: ListView) => void;
  /** px of a row that was never shown. Too little costs rows in the DOM, too much a gap for a frame; 48. */
  readonly estimate?: number;
}
