import {element, readable} from './dom.js';
import type {Attendee} from './people.js';

interface Drawn {
  readonly attendee: Attendee;
  readonly item: HTMLLIElement;
}

/**
 * A list of people of which only those that changed are drawn again, and no more than `limit` at
 * all: ten thousand tiles would keep the browser busy, and nobody reads them.
 */
export class KeyedList {
  readonly #list: HTMLElement;
  readonly #limit: number;
  readonly #draw: (attendee: Attendee) => HTMLLIElement;
  #drawn = new Map<number, Drawn>();

  constructor(list: HTMLElement, limit: number, draw: (attendee: Attendee) => HTMLLIElement) {
    this.#list = list;
    this.#limit = limit;
    this.#draw = draw;
  }

  /** Shows these people and no others. */
  render(attendees: readonly Attendee[]): void {
    const drawn = new Map<number, Drawn>();
    for (const attendee of attendees.slice(0, this.#limit)) {
      const before = this.#drawn.get(attendee.key);
      const isSame = before?.attendee === attendee;
      drawn.set(attendee.key, isSame ? before : {attendee, item: this.#draw(attendee)});
    }
    this.#drawn = drawn;
    const items = [...drawn.values()].map(({item}) => item);
    const rest = attendees.length - items.length;
    if (rest > 0) items.push(element('li', 'more', `and ${readable(rest)} more`));
    this.#place(items);
  }

  /** Moves only what is not in its place, as an element that moves loses the focus. */
  #place(items: readonly HTMLLIElement[]): void {
    for (const child of [...this.#list.children]) {
      if (!items.some((item) => item === child)) child.remove();
    }
    items.forEach((item, index) => {
      const there = this.#list.children[index];
      if (there !== item) this.#list.insertBefore(item, there ?? null);
    });
  }
}
