import {html, nothing, type TemplateResult} from 'lit';

import type {RoomMessage} from '../../protocol/room-message.js';
import type {ShownMessage} from '../../session/conversation.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import type {MessageContext} from './context.js';
import {nativeWords} from './native-words.js';
import {textView} from './text-view.js';

const extras = (
  message: RoomMessage,
  context: MessageContext,
  language: Language,
): TemplateResult => {
  const words = nativeWords(language);
  const {attachments, discussion, fromApp} = message;
  const {actions, tools} = context;
  return html`${attachments.length ? tools.attachments()?.(message, context, language) : nothing}
  ${
    discussion && actions
      ? html`<button
          type="button"
          class="thread-button"
          @click=${() => actions.openRoom(`group/${discussion.roomId}`)}
        >
          <strong>${words.nativeDiscussionOpen}</strong>
          <small>${plural(language.tag, words.nativeDiscussion, discussion.count)}</small>
        </button>`
      : nothing
  }
  ${fromApp ? html`<p class="remark">${words.nativeFromApp}</p>` : nothing}`;
};

/** What a message says: its text, and what is attached. */
export const messageBody = (
  shown: ShownMessage,
  context: MessageContext,
  language: Language,
): TemplateResult => {
  if (!shown.sent) return textView({text: shown.message.text}, context, language);
  const {message} = shown;
  if (message.encrypted)
    return html`<p class="remark">${nativeWords(language).nativeEncrypted}</p>`;
  return html`${message.text ? textView(message, context, language) : nothing}
  ${extras(message, context, language)}`;
};
