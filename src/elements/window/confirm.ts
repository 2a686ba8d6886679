import {make, setText} from '../dom.js';

/** A question that has to be answered before all else: a dialog in the window's. */
export class Confirm {
  readonly #question = make('p', {id: 'question'});
  readonly #cancel = make('button', {type: 'button', class: 'plain'});
  readonly #yes = make('button', {type: 'button', class: 'strong'});
  readonly element = make(
    'dialog',
    {class: 'confirm', role: 'alertdialog', 'aria-labelledby': 'question'},
    this.#question,
    make('div', {class: 'answers'}, this.#cancel, this.#yes),
  );
  #answer: (agreed: boolean) => void = () => undefined;

  constructor(signal: AbortSignal) {
    const {element} = this;
    this.#cancel.addEventListener('click', () => element.close(), {signal});
    this.#yes.addEventListener(
      'click',
      () => {
        this.#answer(true);
        element.close();
      },
      {signal},
    );
    // However it is closed; an answer that was given stays.
    element.addEventListener('close', () => this.#answer(false), {signal});
    // The window has its own.
    for (const type of ['keydown', 'cancel'])
      element.addEventListener(type, (event) => event.stopPropagation(), {signal});
    signal.addEventListener('abort', () => this.#answer(false));
  }

  /** @returns whether the person agrees; the focus is back where it was by then */
  ask(question: string, yes: string, cancel: string): Promise<boolean> {
    if (this.element.open) return Promise.resolve(false);
    setText(this.#question, question);
    setText(this.#yes, yes);
    setText(this.#cancel, cancel);
    // The first button has the focus, which changes nothing.
    this.element.showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }
}
