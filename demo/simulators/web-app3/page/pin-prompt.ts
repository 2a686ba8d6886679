import {byId} from './dom.js';
import type {Refusal} from './meeting.js';

/** Asks for a PIN where the name is, once the node has asked for one. */
export class PinPrompt {
  readonly #label = byId('pin-label', HTMLElement);
  readonly #input = byId('pin', HTMLInputElement);
  readonly #note = byId('pin-note', HTMLElement);
  #shown: Refusal | undefined;

  constructor() {
    // By script, as all of Web App 3's page is made: whoever looks at its HTML sees no page to sign in.
    this.#input.type = 'password';
  }

  /** What was typed, or `none`, which is what Web App 3 sends for a guest; undefined before it is asked. */
  get pin(): string | undefined {
    if (this.#label.hidden) return;
    return this.#input.value.trim() || 'none';
  }

  /** Shows what the node has said to the last attempt. */
  render(refusal: Refusal | undefined): void {
    if (refusal === this.#shown) return;
    this.#shown = refusal;
    const isAsked = refusal?.refused === 'pin-required';
    if (isAsked) this.#label.hidden = false;
    const guests = refusal?.guestPin ? '' : ' A guest leaves it empty.';
    this.#note.textContent = isAsked
      ? `This meeting has a PIN.${guests}`
      : refusal?.message === 'Invalid PIN'
        ? 'This PIN is not right.'
        : '';
    if (this.#note.textContent) this.#input.focus();
  }
}
