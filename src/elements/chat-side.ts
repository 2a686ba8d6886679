import {make} from './dom.js';

/** The side of the room with the chat. */
export class ChatSide {
  readonly side: HTMLElement;
  readonly #slots = [make('slot', {name: 'chat'}), make('slot')] as const;

  /** @param changed something came into the slots or left */
  constructor(changed: () => void) {
    this.side = make('div', {class: 'chat', part: 'chat'}, ...this.#slots);
    for (const slot of this.#slots) slot.addEventListener('slotchange', changed);
  }

  /** There is something in the slots. */
  get filled(): boolean {
    return this.#slots.some((slot) => slot.assignedElements().length > 0);
  }

  show(open: boolean): void {
    // Closed, it stays laid out: a frame that is not would stop, and its unread count with it.
    this.side.toggleAttribute('inert', !open);
    this.side.hidden = !this.filled;
  }
}
