import {html, type TemplateResult} from 'lit';

import {isByPerson} from '../../protocol/chat-message.js';
import type {Conversation, ShownMessage} from '../../session/conversation.js';
import type {Language} from '../strings/strings.js';
import type {MessageContext} from './context.js';
import type {ListRow} from './list-model.js';
import {dayOf} from './native-time.js';

/** Messages of one person within this time are drawn as one, ms. */
const TOGETHER = 5 * 60_000;

/** What the rows of a list have in common. */
export interface RowPlace {
  readonly conversation: Conversation;
  readonly context: MessageContext;
  readonly language: Language;
  /** The message that begins what is unread. */
  readonly firstUnread: string | undefined;
  /** The message that Tab reaches. */
  readonly stop: string | undefined;
}

const authorOf = (shown: ShownMessage, me: string | undefined): string | undefined =>
  shown.sent ? (shown.message.alias ?? shown.message.sender.userId) : me;

const isSaid = (shown: ShownMessage): boolean => !shown.sent || isByPerson(shown.message);

/** Whether a message goes on where the one before it ended. */
const goesOn = (before: ShownMessage, shown: ShownMessage, me: string | undefined): boolean => {
  const [from, to] = [before.message.time, shown.message.time];
  return (
    authorOf(before, me) === authorOf(shown, me) &&
    isSaid(before) &&
    isSaid(shown) &&
    to - from < TOGETHER &&
    dayOf(from) === dayOf(to)
  );
};

/** A row of the list, whose key is the message's id; the index is -1 where that has gone. */
export const messageRow = (
  {key, index}: ListRow,
  {conversation, context, language, firstUnread, stop}: RowPlace,
): TemplateResult => {
  const {size} = conversation;
  const shown = index < 0 ? undefined : conversation.at(index);
  const before = index > 0 ? conversation.at(index - 1) : undefined;
  const isFirst = key === firstUnread;
  return html`<div class="row" data-key=${key}>
    <rc-message
      .shown=${shown}
      .context=${context}
      .language=${language}
      .dated=${!!shown && (!before || dayOf(before.message.time) !== dayOf(shown.message.time))}
      .joined=${!!shown && !!before && !isFirst && goesOn(before, shown, context.myId)}
      .firstUnread=${isFirst}
      .position=${index + 1}
      .count=${conversation.getState().older === 'none' ? size : -1}
      .stop=${key === stop}
    ></rc-message>
  </div>`;
};
