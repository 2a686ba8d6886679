import {html, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';

import {linkTarget} from '../../protocol/message-link.js';
import type {MarkupStrings} from '../strings/markup-en.js';
import {put} from './composer-words.js';

/** Built anew when `key` changes, so that nothing is open that nobody has opened. */
const anew = (key: string, template: () => TemplateResult): unknown =>
  repeat([key], (each) => each, template);

const toggle = ({currentTarget}: Event): void => {
  const button = currentTarget as HTMLButtonElement;
  const hidden = button.nextElementSibling as HTMLElement;
  hidden.hidden = !hidden.hidden;
  button.setAttribute('aria-expanded', String(!hidden.hidden));
};

/**
 * What somebody has hidden, behind a button that shows it and hides it again.
 *
 * @param text what is hidden; with another text it is hidden again
 * @param hidden one element with the attribute `hidden`
 */
export const spoiler = (text: string, hidden: TemplateResult, strings: MarkupStrings): unknown =>
  anew(
    text,
    () =>
      html`<button type="button" class="reveal" dir="auto" aria-expanded="false" @click=${toggle}>
          ${strings.markupSpoiler}</button
        >${hidden}`,
  );

const show = ({currentTarget}: Event, src: string): void => {
  const button = currentTarget as HTMLButtonElement;
  const link = button.nextElementSibling as HTMLAnchorElement;
  link.querySelector('img')!.src = src;
  link.hidden = false;
  // The button goes, and the focus with it.
  link.focus();
  button.hidden = true;
};

/**
 * A picture from elsewhere. It is loaded by a click alone, as loading it tells its server who reads the
 * message and when; then it leads to itself in full size.
 */
export const remoteImage = (href: string, label: string, strings: MarkupStrings): unknown => {
  const host = linkTarget(href);
  return anew(
    href,
    () =>
      html`<button
          type="button"
          class="reveal image"
          dir="auto"
          @click=${(event: Event) => show(event, href)}
        >
          ${put(strings.markupImage, 'host', host)}${label && html`<bdi>${label}</bdi>`}</button
        ><a class="picture" href=${href} hidden target="_blank" rel="noopener noreferrer"
          ><img
            alt=${label || put(strings.markupImageShown, 'host', host)}
            referrerpolicy="no-referrer"
        /></a>`,
  );
};
