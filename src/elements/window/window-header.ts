import {html, nothing, render, type SVGTemplateResult, type TemplateResult} from 'lit';

import {make} from '../dom.js';
import {Avatar} from './avatar.js';
import type {Speech, ViewEntry, ViewName, WindowView} from './view-types.js';
import {VIEWS} from './views.js';
import {windowSigns} from './window-signs.js';

/** The bar of the window: back, what the view is, other views, close. */
export class WindowHeader {
  // No `header`, which would be a landmark beside that of the page.
  readonly element = make('div', {part: 'header', class: 'header'});
  readonly #go: (view: ViewName) => void;
  readonly #close: () => void;
  readonly #avatar = new Avatar();

  constructor(go: (view: ViewName) => void, close: () => void) {
    this.#go = go;
    this.#close = close;
  }

  /** @param live what is known of people is of now */
  show(view: WindowView, speech: Speech, live: boolean): void {
    render(this.#render(view, speech, live), this.element);
  }

  /** The focus is on what the view is called. */
  get hasFocus(): boolean {
    return !!this.element.querySelector('h2:focus');
  }

  focus(): void {
    this.element.querySelector('h2')?.focus();
  }

  #render(view: WindowView, speech: Speech, live: boolean): TemplateResult {
    const {words} = speech;
    const {back, actions} = view;
    const {text, chat} = view.heading(speech);
    const status = live ? chat?.status : undefined;
    if (chat) this.#avatar.show({...chat, name: text, status});
    return html`
      ${back ? this.#button(back, words.windowBack, windowSigns.back) : nothing}
      ${chat ? this.#avatar.element : nothing}
      <div class="title">
        <h2 id="title" tabindex="-1"><bdi lang=${chat ? '' : nothing}>${text}</bdi></h2>
        ${status ? html`<p>${words[`window_${status}`]}</p>` : nothing}
      </div>
      ${actions.map((name) => {
        const {title, sign}: ViewEntry = VIEWS[name];
        return this.#button(name, title(words), sign);
      })}
      ${this.#button(undefined, words.windowClose, windowSigns.close)}
    `;
  }

  #button(
    view: ViewName | undefined,
    name: string,
    sign: SVGTemplateResult | undefined,
  ): TemplateResult {
    const press = (): void => (view ? this.#go(view) : this.#close());
    return html`<button
      type="button"
      part="header-button"
      class="header-button"
      aria-label=${name}
      title=${name}
      @click=${press}
    >
      ${sign}
    </button>`;
  }
}
