/** Items in the order of a text, such as a date in ISO 8601. Equal ones stay in the order they came. */
export class SortedList<Item> {
  readonly #keyOf: (item: Item) => string;
  #items: Item[] = [];

  constructor(keyOf: (item: Item) => string) {
    this.#keyOf = keyOf;
  }

  get all(): readonly Item[] {
    return this.#items;
  }

  /** Adds one item; quick at the end, where nearly everything goes. */
  add(item: Item): void {
    this.#items.splice(this.after(this.#keyOf(item)), 0, item);
  }

  /** Adds many in any order. */
  addAll(items: readonly Item[]): void {
    const keyOf = this.#keyOf;
    this.#items = this.#items.concat(items).sort((one, other) => {
      const [a, b] = [keyOf(one), keyOf(other)];
      return a < b ? -1 : Number(a > b);
    });
  }

  /** Takes an item out; does nothing if it is not there. */
  delete(item: Item): void {
    const index = this.#indexOf(item);
    if (index >= 0) this.#items.splice(index, 1);
  }

  /** Puts an item of the same key in the place of another. */
  replace(item: Item, by: Item): void {
    const index = this.#indexOf(item);
    if (index >= 0) this.#items[index] = by;
  }

  /** The index of the first item that is not before a key. */
  at(key: string): number {
    return this.#search((each) => each < key);
  }

  /** The index behind the last item that is not after a key. */
  after(key: string): number {
    return this.#search((each) => each <= key);
  }

  /** The index of the first item whose key does not pass; those that pass come first. */
  #search(passes: (key: string) => boolean): number {
    let [low, high] = [0, this.#items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const item = this.#items[middle];
      if (item !== undefined && passes(this.#keyOf(item))) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #indexOf(item: Item): number {
    return this.#items.indexOf(item, this.at(this.#keyOf(item)));
  }
}
