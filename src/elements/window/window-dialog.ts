import {make} from '../dom.js';

/** A screen on which the window takes it all; in em, so that it is also one with large letters. */
const SMALL = '(max-width: 30em), (max-height: 30em)';

/** What has the focus, however many shadow trees it is in. */
const deepFocus = ({activeElement}: ShadowRoot): HTMLElement | null =>
  (activeElement?.shadowRoot && deepFocus(activeElement.shadowRoot)) ??
  (activeElement as HTMLElement | null);

/**
 * The dialog that the window is. On a screen with room it floats over the page, which can be used
 * meanwhile. On a small one it covers the page, and is modal: the browser keeps the focus in it, and all
 * else from screen readers. Closed, it stays laid out, so that what is in it goes on as it was.
 */
export class WindowDialog {
  /** The button names it as what it controls. */
  readonly element = make('dialog', {id: 'window', part: 'window', class: 'window'});
  readonly #small = matchMedia(SMALL);
  readonly #close: () => void;
  #open = false;

  /** @param close a person wants it closed */
  constructor(close: () => void, signal: AbortSignal) {
    this.#close = close;
    const {element} = this;
    element.addEventListener('keydown', (event) => this.#key(event), {signal});
    // By other means than a key, such as a gesture. The browser may not wait for an answer.
    element.addEventListener('cancel', (event) => this.#cancel(event), {signal});
    element.addEventListener('close', (event) => this.#closed(event), {signal});
    this.#small.addEventListener('change', () => this.#follow(), {signal});
  }

  /** Opens or closes it. The focus stays where it is, unless it could not be there any more. */
  show(open: boolean): void {
    if (open === this.#open) return;
    this.#open = open;
    this.#follow();
  }

  /** The focus is in it, or in a question of it: that is not `:focus-within` to browsers. */
  get hasFocus(): boolean {
    const {element} = this;
    return element.contains((element.getRootNode() as ShadowRoot).activeElement);
  }

  /** Takes it out of the page. */
  remove(): void {
    this.show(false);
    this.element.remove();
  }

  #follow(): void {
    const {element} = this;
    const modal = this.#small.matches;
    if (this.#open && element.open && element.matches(':modal') === modal) return;
    // A question in it would go on blocking the page, unseen; the focus is back where it was before that.
    for (const question of element.querySelectorAll<HTMLDialogElement>('dialog[open]'))
      question.close();
    const inside = this.hasFocus && deepFocus(element.getRootNode() as ShadowRoot);
    if (element.open) element.close();
    if (!this.#open || !element.isConnected) return;
    if (modal) element.showModal();
    // By its attribute: the method would take the focus, which only a person may send here.
    else element.open = true;
    if (inside) inside.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    this.#close();
  }

  #cancel(event: Event): void {
    if (event.target !== this.element) return;
    event.preventDefault();
    this.#close();
  }

  #closed({target}: Event): void {
    if (target === this.element && this.#open && !this.element.open) this.#close();
  }
}
