import type {Written} from '../../session/completion.js';
import {make} from '../dom.js';

/** Grows by itself where the browser knows how; elsewhere {@link ComposerField.grow} does it. */
const growsAlone = (): boolean => CSS.supports('field-sizing', 'content');

/** The field that is written in. It is there from the start, so that it can be filled before it is shown. */
export class ComposerField {
  readonly area = make('textarea', {
    rows: '1',
    class: 'composer-field',
    part: 'composer-field',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
  });
  #observer: ResizeObserver | undefined;
  #width = 0;

  get value(): string {
    return this.area.value;
  }

  set value(text: string) {
    // Equal text would still move the caret.
    if (this.area.value !== text) this.area.value = text;
    this.grow();
  }

  /** What is written, and where the caret is; undefined while a piece is selected. */
  get written(): Written | undefined {
    const {value, selectionStart, selectionEnd} = this.area;
    return selectionStart === selectionEnd ? {text: value, caret: selectionStart} : undefined;
  }

  get isFocused(): boolean {
    return this.area.matches(':focus');
  }

  /** Puts `text` in the place of a piece, in a way that can be undone, and the caret behind it. */
  replace(from: number, to: number, text: string): void {
    this.area.focus();
    this.area.setSelectionRange(from, to);
    // Deprecated, and the only way in which browsers keep their history of the field. Without the focus it
    // would write into another one.
    if (!this.isFocused || !document.execCommand('insertText', false, text)) {
      this.area.setRangeText(text, from, to, 'end');
      this.area.dispatchEvent(new InputEvent('input', {bubbles: true}));
    }
  }

  focusAtEnd(): void {
    this.area.focus();
    this.area.setSelectionRange(this.value.length, this.value.length);
  }

  /** Makes it as high as its text, up to the limit of the style sheet. */
  grow(): void {
    if (growsAlone() || !this.area.isConnected) return;
    const {style} = this.area;
    style.blockSize = 'auto';
    const {scrollHeight, offsetHeight, clientHeight} = this.area;
    if (scrollHeight) style.blockSize = `${scrollHeight + offsetHeight - clientHeight}px`;
  }

  /** Lines break elsewhere when the width changes, and a field that is not laid out has no height yet. */
  watch(): void {
    if (growsAlone()) return;
    this.#observer ??= new ResizeObserver(() => {
      const {clientWidth} = this.area;
      if (clientWidth === this.#width) return;
      this.#width = clientWidth;
      this.grow();
    });
    this.#observer.observe(this.area);
  }

  unwatch(): void {
    this.#observer?.disconnect();
  }
}
