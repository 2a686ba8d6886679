import {make, setText, setWords} from '../dom.js';
import {launcherEnglish, type LauncherStrings} from '../strings/launcher-en.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';

/** What there is to say beside a number; `open` shows a sign alone. */
export type LauncherState = 'ready' | 'connecting' | 'offline' | 'signed_out' | 'failed';

export interface LauncherContent {
  readonly state: LauncherState;
  readonly open: boolean;
  /** The window is there. */
  readonly withWindow: boolean;
  readonly unread: {readonly count: number; readonly alert: boolean};
  readonly language: Language;
}

/** The greatest number on the badge. */
const MOST = 99;
const BUBBLE = 'M5 5h14v10h-8l-4 4v-4H5z';
const WRONG = `${BUBBLE}M12 7v3m0 2.5h.01`;
/** The strokes of the signs, in a square of 24. */
const SIGNS = {
  ready: BUBBLE,
  connecting: `${BUBBLE}M9 10h.01M12 10h.01M15 10h.01`,
  offline: `${BUBBLE}M4 3l16 16`,
  signed_out: WRONG,
  failed: WRONG,
  open: 'm6 9 6 6 6-6',
} as const;
const SVG = 'http://www.w3.org/2000/svg';

/** The round button in the corner, with its badge. */
export class LauncherButton {
  readonly #words = make('span', {class: 'words'});
  readonly #badge = make('span', {part: 'badge', 'aria-hidden': 'true'});
  /** Outside the button, whose name it would be part of. */
  readonly #description = make('span', {id: 'state', hidden: ''});
  readonly #path = document.createElementNS(SVG, 'path');
  readonly button = make('button', {
    type: 'button',
    part: 'launcher',
    'aria-haspopup': 'dialog',
    'aria-describedby': 'state',
  });
  readonly nodes = [this.button, this.#description];

  constructor() {
    const sign = document.createElementNS(SVG, 'svg');
    sign.setAttribute('viewBox', '0 0 24 24');
    sign.setAttribute('aria-hidden', 'true');
    sign.append(this.#path);
    this.button.append(sign, this.#words, this.#badge);
  }

  show({state, open, withWindow, unread: {count, alert}, language}: LauncherContent): void {
    const {tag, strings} = language;
    const words: LauncherStrings = {...launcherEnglish, ...strings};
    const {button} = this;
    const name = count
      ? plural(tag, words.launcherUnread, count)
      : alert
        ? words.launcherAlert
        : words.launcherName;
    setWords(this.#words, name, language);
    setWords(this.#description, state === 'ready' ? '' : words[`launcher_${state}`], language);
    this.#path.setAttribute('d', SIGNS[open && state === 'ready' ? 'open' : state]);
    button.dataset.state = state;
    // Also for whoever sees the sign alone.
    button.title = this.#description.textContent;
    button.ariaExpanded = String(open);
    if (withWindow) button.setAttribute('aria-controls', 'window');
    else button.removeAttribute('aria-controls');
    this.#badge.hidden = open || !(count || alert);
    const most = plural(
      tag,
      count > MOST ? words.launcherMost : {other: '#'},
      Math.min(count, MOST),
    );
    setText(this.#badge, count ? most : '');
  }
}
