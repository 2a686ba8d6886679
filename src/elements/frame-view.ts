import type {PexipChatError} from '../errors.js';
import {make, setText} from './dom.js';

/** What a {@link FrameView} shows. */
export interface FrameViewContent {
  readonly frame: HTMLIFrameElement | undefined;
  readonly frameTitle: string;
  /** Behind the frame, until it has painted. */
  readonly loading: string;
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
  readonly #cover: HTMLElement;
  readonly #failure: HTMLElement;

  constructor() {
    this.#cover = make('div', {class: 'cover'}, make('slot', {name: 'loading'}, this.#loading));
    this.#failure = make(
      'div',
      {class: 'cover', part: 'error', role: 'alert'},
      make('slot', {name: 'error'}, this.#failureText, this.#detail),
    );
    // Always there, as a live region that only comes with its text is not announced.
    this.notice = make('div', {class: 'status', role: 'status'}, this.#notice);
    this.stage = make('div', {class: 'stage'}, this.#cover, this.#failure);
  }

  show({frame, frameTitle, loading, notice, failure, error}: FrameViewContent): void {
    if (frame) {
      frame.title = frameTitle;
      // Only ever added where it is not: moving it would load it again.
      if (frame.parentNode !== this.stage) this.stage.append(frame);
    }
    setText(this.#loading, loading);
    setText(this.#failureText, failure);
    setText(this.#detail, error?.message ?? '');
    this.#cover.hidden = !loading;
    this.#notice.hidden = !notice;
    setText(this.#noticeText, notice);
    this.#failure.hidden = !failure;
  }
}
