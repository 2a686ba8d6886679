import type {ListModel, ListRow} from '../../src/elements/native/list-model.js';
import {VirtualList, type ListView} from '../../src/elements/native/virtual-list.js';
import {place} from './mount.js';

export const HEIGHT = 400;

/** The keys from `m<first>` on. */
export const keys = (first: number, count: number): string[] =>
  Array.from({length: count}, (_, nth) => `m${first + nth}`);

export const model = (rows: readonly string[]): ListModel => ({
  count: rows.length,
  key: (index) => rows[index]!,
});

/** A height for each row that is its own, one line to nine, and mostly no whole number. */
const usual = (key: string): number => 18.2 * (1 + (Math.abs(Number(key.slice(1)) * 7919) % 9)) + 6;

/** A list as a page has it, with rows that are nothing but their height and a button. */
export class ListScene {
  readonly viewport = document.createElement('div');
  readonly container = document.createElement('div');
  readonly list: VirtualList;
  readonly views: ListView[] = [];
  /** Other heights than the usual ones. */
  readonly heights = new Map<string, number>();
  rows: string[] = [];
  rendered: readonly ListRow[] = [];
  renders = 0;
  /** The frames in which something was rendered more than once. */
  doubled = 0;
  mostInDom = 0;
  readonly #elements = new Map<string, HTMLElement>();
  #last: CSSNumberish | null = null;

  constructor(rows: readonly string[] = [], height: number = HEIGHT) {
    this.viewport.style.cssText = `height: ${height}px; width: 300px; overflow-y: auto`;
    this.viewport.append(this.container);
    place(this.viewport);
    this.list = new VirtualList({
      viewport: this.viewport,
      container: this.container,
      render: (shown) => this.#render(shown),
      onView: (view) => this.views.push(view),
    });
    if (rows.length) this.show(rows);
  }

  show(rows: readonly string[]): void {
    this.rows = [...rows];
    this.list.update(model(this.rows));
  }

  element(key: string): HTMLElement | undefined {
    return [...this.container.children].find(
      (child): child is HTMLElement => (child as HTMLElement).dataset['key'] === key,
    );
  }

  /** Where each row is that is in sight, px below the box's upper edge, by its key. */
  get inSight(): Map<string, number> {
    const box = this.viewport.getBoundingClientRect();
    return new Map(
      [...this.container.children].flatMap((child) => {
        const {top, bottom} = child.getBoundingClientRect();
        const isSeen = bottom > box.top + 0.5 && top < box.bottom - 0.5;
        return isSeen ? [[(child as HTMLElement).dataset['key']!, top - box.top]] : [];
      }),
    );
  }

  /** How far the end of the list is below the box's lower edge, px. */
  get rest(): number {
    const {bottom} = this.viewport.getBoundingClientRect();
    return this.container.getBoundingClientRect().bottom - bottom;
  }

  /** How far rows in the DOM reach over the next one, or leave a gap before it, px. */
  get misfit(): number {
    const rows = [...this.container.children].map((child) => child.getBoundingClientRect());
    const gaps = rows.slice(1).map(({top}, index) => Math.abs(top - rows[index]!.bottom));
    return Math.max(0, ...gaps);
  }

  /** How much of the box no row is on, px. */
  get bare(): number {
    const box = this.viewport.getBoundingClientRect();
    return [...this.container.children].reduce((rest, child) => {
      const {top, bottom} = child.getBoundingClientRect();
      return rest - Math.max(0, Math.min(bottom, box.bottom) - Math.max(top, box.top));
    }, box.height);
  }

  /** Scrolls as a user does, px down, and waits until the page has been told, if it moves. */
  async scrollBy(down: number): Promise<void> {
    const {scrollTop} = this.viewport;
    const told = new Promise((resolve) =>
      this.viewport.addEventListener('scroll', resolve, {once: true}),
    );
    this.viewport.scrollTop += down;
    if (this.viewport.scrollTop !== scrollTop) await told;
  }

  /** Has a row another height; at once, if it is in the DOM. */
  resize(key: string, height: number, row = this.element(key)): void {
    this.heights.set(key, height);
    const content = row?.firstElementChild as HTMLElement | undefined;
    if (content) content.style.height = `${height}px`;
  }

  #render(shown: readonly ListRow[]): void {
    this.renders++;
    const now = document.timeline.currentTime;
    if (now === this.#last) this.doubled++;
    this.#last = now;
    this.rendered = shown;
    this.mostInDom = Math.max(this.mostInDom, shown.length);
    const wanted = new Set(shown.map(({key}) => key));
    for (const [key, element] of this.#elements)
      if (!wanted.has(key)) {
        element.remove();
        this.#elements.delete(key);
      }
    let before: Element | null = null;
    for (const {key} of shown) {
      let row = this.#elements.get(key);
      if (!row) {
        row = document.createElement('div');
        row.dataset['key'] = key;
        const content = document.createElement('button');
        content.style.cssText = 'display: block; box-sizing: border-box; width: 100%; border: 0';
        content.textContent = key;
        row.append(content);
        this.#elements.set(key, row);
      }
      this.resize(key, this.heights.get(key) ?? usual(key), row);
      const next: Element | null = before
        ? before.nextElementSibling
        : this.container.firstElementChild;
      // To move an element takes the focus from it.
      if (next !== row) this.container.insertBefore(row, next);
      before = row;
    }
  }
}

export const frame = (): Promise<number> =>
  new Promise((resolve) => requestAnimationFrame(resolve));

export const frames = async (count: number): Promise<void> => {
  for (; count; count--) await frame();
};

/** Waits, frame by frame, until something holds. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await frame();
};

/** Waits until nothing has been rendered or scrolled for some frames. */
export const settled = async (scene: ListScene): Promise<void> => {
  let [before, still] = ['', 0];
  while (still < 4) {
    await frame();
    const now = `${scene.renders} ${scene.viewport.scrollTop} ${scene.container.style.height}`;
    still = now === before ? still + 1 : 0;
    before = now;
  }
};

/** The most that rows moved on the screen which were in sight before and still are, over some frames. px */
export const movement = async (
  scene: ListScene,
  change: () => void | Promise<void>,
  count = 12,
): Promise<number> => {
  const before = scene.inSight;
  let most = 0;
  let alike = 0;
  const look = (): void => {
    const now = scene.inSight;
    alike = 0;
    for (const [key, top] of now) {
      const former = before.get(key);
      if (former === undefined) continue;
      alike++;
      most = Math.max(most, Math.abs(top - former));
    }
    if (!alike) most = Infinity;
  };
  await change();
  for (; count; count--) {
    // What has been painted is what the next frame finds.
    await frame();
    look();
  }
  return most;
};
