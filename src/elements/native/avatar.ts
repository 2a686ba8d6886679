import {html, type TemplateResult} from 'lit';

import type {MessageContext} from './context.js';

/** So many colours there are in the style sheet. */
const COLOURS = 8;

/** The same for a name, always. */
const colourOf = (name: string): number => {
  let sum = 0;
  for (let i = 0; i < name.length; i++) sum = (sum * 31 + name.charCodeAt(i)) % 9973;
  return sum % COLOURS;
};

const initialOf = (name: string): string => {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? '?';
};

/** The picture of a person beside a message, or the first letter of the name. It says nothing that the name does not. */
export const avatar = (
  name: string,
  username: string,
  {files, person}: Pick<MessageContext, 'files' | 'person'>,
): TemplateResult => {
  const address = person(username).image ?? files.avatar(username);
  return html`<span class="avatar c${colourOf(username)}" aria-hidden="true"
    >${initialOf(name)}${
      address
        ? html`<img
            src=${address}
            alt=""
            loading="lazy"
            referrerpolicy="no-referrer"
            @error=${({target}: Event) => (target as Element).remove()}
          />`
        : ''
    }</span
  >`;
};
