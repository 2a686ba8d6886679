import {PexipChatError} from '../errors.js';
import {make, setWords} from './dom.js';
import {standbyStyles} from './standby.styles.js';
import {plural} from './strings/plural.js';
import {standbyEnglish} from './strings/standby-en.js';
import type {Language} from './strings/strings.js';

/** How far outside the viewport a room counts as near. */
const MARGIN = '200px';

/** Where the two stand, and what they do. */
export interface StandbyPlace {
  readonly room: HTMLElement;
  readonly root: ShadowRoot;
  /** Takes the button that starts the meeting. */
  readonly cover: HTMLElement;
  /** Takes the chat button. */
  readonly bar: HTMLElement;
  start(): void;
  toggleChat(): void;
}

export interface StandbyContent {
  readonly waitsFor: 'lazy' | 'click' | '';
  /** The chat button is there. */
  readonly withButton: boolean;
  /** The chat is open. */
  readonly open: boolean;
  readonly count: number;
  readonly alert: boolean;
  readonly language: Language;
}

/**
 * What stands in for a meeting that is not started yet, and for the Chat button of one that has
 * none: a button that starts it, or the wait until the room is near the viewport; a button that
 * opens the chat.
 */
export class Standby {
  readonly #place: StandbyPlace;
  readonly #starter = make('button', {type: 'button'});
  readonly #button = make('button', {type: 'button'});
  readonly #toolbar = make('div', {class: 'toolbar', part: 'toolbar'}, this.#button);
  #observer: IntersectionObserver | undefined;

  constructor(place: StandbyPlace) {
    this.#place = place;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(standbyStyles);
    place.root.adoptedStyleSheets = [...place.root.adoptedStyleSheets, sheet];
    this.#starter.addEventListener('click', () => place.start());
    this.#button.addEventListener('click', () => place.toggleChat());
    place.cover.append(this.#starter);
    place.bar.append(this.#toolbar);
  }

  show({waitsFor, withButton, open, count, alert, language}: StandbyContent): void {
    const words = {...standbyEnglish, ...language.strings};
    const label = count
      ? plural(language.tag, words.chatButtonUnread, count)
      : alert
        ? words.chatButtonAlert
        : words.chatButton;
    this.#starter.hidden = waitsFor !== 'click';
    setWords(this.#starter, words.meetingStart, language);
    this.#toolbar.hidden = !withButton;
    this.#button.setAttribute('aria-pressed', String(open));
    setWords(this.#button, label, language);
    if (waitsFor === 'lazy') this.#watch();
    else this.stop();
  }

  /** What is said above a meeting without its plugin. */
  notice({strings}: Language): string {
    return strings.meetingUnbridged ?? standbyEnglish.meetingUnbridged;
  }

  /** Waits no longer for the room to come near. */
  stop(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  #watch(): void {
    if (this.#observer) return;
    const {room, start} = this.#place;
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({isIntersecting}) => isIntersecting)) start();
      },
      {rootMargin: MARGIN},
    );
    this.#observer.observe(room);
  }
}

/** The error of a meeting whose plugin was not heard in time. */
export const pluginTimeout = (): PexipChatError =>
  new PexipChatError(
    'plugin-timeout',
    'The meeting is shown, but no external-chat plugin was heard. Check that the branding of this ' +
      "path has the plugin, that its package lists this page's origin (make package ORIGINS=…), that " +
      'the node lets this page frame it, and, with the original plugin, that this is the top window.',
  );

/** A file that is loaded when a room waits with `loading`, or is `unbridged`. */
export const standby = (place: StandbyPlace): Standby => new Standby(place);
