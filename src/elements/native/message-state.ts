import {html, nothing, type TemplateResult} from 'lit';

import type {RoomMessage} from '../../protocol/room-message.js';
import type {ShownMessage} from '../../session/conversation.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import type {MessageContext} from './context.js';
import {clockText, dateFormat, dayOf, momentText} from './native-time.js';
import {nativeWords} from './native-words.js';

/** What is said beside the time: on its way, edited, pinned. */
export const messageState = (
  shown: ShownMessage,
  {readUntil}: Pick<MessageContext, 'readUntil'>,
  language: Language,
  mine: boolean,
): TemplateResult | typeof nothing => {
  const words = nativeWords(language);
  if (!shown.sent)
    return shown.message.error
      ? nothing
      : html`<span class="state sending">${words.nativeSending}</span>`;
  const {edited, pinned, time} = shown.message;
  const unread = shown.message.unread && time > readUntil;
  const editedAt =
    edited && words.nativeEditedAt.replace('{time}', momentText(language.tag, edited));
  return html`${
    edited ? html`<span class="state" title=${editedAt}>${words.nativeEdited}</span>` : nothing
  }
  ${pinned ? html`<span class="state">${words.nativePinned}</span>` : nothing}
  ${
    mine && unread
      ? html`<span
          class="state unseen"
          role="img"
          aria-label=${words.nativeUnseen}
          title=${words.nativeUnseen}
        ></span>`
      : nothing
  }`;
};

/** How many have answered in the thread of a message. */
export const threadButton = (
  message: RoomMessage,
  {actions, thread}: MessageContext,
  language: Language,
): TemplateResult | typeof nothing => {
  if (!message.thread || thread || !actions) return nothing;
  const {tag} = language;
  const words = nativeWords(language);
  const {count, last} = message.thread;
  const replies = plural(tag, words.nativeReplies, count);
  const when =
    last === undefined
      ? ''
      : dayOf(last) === dayOf(Date.now())
        ? clockText(tag, last)
        : dateFormat(tag, {dateStyle: 'medium'}).format(last);
  const since = when && words.nativeLastReply.replace('{time}', when);
  return html`<button
    type="button"
    class="thread-button"
    aria-label=${words.nativeThreadOpen.replace('{replies}', `${replies} ${since}`)}
    @click=${() => actions.openThread(message)}
  >
    <strong>${replies}</strong>
    ${since ? html`<small>${since}</small>` : nothing}
  </button>`;
};
