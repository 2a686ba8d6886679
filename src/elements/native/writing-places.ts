import {html, type TemplateResult} from 'lit';

import type {WriteBar} from '../../protocol/room-traits.js';
import type {Conversation} from '../../session/conversation.js';
import type {Language} from '../strings/strings.js';
import type {ComposedMessage} from './composer-types.js';
import type {MessageContext} from './context.js';
import type {ThreadContent} from './thread.js';
import type {Writing} from './writing.js';

/** Where one writes in a room. */
export const roomComposer = (
  writing: Writing,
  conversation: Conversation,
  roomName: string,
  bar: WriteBar | undefined,
  language: Language,
): TemplateResult =>
  html`<rc-composer
    .language=${language}
    .roomName=${roomName}
    .blocked=${bar}
    .draftKey=${writing.draftKey()}
    .limits=${writing.rules.limits}
    .sources=${writing.sources}
    .upload=${writing.upload()}
    .onSend=${(message: ComposedMessage) => writing.hands.send(message, conversation)}
    .onTyping=${(active: boolean) => writing.activity.write(active)}
    .onEditLast=${() => writing.editLast(conversation, bar)}
  ></rc-composer>`;

/** What a thread shows, and what is done in it. */
export const threadContent = (
  writing: Writing,
  conversation: Conversation,
  context: MessageContext,
  bar: WriteBar | undefined,
  language: Language,
): ThreadContent => {
  const {threadId} = conversation;
  return {
    conversation,
    language,
    context,
    blocked: bar,
    draftKey: writing.draftKey(threadId),
    limits: writing.rules.limits,
    sources: writing.sources,
    upload: writing.upload(threadId),
    send: (message) => writing.hands.send(message, conversation),
    typing: (active) => writing.activity.write(active, threadId),
    editLast: () => writing.editLast(conversation, bar),
    close: () => writing.hands.closeThread(),
  };
};
