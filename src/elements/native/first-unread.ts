import {isByPerson} from '../../protocol/chat-message.js';
import type {Conversation} from '../../session/conversation.js';

/**
 * The first message that is new to the user.
 *
 * @param since until when all was read, by the server's clock; undefined: nothing is new
 * @param me whose messages are not new
 * @returns its id; empty where nothing is new; undefined as long as nobody knows, as there may be
 *   others before it, too
 */
export const firstUnread = (
  conversation: Conversation,
  since: number | undefined,
  me: string | undefined,
): string | undefined => {
  const {messages} = conversation;
  const {opened, older} = conversation.getState();
  const {time: oldest = Infinity} = messages[0] ?? {};
  if (since === undefined) return '';
  if (!opened || (oldest > since && older !== 'none')) return;
  const first = messages.find(
    (message) => message.time > since && message.sender.userId !== me && isByPerson(message),
  );
  return first?.id ?? '';
};
