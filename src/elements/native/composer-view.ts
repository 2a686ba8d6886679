import {html, nothing, type TemplateResult} from 'lit';

import type {WriteBar} from '../../protocol/room-traits.js';
import type {ComposerStrings} from '../strings/composer-en.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import {editBar, noticeBar, quoteBar} from './composer-bars.js';
import {chips} from './composer-chips.js';
import type {Hands} from './composer-hands.js';
import {icons} from './composer-icons.js';
import {optionId, suggestionList} from './composer-list.js';
import type {ComposerLimits, Upload} from './composer-types.js';
import {barText, composerWords, put} from './composer-words.js';

/** What is seen of the composer: its own properties. */
export interface ComposerSight {
  readonly language: Language;
  readonly roomName: string | undefined;
  /** What the field is called, in the place of the room. */
  readonly label: string | undefined;
  readonly limits: ComposerLimits;
  readonly blocked: WriteBar | undefined;
  readonly upload: Upload | undefined;
}

/** What it is made of, and what its buttons do. */
export interface ComposerParts extends Hands {
  readonly listId: string;
  /** Always there: what is announced, and what lies over the area of a drop. */
  readonly fixed: readonly Element[];
  pick(): void;
}

/** So many characters before the limit the rest is counted. */
const COUNTED = 200;

/** The names and states of the field, which Lit does not draw. */
const describe = (
  {language, roomName, label: given}: ComposerSight,
  {field, list, listId, enterSends}: ComposerParts,
  words: ComposerStrings,
  isTooLong: boolean,
): void => {
  const {area} = field;
  const label = given ?? (roomName ? put(words.composerTo, 'room', roomName) : words.composerLabel);
  const attributes: Readonly<Record<string, string | undefined>> = {
    'aria-label': label,
    placeholder: label,
    // Whoever writes decides in which direction; before that it is the language of the placeholder.
    dir: field.value ? 'auto' : language.strings.direction,
    enterkeyhint: enterSends() ? 'send' : 'enter',
    'aria-controls': list.items.length ? listId : undefined,
    'aria-activedescendant': list.active < 0 ? undefined : optionId(listId, list.active),
    'aria-invalid': isTooLong ? 'true' : undefined,
    'aria-describedby': isTooLong ? `${listId}-left` : undefined,
  };
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) area.removeAttribute(name);
    else if (area.getAttribute(name) !== value) area.setAttribute(name, value);
  }
};

const counter = (left: number, id: string, words: ComposerStrings, tag: string): TemplateResult =>
  html`<p class="composer-left" id=${id} data-over=${left < 0 ? 'true' : nothing}>
    ${plural(tag, left < 0 ? words.composerOver : words.composerLeft, Math.abs(left))}
  </p>`;

const row = (
  {field, desk, pick, submit}: ComposerParts,
  upload: Upload | undefined,
  words: ComposerStrings,
): TemplateResult => {
  const {edit} = desk.room;
  const label = edit ? words.composerSave : words.composerSend;
  return html`<div class="composer-row">
    ${
      upload
        ? html`<button
            type="button"
            aria-label=${words.composerAttach}
            title=${words.composerAttach}
            ?disabled=${!!edit}
            @click=${pick}
          >
            ${icons.attach}
          </button>`
        : nothing
    }
    ${field.area}
    <button
      type="button"
      class="composer-send"
      part="composer-send"
      aria-label=${label}
      title=${label}
      ?disabled=${!desk.isFilled}
      @click=${submit}
    >
      ${edit ? icons.save : icons.send}
    </button>
  </div>`;
};

/** All of the composer. */
export const composerView = (sight: ComposerSight, parts: ComposerParts): TemplateResult => {
  const {language, blocked, limits, upload} = sight;
  const {desk, field, list, listId, fixed} = parts;
  const {tag, strings} = language;
  const words = composerWords(language);
  const {edit, quote, notice, files} = desk.room;
  const left = desk.most - field.value.trim().length;
  describe(sight, parts, words, left < 0);
  return html`<div class="composer" part="composer" lang=${tag} dir=${strings.direction}>
    ${
      blocked
        ? html`<p class="composer-blocked" tabindex="-1">${barText(blocked, words)}</p>`
        : nothing
    }
    <div class="composer-body" ?hidden=${!!blocked}>
      ${suggestionList(listId, list, words)}
      ${edit ? editBar(words, () => desk.endEdit()) : nothing}
      ${quote && !edit ? quoteBar(quote, words, () => desk.set({quote: undefined})) : nothing}
      ${chips(files.files, {
        words,
        tag,
        most: limits.files?.size,
        remove: (id) => desk.removeFile(id),
        retry: (id) => upload && files.retry(id, upload),
      })}
      ${noticeBar(notice, words, tag, upload && !edit ? () => desk.attachText() : undefined, () =>
        desk.set({notice: undefined}),
      )}
      ${row(parts, upload, words)}
      ${left <= COUNTED ? counter(left, `${listId}-left`, words, tag) : nothing}
    </div>
    ${fixed}
  </div>`;
};
