import {changeBetween, indexAfter, NO_ROWS, type ListModel, type ListRow} from './list-model.js';
import type {VirtualListOptions} from './list-options.js';
import {isSameView, NOTHING_IN_SIGHT, viewOf, type ListView} from './list-view.js';
import {
  offsetOf,
  pinAfter,
  pinAsShown,
  pinAt,
  pinTo,
  type Align,
  type Pin,
  type Sight,
} from './pin.js';
import {isMeasured, reachOf, type Reach} from './reach.js';
import {RowElements} from './row-elements.js';
import {RowSizes} from './row-sizes.js';
import {ScrollBox} from './virtua-core.js';

export type {Align, ListModel, ListRow, ListView, VirtualListOptions};

interface Journey {
  readonly key: string;
  readonly align: Align;
  readonly arrive: (element?: HTMLElement) => void;
  /** Whether its row is pinned. */
  isUnderWay: boolean;
}

const NOTHING: Reach = [0, -1];
/** Who scrolls down to within so many px of the end is there. */
const NEAR = 24;

/**
 * A list of which only what is in sight is in the DOM, the newest row at the bottom. It opens at its
 * end. What was put in sight, by the user or the page, stays there to the pixel until somebody
 * scrolls, whatever comes, goes or grows; at the end that is the end. A row with the focus stays in
 * the DOM. Nothing is drawn while the box is not shown; it comes back where it was.
 */
export class VirtualList {
  readonly #options: VirtualListOptions;
  readonly #sizes: RowSizes;
  readonly #box: ScrollBox;
  readonly #rows: RowElements;
  readonly #life = new AbortController();
  #model = NO_ROWS;
  /** What `update()` has brought since the last frame. */
  #next: ListModel | undefined;
  #pin: Pin = 'end';
  #journey: Journey | undefined;
  /** The viewport's, px; 0 while it is not shown. */
  #height = 0;
  /** The viewport's scrollTop as far as the list knows: another one is the user's. */
  #top = 0;
  #reach: Reach = NOTHING;
  #drawn = '';
  #view = NOTHING_IN_SIGHT;
  #frame = 0;
  /** While the box is corrected, which it tells of. */
  #isBusy = false;

  constructor(options: VirtualListOptions) {
    this.#options = options;
    const {viewport, container, estimate = 48} = options;
    const {signal} = this.#life;
    // A browser's own way to keep what is in sight would be added to ours.
    viewport.style.overflowAnchor = 'none';
    // A bar that comes with the first rows would have them all break anew.
    viewport.style.scrollbarGutter = 'stable';
    container.style.position = 'relative';
    this.#sizes = new RowSizes(estimate);
    this.#rows = new RowElements(viewport, container, (height, sizes) =>
      this.#resized(height, sizes),
    );
    this.#box = new ScrollBox(viewport, container, this.#sizes, () => this.#schedule());
    viewport.addEventListener('scroll', () => this.#scrolled(), {signal, passive: true});
  }

  get view(): ListView {
    return this.#view;
  }

  /** Draws the rows of a model in the next frame; rows that are the same, too, as their contents may differ. */
  update(model: ListModel): void {
    this.#next = model;
    this.#schedule();
  }

  /** Goes to the end and follows it. */
  scrollToEnd(): void {
    this.#leave();
    this.#scrolled();
    this.#pin = 'end';
    this.#schedule();
  }

  /**
   * Goes to a row of the latest model, without an animation.
   *
   * @returns its element once it is in its place; nothing where there is no such row, or somebody
   *   has scrolled elsewhere before
   */
  scrollToKey(key: string, align: Align = 'start'): Promise<HTMLElement | undefined> {
    this.#leave();
    this.#scrolled();
    return new Promise((arrive) => {
      this.#journey = {key, align, arrive, isUnderWay: false};
      if (this.#life.signal.aborted) this.#leave();
      this.#schedule();
    });
  }

  /** Leaves nothing behind but what was rendered. */
  destroy(): void {
    this.#life.abort();
    cancelAnimationFrame(this.#frame);
    this.#leave();
    this.#rows.dispose();
    this.#box.dispose();
  }

  #schedule(): void {
    if (this.#isBusy || this.#life.signal.aborted) return;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#show();
    });
  }

  #show(): void {
    // A scroll of which the event is still to come.
    this.#scrolled();
    this.#height ||= this.#options.viewport.clientHeight;
    if (!this.#height) return;
    const isOther = this.#take();
    this.#depart();
    this.#settle();
    this.#draw(isOther);
    this.#tell();
  }

  /** Takes over what `update()` has brought. */
  #take(): boolean {
    const model = this.#next;
    if (!model) return false;
    this.#next = undefined;
    const sizes = this.#sizes;
    const watched = [...sizes.measured, ...this.#rows.indexes];
    if (this.#pin !== 'end') watched.push(this.#pin.index);
    const change = changeBetween(this.#model, model, watched);
    if (change.removed || change.added) {
      const after = (index: number): number | undefined => indexAfter(change, index);
      this.#pin = pinAfter(this.#pin, after, this.#sight, sizes);
      sizes.change(change);
      this.#rows.reindex(after);
    }
    this.#model = model;
    return true;
  }

  /** Pins the row that was asked for. */
  #depart(): void {
    const journey = this.#journey;
    if (!journey || journey.isUnderWay) return;
    let index = 0;
    while (index < this.#model.count && this.#model.key(index) !== journey.key) index++;
    if (index === this.#model.count) return this.#leave();
    this.#pin = pinTo(index, journey.align, this.#pin, this.#sight, this.#sizes);
    journey.isUnderWay = true;
  }

  #leave(): void {
    this.#journey?.arrive();
    this.#journey = undefined;
  }

  /** Puts the box where what is pinned is shown, and the rows where they belong. */
  #settle(): void {
    const {viewport, container} = this.#options;
    const [box, sizes] = [this.#box, this.#sizes];
    this.#isBusy = true;
    container.style.height = `${sizes.total}px`;
    box.resize(this.#height);
    // The browser may have scrolled, as there is less, or had lost its place while it was hidden.
    box.flush();
    const wish = offsetOf(this.#pin, sizes, this.#height);
    // WebKit would cut off what is less than a pixel.
    if (Math.abs(wish - box.offset) >= 0.5) box.shift(Math.round(wish) - box.offset);
    this.#top = viewport.scrollTop;
    this.#rows.place((index) => box.top(index));
    this.#isBusy = false;
    if (!this.#journey) this.#pin = pinAsShown(this.#pin, this.#sight, sizes);
  }

  #draw(isOther: boolean): void {
    const former = isOther ? NOTHING : this.#reach;
    const [first, last] = (this.#reach = reachOf(this.#sight, this.#sizes, former));
    const indexes = Array.from({length: last - first + 1}, (_, nth) => first + nth);
    const {focused} = this.#rows;
    if (focused !== undefined && (focused < first || focused > last))
      indexes[focused < first ? 'unshift' : 'push'](focused);
    const drawn = indexes.join();
    if (!isOther && drawn === this.#drawn) return;
    this.#drawn = drawn;
    const rows = indexes.map((index) => ({key: this.#model.key(index), index}));
    this.#options.render(rows, this.#model.key(this.#sizes.indexAt(this.#sight.offset)));
    this.#rows.adopt(rows);
    this.#rows.place((index) => this.#box.top(index));
  }

  #resized(height: number, sizes: ReadonlyMap<number, number>): void {
    // A box of another height may have been scrolled by the browser.
    if (height === this.#height) this.#scrolled();
    this.#height = height;
    for (const [index, size] of sizes) this.#sizes.measure(index, size);
    if (!height) return;
    this.#settle();
    this.#schedule();
  }

  /** Where the box is by somebody else's doing, that is now pinned. */
  #scrolled(): void {
    const {scrollTop, scrollHeight, clientHeight} = this.#options.viewport;
    if (!this.#height || !clientHeight || Math.abs(scrollTop - this.#top) < 0.5) return;
    const rest = scrollHeight - clientHeight - scrollTop;
    // The smallest step up leaves the end, or a flood would hold fast whoever reads slowly.
    const isEnd = rest < (scrollTop < this.#top ? 0.6 : NEAR);
    this.#top = scrollTop;
    if (this.#journey?.isUnderWay) this.#leave();
    this.#box.sync();
    this.#pin = isEnd ? 'end' : pinAt(this.#sight, this.#sizes);
  }

  #tell(): void {
    const journey = this.#journey;
    if (journey?.isUnderWay && isMeasured(this.#sight, this.#sizes)) {
      journey.arrive(this.#rows.element(journey.key));
      this.#leave();
    }
    const {offset, height} = this.#sight;
    const view = viewOf(this.#model, this.#sizes, offset, height);
    if (isSameView(view, this.#view)) return;
    this.#view = view;
    this.#options.onView?.(view);
  }

  get #sight(): Sight {
    return {offset: this.#box.offset, height: this.#height};
  }
}
