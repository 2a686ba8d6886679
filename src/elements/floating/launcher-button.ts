import {make} from '../dom.js';
import {launcherEnglish} from '../strings/launcher-en.js';
import type {Language} from '../strings/strings.js';
import type {WidgetProperties} from './widget-options.js';

/** What the button says; all is left out where there is nothing to say. */
export interface LauncherLook {
  /** Its accessible name. */
  readonly name?: string;
  /** A word for its state, which is also drawn into its sign, and said and shown as a title. */
  readonly state?: string;
  readonly sign?: string;
  readonly title?: string;
}

const SVG = 'http://www.w3.org/2000/svg';
/** The strokes of a bubble, and of an arrow down, in a square of 24. */
const BUBBLE = 'M5 5h14v10h-8l-4 4v-4H5z';
const DOWN = 'm6 9 6 6 6-6';
const WRONG = 'M12 7v3m0 2.5h.01';

/** It was pressed, and what says more is on its way. */
export const OPENING: LauncherLook = {state: 'connecting', sign: 'M9 10h.01m3 0h.01m3 0h.01'};

/** The round button in the corner. */
export class LauncherButton {
  readonly #path = document.createElementNS(SVG, 'path');
  readonly button = make('button', {type: 'button', part: 'launcher', 'aria-haspopup': 'dialog'});

  constructor() {
    const sign = document.createElementNS(SVG, 'svg');
    sign.setAttribute('viewBox', '0 0 24 24');
    sign.append(this.#path);
    this.button.append(sign);
  }

  /** Its colour until the layout is read as a whole, with all checks: it would be seen to change. */
  color({layout}: WidgetProperties): void {
    let color = '';
    try {
      const given = `${layout?.launcher?.background}`;
      if (CSS.supports('color', given)) color = given;
    } catch {
      // The page's code; it is told later.
    }
    this.button.style.setProperty('--given', color);
  }

  /** @param controls id of the window, if it is there @param failed it did not load */
  show(
    {name, state = '', sign, title = ''}: LauncherLook,
    {tag, strings}: Language,
    {open, failed, controls}: {open: boolean; failed: boolean; controls: string},
  ): void {
    const {button} = this;
    const words = {...launcherEnglish, ...strings};
    button.lang = tag;
    button.dir = strings.direction;
    button.ariaLabel = name ?? words.launcherName;
    button.title = failed ? words.launcherFailed : title;
    button.dataset.state = failed ? 'failed' : state;
    button.ariaExpanded = `${open}`;
    button.setAttribute('aria-controls', controls);
    const inside = failed ? WRONG : sign;
    this.#path.setAttribute('d', open && !inside ? DOWN : BUBBLE + (inside ?? ''));
  }
}
