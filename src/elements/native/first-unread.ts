import {isByPerson} from '../../protocol/chat-message.js';
import type {Conversation} from '../../session/conversation.js';

/**
 * The first message that is new to the user.
 *
 * @param since until when all was read, by the server's clock; undefined: nothing is new
 * @param me whose messages are not new
 * @returns its id; undefined as long as there may be others before it, too
 */
export const firstUnread = (
  conversation: Conversation,
  since: number | undefined,
  me: string | undefined,
): string | undefined => {
  const {messages} = conversation;
  const {time: oldest = Infinity} = messages[0] ?? {};
  if (since === undefined || (oldest > since && conversation.getState().older !== 'none')) return;
  return messages.find(
    (message) => message.time > since && message.sender.userId !== me && isByPerson(message),
  )?.id;
};
