import {html, LitElement, type PropertyDeclarations, type TemplateResult} from 'lit';

import {loadPart} from '../../parts/load-part.js';
import type {Parts} from '../../parts/parts.js';
import type {Language} from '../strings/strings.js';
import {doingWords} from './doing-words.js';

/** So many are offered at once. */
const MOST = 24;

/** A field that searches all emoji by their names, and what it has found: for a reaction. Enter takes the first, Escape closes it. */
export class RcReactionPickerElement extends LitElement {
  static override properties: PropertyDeclarations = {
    language: {attribute: false},
    query: {state: true},
    names: {state: true},
    failed: {state: true},
  };

  declare language: Language;
  declare query: string;
  /** The names of emoji, once they are there. */
  declare names: Parts['emoji'] | undefined;
  declare failed: boolean;
  /** Somebody has chosen one, by its shortcode with colons; or none. */
  onChoose: ((emoji: string | undefined) => void) | undefined;

  constructor() {
    super();
    this.query = '';
    this.failed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    loadPart('emoji').then(
      (names) => (this.names = names),
      () => (this.failed = true),
    );
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const words = doingWords(this.language);
    const found = this.names?.findEmoji(this.query, MOST) ?? [];
    const none = this.names && !found.length ? words.doingReactionNone : '';
    return html`<div
      class="picker"
      role="group"
      aria-label=${words.doingReact}
      @keydown=${(event: KeyboardEvent) => this.#press(event, found[0]?.shortcode)}
    >
      <input
        type="search"
        autocomplete="off"
        spellcheck="false"
        aria-label=${words.doingReactionSearch}
        placeholder=${words.doingReactionSearch}
        .value=${this.query}
        @input=${({target}: InputEvent) => (this.query = (target as HTMLInputElement).value)}
      />
      <button type="button" @click=${() => this.onChoose?.(undefined)}>${words.doingCancel}</button>
      <p role="status">${this.failed ? words.doingFailed : none}</p>
      <div class="picked">
        ${found.map(
          ({shortcode, unicode}) =>
            html`<button
              type="button"
              aria-label=${shortcode.replaceAll('_', ' ')}
              title=${`:${shortcode}:`}
              @click=${() => this.onChoose?.(`:${shortcode}:`)}
            >
              ${unicode}
            </button>`,
        )}
      </div>
    </div>`;
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  #press(event: KeyboardEvent, first: string | undefined): void {
    const {key, isComposing, target} = event;
    const takes = key === 'Enter' && first && this.query && target instanceof HTMLInputElement;
    if (isComposing || (key !== 'Escape' && !takes)) return;
    event.preventDefault();
    this.onChoose?.(takes ? `:${first}:` : undefined);
  }
}
