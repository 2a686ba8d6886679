import {html, type TemplateResult} from 'lit';

import {colourOf, initialOf} from '../letter-picture.js';
import type {MessageContext} from './context.js';

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
