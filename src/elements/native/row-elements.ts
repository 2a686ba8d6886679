import type {ListRow} from './list-model.js';

interface Drawn {
  readonly key: string;
  /** Nothing once the row has gone from the list, until it goes from the DOM. */
  index: number | undefined;
  top?: number;
}

/** What changed its height: the viewport, and rows by their index. px. */
type Resized = (height: number, sizes: ReadonlyMap<number, number>) => void;

/** The elements of a virtual list's rows: where they are, how high, and which has the focus. */
export class RowElements {
  readonly #viewport: HTMLElement;
  readonly #container: HTMLElement;
  readonly #drawn = new Map<HTMLElement, Drawn>();
  readonly #observer: ResizeObserver;
  #height = 0;

  constructor(viewport: HTMLElement, container: HTMLElement, resized: Resized) {
    this.#viewport = viewport;
    this.#container = container;
    this.#observer = new ResizeObserver((entries) => {
      const sizes = this.#read(entries);
      resized(this.#height, sizes);
    });
    this.#observer.observe(viewport);
  }

  /** The rows in the DOM that are still in the list. */
  get indexes(): number[] {
    return [...this.#drawn.values()].flatMap(({index}) => index ?? []);
  }

  /** The row with the focus somewhere in it. */
  get focused(): number | undefined {
    const {activeElement} = this.#container.getRootNode() as Document | ShadowRoot;
    for (const [element, {index}] of this.#drawn) if (element.contains(activeElement)) return index;
    return undefined;
  }

  element(key: string): HTMLElement | undefined {
    for (const [element, drawn] of this.#drawn) if (drawn.key === key) return element;
    return undefined;
  }

  /** The rows have other indexes. */
  reindex(after: (index: number) => number | undefined): void {
    for (const drawn of this.#drawn.values())
      if (drawn.index !== undefined) drawn.index = after(drawn.index);
  }

  /** Takes over the elements of the container, which has been rendered. */
  adopt(rows: readonly ListRow[]): void {
    const indexes = new Map(rows.map(({key, index}) => [key, index]));
    const gone = new Set(this.#drawn.keys());
    for (const element of this.#container.children) {
      if (!(element instanceof HTMLElement)) continue;
      const key = element.dataset['key'] ?? '';
      const index = indexes.get(key);
      if (index === undefined) continue;
      gone.delete(element);
      const drawn = this.#drawn.get(element);
      if (drawn?.key === key) drawn.index = index;
      else this.#add(element, {key, index});
    }
    for (const element of gone) this.#drop(element);
  }

  /** Puts each row where it belongs, px from the container's upper edge. */
  place(topOf: (index: number) => number): void {
    for (const [element, drawn] of this.#drawn) {
      if (drawn.index === undefined) continue;
      const top = topOf(drawn.index);
      if (top !== drawn.top) element.style.top = `${top}px`;
      drawn.top = top;
    }
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#drawn.clear();
  }

  #add(element: HTMLElement, drawn: Drawn): void {
    // An element that has another row now is told of anew, even if it is as high.
    this.#drop(element);
    this.#drawn.set(element, drawn);
    element.style.position = 'absolute';
    element.style.insetInline = '0';
    this.#observer.observe(element, {box: 'border-box'});
  }

  #drop(element: HTMLElement): void {
    this.#observer.unobserve(element);
    this.#drawn.delete(element);
  }

  #read(entries: readonly ResizeObserverEntry[]): Map<number, number> {
    const sizes = new Map<number, number>();
    for (const {target, contentRect, borderBoxSize} of entries) {
      if (target === this.#viewport) {
        this.#height = contentRect.height;
        continue;
      }
      const index = this.#drawn.get(target as HTMLElement)?.index;
      const [box] = borderBoxSize;
      // Without a width it is not shown: nobody knows how high it is.
      if (index !== undefined && box?.inlineSize) sizes.set(index, box.blockSize);
    }
    return sizes;
  }
}
