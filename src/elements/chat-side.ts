import {make, setWords} from './dom.js';
import type {Language} from './strings/strings.js';

/** The side of the room with the chat, and the button that opens it while the meeting has none. */
export class ChatSide {
  readonly side: HTMLElement;
  readonly toolbar: HTMLElement;
  readonly #button = make('button', {type: 'button'});
  readonly #slots = [make('slot', {name: 'chat'}), make('slot')] as const;

  /** @param toggled the button was pressed. @param filled something came into the slots or left */
  constructor(toggled: () => void, filled: () => void) {
    this.side = make('div', {class: 'chat', part: 'chat'}, ...this.#slots);
    this.toolbar = make('div', {class: 'toolbar', part: 'toolbar'}, this.#button);
    this.#button.addEventListener('click', toggled);
    for (const slot of this.#slots) slot.addEventListener('slotchange', filled);
  }

  get #filled(): boolean {
    return this.#slots.some((slot) => slot.assignedElements().length > 0);
  }

  show(open: boolean, withButton: boolean, label: string, language: Language): void {
    // Closed, it stays laid out: a frame that is not would stop, and its unread count with it.
    this.side.toggleAttribute('inert', !open);
    this.side.hidden = !this.#filled;
    this.toolbar.hidden = !withButton || !this.#filled;
    this.#button.setAttribute('aria-pressed', String(open));
    setWords(this.#button, label, language);
  }
}
