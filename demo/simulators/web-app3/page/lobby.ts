import {element} from './dom.js';
import {KeyedList} from './keyed-list.js';
import type {Attendee} from './people.js';
import {drawAvatar, nameOf} from './tiles.js';

/** How many are listed by name. */
const LIMIT = 20;

/** Those who wait, with a button to let them in for hosts. */
export class Lobby {
  readonly #section: HTMLElement;
  readonly #list: KeyedList;
  readonly #admit: (attendee: Attendee) => void;
  #isHost = false;

  /**
   * @param section has a heading and a list
   * @param admit called when a host lets somebody in
   */
  constructor(section: HTMLElement, list: HTMLElement, admit: (attendee: Attendee) => void) {
    this.#section = section;
    this.#admit = admit;
    this.#list = new KeyedList(list, LIMIT, (attendee) => this.#draw(attendee));
  }

  /** Shows those who wait. */
  render(waiting: readonly Attendee[], isHost: boolean): void {
    const hadFocus = this.#section.contains(document.activeElement);
    if (isHost !== this.#isHost) this.#list.render([]);
    this.#isHost = isHost;
    this.#list.render(waiting);
    this.#section.hidden = waiting.length === 0;
    if (hadFocus && !this.#section.contains(document.activeElement)) this.#handOn();
  }

  /** Whoever has let somebody in by the keyboard goes on with the next one. */
  #handOn(): void {
    const next = this.#section.querySelector('button') ?? document.querySelector('#meeting h1');
    if (next instanceof HTMLElement) next.focus();
  }

  #draw(attendee: Attendee): HTMLLIElement {
    const name = nameOf(attendee.participant);
    const item = element('li', 'waiting', drawAvatar(name), element('span', 'person', name));
    if (!this.#isHost) return item;
    const button = element('button', 'admit', 'Admit');
    button.type = 'button';
    button.ariaLabel = `Admit ${name}`;
    button.addEventListener('click', () => this.#admit(attendee));
    item.append(button);
    return item;
  }
}
