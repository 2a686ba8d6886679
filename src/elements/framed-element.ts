import {ReactiveElement, type PropertyDeclarations} from 'lit';

import {PexipChatError} from '../errors.js';
import {warnOfError} from '../log.js';
import {attributeError} from './attribute-errors.js';
import {FrameView, type FrameViewContent} from './frame-view.js';
import {languageOf, languageTag, loadLanguage, type Language} from './strings/strings.js';

/** What the two elements have in common: the frame's view, a named state, and coded errors. */
export abstract class FramedElement extends ReactiveElement {
  static override properties: PropertyDeclarations = {
    frameTitle: {attribute: 'frame-title'},
    language: {},
    debug: {type: Boolean},
  };

  /** Accessible name of the frame; a word of the element's language if left out. */
  declare frameTitle: string | null;

  /**
   * BCP 47 tag of the element's texts; the page's `lang` if left out. A language that is not there
   * falls back to English.
   */
  declare language: string | null;

  /** Logs what travels between the element and its frame (`console.debug`), without its texts. */
  declare debug: boolean;

  protected readonly frameView = new FrameView();
  protected error: PexipChatError | undefined;
  readonly #internals = this.attachInternals();
  #shownState = '';
  #asked = '';

  constructor() {
    super();
    this.debug = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  /**
   * The element was moved by `moveBefore`, which keeps what its frame shows: nothing is to be done.
   * Without this method it would be told that it has left and come again, and would load the frame anew.
   */
  protected connectedMoveCallback(): void {}

  /** The language to show now; one that is a file is loaded, and the element updated with it. */
  protected useLanguage(): Language {
    const asked = this.language || document.documentElement.lang;
    const tag = languageTag(asked);
    if (asked !== this.#asked) {
      this.#asked = asked;
      // What the page is written in is no mistake, even if we have no texts in it.
      if (!tag && this.language) this.report(attributeError('language', 'unknown-value'), false);
      loadLanguage(tag)?.then(
        () => this.requestUpdate(),
        (error: PexipChatError) => this.report(error, false),
      );
    }
    return languageOf(tag);
  }

  /** Shows the frame and its texts, and makes `state` the one that `:state()` tells. */
  protected present(state: string, content: Omit<FrameViewContent, 'error'>): void {
    this.toggleState(this.#shownState, false);
    this.toggleState((this.#shownState = state), true);
    const {error, frameTitle} = this;
    this.frameView.show({...content, frameTitle: frameTitle || content.frameTitle, error});
  }

  /** Sets or clears a further custom state. */
  protected toggleState(name: string, on: boolean): void {
    const {states} = this.#internals;
    if (on) states.add(name);
    else states.delete(name);
  }

  /** Tells of an error: once on the console, and to {@link fireError}. @param shown in a failure */
  protected report(error: PexipChatError, shown = true): void {
    if (shown) this.error = error;
    warnOfError(error);
    this.fireError(error);
    this.requestUpdate();
  }

  protected abstract fireError(error: PexipChatError): void;
}
