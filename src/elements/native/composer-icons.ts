import {svg, type SVGTemplateResult} from 'lit';

const icon = (path: string, className = ''): SVGTemplateResult =>
  svg`<svg class="composer-icon ${className}" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

/** The signs on the buttons, which have names of their own. The arrow points where the text goes. */
export const icons = {
  attach: icon(
    'M20 11.5 12.5 19a4.8 4.8 0 0 1-7-7l8-8a3.2 3.2 0 0 1 4.6 4.6l-7.9 7.9a1.6 1.6 0 0 1-2.3-2.3L15 7',
  ),
  send: icon('M4 12 3.5 4 21 12 3.5 20 4 12h8', 'composer-along'),
  save: icon('m5 12.5 5 5L19.500 7'),
  close: icon('m6 6 12 12M18 6 6 18'),
  retry: icon('M19 12a7 7 0 1 1-2-5m2.500-3v4h-4'),
};
