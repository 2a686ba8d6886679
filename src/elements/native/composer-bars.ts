import {html, nothing, type TemplateResult} from 'lit';

import type {ComposerStrings} from '../strings/composer-en.js';
import {plural} from '../strings/plural.js';
import {icons} from './composer-icons.js';
import type {Quote} from './composer-types.js';
import {put} from './composer-words.js';

/** What is said above the field until it is dismissed, or something is written. */
export type ComposerNotice =
  | {readonly kind: 'too-long' | 'empty' | 'failed'}
  | {readonly kind: 'many'; readonly count: number}
  /** `text` was put in, and is too long even to be edited. */
  | {readonly kind: 'pasted'; readonly text: string};

const closeButton = (label: string, close: () => void): TemplateResult =>
  html`<button type="button" aria-label=${label} @click=${close}>${icons.close}</button>`;

/** Says that a message is being edited, with a button that ends it. */
export const editBar = (words: ComposerStrings, cancel: () => void): TemplateResult =>
  html`<div class="composer-bar">
    <span class="composer-name">${words.composerEditing}</span>
    ${closeButton(words.composerCancelEdit, cancel)}
  </div>`;

/** The message that is answered to, with a button that takes it away. */
export const quoteBar = (
  {author, text}: Quote,
  words: ComposerStrings,
  remove: () => void,
): TemplateResult =>
  html`<div class="composer-bar composer-quote">
    <span class="composer-quoted">
      <span class="composer-name">${put(words.composerQuoting, 'name', author)}</span>
      <span class="composer-detail" dir="auto">${text}</span>
    </span>
    ${closeButton(put(words.composerRemoveQuote, 'name', author), remove)}
  </div>`;

const noticeText = (notice: ComposerNotice, words: ComposerStrings, tag: string): string => {
  switch (notice.kind) {
    case 'too-long':
      return words.composerTooLong;
    case 'empty':
      return words.composerEmpty;
    case 'failed':
      return words.composerFailed;
    case 'many':
      return plural(tag, words.filesMany, notice.count);
    case 'pasted':
      return plural(tag, words.composerPasted, notice.text.length);
  }
};

/** The notice; the region is always there, as one that only comes with its text is not announced. */
export const noticeBar = (
  notice: ComposerNotice | undefined,
  words: ComposerStrings,
  tag: string,
  /** Attaches the text as a file; undefined where no files can be sent. */
  asFile: (() => void) | undefined,
  dismiss: () => void,
): TemplateResult =>
  html`<div class="composer-notice" data-kind=${notice?.kind ?? ''}>
    <p role="status">${notice ? noticeText(notice, words, tag) : ''}</p>
    ${
      asFile && (notice?.kind === 'too-long' || notice?.kind === 'pasted')
        ? html`<button type="button" class="composer-worded" @click=${asFile}>
            ${words.composerAsFile}
          </button>`
        : nothing
    }
    ${notice ? closeButton(words.composerDismiss, dismiss) : nothing}
  </div>`;
