import {svg, type SVGTemplateResult} from 'lit';

const sign = (path: string, className = ''): SVGTemplateResult =>
  svg`<svg class="sign ${className}" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

/** The signs on the buttons of the conversation, which have names of their own. Some go along with the text. */
export const signs = {
  thread: sign('M5 5h14v10h-8l-4 4v-4H5z', 'along'),
  quote: sign('M10 7H5v6h5V7zm0 6c0 2-1 4-3 5m12-11h-5v6h5V7zm0 6c0 2-1 4-3 5', 'along'),
  edit: sign('m5 19 1-4L16 5l3 3L9 18z'),
  remove: sign('M5 7h14m-9-3h4M7 7l1 13h8l1-13'),
  smile: sign('M20 12a8 8 0 1 1-5-7.400M9 10h.01M15 10h.01M9 14.500a4 4 0 0 0 6 0M19 2v6m-3-3h6'),
  outside: sign('M10 5H5v14h14v-5M13 5h6v6m0-6-8 8', 'along'),
  close: sign('m6 6 12 12M18 6 6 18'),
  down: sign('m6 9 6 6 6-6'),
  file: sign('M7 3h7l4 4v14H7zm7 0v4h4'),
};
