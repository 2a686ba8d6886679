import {ReactiveElement, type PropertyDeclarations} from 'lit';

import {PexipChatError} from '../errors.js';
import {warnOfError} from '../log.js';
import {FrameView} from './frame-view.js';
import {languageOf, type Language} from './strings/strings.js';

/** What the two elements have in common: the frame's view, a named state, and coded errors. */
export abstract class FramedElement extends ReactiveElement {
  static override properties: PropertyDeclarations = {
    frameTitle: {attribute: 'frame-title'},
    language: {},
  };

  /** Accessible name of the frame; a word of the element's language if left out. */
  declare frameTitle: string | null;

  /** BCP 47 tag of the element's texts; the page's language if left out. */
  declare language: string | null;

  protected readonly frameView = new FrameView();
  protected error: PexipChatError | undefined;
  readonly #internals = this.attachInternals();
  #shownState = '';

  protected get texts(): Language {
    return languageOf(this.language);
  }

  /** Makes `name` the state that `:state()` shows. */
  protected showState(name: string): void {
    this.toggleState(this.#shownState, false);
    this.toggleState((this.#shownState = name), true);
  }

  /** Sets or clears a further custom state. */
  protected toggleState(name: string, on: boolean): void {
    const {states} = this.#internals;
    if (on) states.add(name);
    else states.delete(name);
  }

  /** Tells of an error: once on the console, and to {@link fireError}. */
  protected report(error: PexipChatError): void {
    this.error = error;
    warnOfError(error);
    this.fireError(error);
    this.requestUpdate();
  }

  protected abstract fireError(error: PexipChatError): void;
}
