import type {PexipChatError} from '../errors.js';
import {make, setText, setWords} from './dom.js';
import type {Language} from './strings/strings.js';

/** What a {@link FrameView} shows. */
export interface FrameViewContent {
  readonly frame: HTMLIFrameElement | undefined;
  readonly frameTitle: string;
  /** The language of the texts. */
  readonly language: Language;
  /** Behind the frame, until it has painted; undefined if nothing is to be there. */
  readonly loading: string | undefined;
  /** Beside the frame, which stays usable. */
  readonly notice: string;
  /** Instead of the frame. */
  readonly failure: string;
  /** What was wrong, for the developer: shown below the failure. */
  readonly error: PexipChatError | undefined;
}

/**
 * The stage of an element that shows a frame: the frame, what is there before it, beside it and
 * instead of it. Built once; slots let a page put its own words in each place.
 */
export class FrameView {
  readonly stage: HTMLElement;
  readonly notice: HTMLElement;
  readonly cover: HTMLElement;
  readonly #loading = make('p');
  readonly #noticeText = make('p');
  readonly #failureText = make('p');
  // Written for whoever builds the page, and not translated.
  readonly #detail = make('small', {lang: 'en', dir: 'ltr'});
  readonly #notice = make(
    'div',
    {class: 'notice', part: 'notice'},
    make('slot', {name: 'notice'}, this.#noticeText),
  );
  readonly #failure: HTMLElement;

  constructor() {
    this.cover = make('div', {class: 'cover'}, make('slot', {name: 'loading'}, this.#loading));
    this.#failure = make(
      'div',
      {class: 'cover', part: 'error', role: 'alert'},
      make('slot', {name: 'error'}, this.#failureText, this.#detail),
    );
    // Always there, as a live region that only comes with its text is not announced.
    this.notice = make('div', {class: 'status', role: 'status'}, this.#notice);
    this.stage = make('div', {class: 'stage'}, this.cover, this.#failure);
  }

  show({frame, frameTitle, language, loading, notice, failure, error}: FrameViewContent): void {
    if (frame) {
      frame.title = frameTitle;
      frame.lang = language.tag;
      // Only ever added where it is not: moving it would load it again.
      if (frame.parentNode !== this.stage) this.stage.append(frame);
    }
    setWords(this.#loading, loading ?? '', language);
    setWords(this.#failureText, failure, language);
    setText(this.#detail, error?.message ?? '');
    this.cover.hidden = loading === undefined;
    this.#notice.hidden = !notice;
    setWords(this.#noticeText, notice, language);
    this.#failure.hidden = !failure;
  }
}
