import {html, nothing, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';

import type {ComposerStrings} from '../strings/composer-en.js';
import {isFinal, type QueuedFile} from './composer-files.js';
import {icons} from './composer-icons.js';
import {problemText, put, sizeText} from './composer-words.js';

/** What the files' buttons do, and what is said about files. */
export interface ChipContext {
  readonly words: ComposerStrings;
  readonly tag: string;
  /** The largest file that the workspace takes, in bytes. */
  readonly most: number | undefined;
  remove(id: number): void;
  retry(id: number): void;
}

const chip = (queued: QueuedFile, context: ChipContext): TemplateResult => {
  const {id, file, state, share, problem} = queued;
  const {words, tag, most} = context;
  const isOnItsWay = state === 'queued' || state === 'sending';
  const named = (text: string): string => put(text, 'file', file.name);
  const detail = problem ? problemText(problem, words, tag, most) : sizeText(tag, file.size);
  return html`<li class="composer-chip" data-state=${state}>
    <div class="composer-file">
      <bdi class="composer-name" title=${file.name}>${file.name}</bdi>
      <span class="composer-detail">${detail}</span>
      ${
        isOnItsWay
          ? html`<progress
              max="1"
              value=${state === 'sending' && share ? share : nothing}
              aria-label=${named(words.fileSending)}
            ></progress>`
          : nothing
      }
    </div>
    ${
      state === 'failed' && !isFinal(problem)
        ? html`<button
            type="button"
            aria-label=${named(words.fileRetryName)}
            title=${words.fileRetry}
            @click=${() => context.retry(id)}
          >
            ${icons.retry}
          </button>`
        : nothing
    }
    <button
      type="button"
      aria-label=${named(isOnItsWay ? words.fileCancel : words.fileRemove)}
      @click=${() => context.remove(id)}
    >
      ${icons.close}
    </button>
  </li>`;
};

/** The files of the composer. */
export const chips = (
  files: readonly QueuedFile[],
  context: ChipContext,
): TemplateResult | typeof nothing =>
  files.length
    ? html`<ul class="composer-chips" role="list" aria-label=${context.words.composerFiles}>
        ${repeat(
          files,
          ({id}) => id,
          (file) => chip(file, context),
        )}
      </ul>`
    : nothing;
