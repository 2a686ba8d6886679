import {html, nothing, type TemplateResult} from 'lit';

import type {RoomMessage} from '../../protocol/room-message.js';
import type {ShownMessage} from '../../session/conversation.js';
import type {Language} from '../strings/strings.js';
import type {MessageContext} from './context.js';
import {discussionButton} from './message-discussion.js';
import {nativeWords} from './native-words.js';
import {textView} from './text-view.js';

const extras = (
  message: RoomMessage,
  context: MessageContext,
  language: Language,
): TemplateResult => {
  const {attachments, fromApp} = message;
  return html`${attachments.length ? context.tools.attachments()?.(message, context, language) : nothing}
  ${discussionButton(message, context, language)}
  ${fromApp ? html`<p class="remark">${nativeWords(language).nativeFromApp}</p>` : nothing}`;
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
