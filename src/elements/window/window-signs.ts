import {svg, type SVGTemplateResult} from 'lit';

const sign = (path: string, className = ''): SVGTemplateResult =>
  svg`<svg class="sign ${className}" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

/** The signs on the buttons of the window, which have names of their own. */
export const windowSigns = {
  back: sign('m14 6-6 6 6 6', 'along'),
  close: sign('m6 6 12 12M18 6 6 18'),
  settings: sign(
    'M4 7h9m5 0h2M4 17h2m5 0h9M18 7a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0zM11 17a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0z',
  ),
};
