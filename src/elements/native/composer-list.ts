import {html, nothing, type TemplateResult} from 'lit';

import type {ComposerStrings} from '../strings/composer-en.js';
import type {CompletionList} from './composer-completion.js';

/** The id of a row of the list. */
export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

/** The list that completes a name. It stands above the field, so that it covers nothing that is written. */
export const suggestionList = (
  listId: string,
  list: CompletionList,
  words: ComposerStrings,
): TemplateResult =>
  html`<ul
    id=${listId}
    class="composer-list"
    role="listbox"
    aria-label=${words.composerSuggestions}
    ?hidden=${!list.items.length}
    @mousedown=${
      // The field keeps the focus.
      (event: Event) => event.preventDefault()
    }
  >
    ${list.items.map(
      ({title, detail, sign}, index) =>
        html`<li
          id=${optionId(listId, index)}
          role="option"
          tabindex="-1"
          aria-selected=${index === list.active ? 'true' : 'false'}
          @click=${() => list.choose(index)}
        >
          ${sign ? html`<span class="composer-sign" aria-hidden="true">${sign}</span>` : nothing}
          <bdi class="composer-name">${title}</bdi>
          <bdi class="composer-detail">${detail}</bdi>
        </li>`,
    )}
  </ul>`;

/** Scrolls the active row into the list, and nothing else: `scrollIntoView` would move the page, too. */
export const showActive = (root: ParentNode): void => {
  const row = root.querySelector<HTMLElement>('.composer-list > [aria-selected=true]');
  const list = row?.parentElement;
  if (!row || !list) return;
  const [seen, wanted] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
  if (wanted.top < seen.top) list.scrollTop -= seen.top - wanted.top;
  else if (wanted.bottom > seen.bottom) list.scrollTop += wanted.bottom - seen.bottom;
};
