import {isByPerson, type ChatMessage} from '../protocol/chat-message.js';
import type {LiveFact, MessageDetail} from './live-state.js';
import type {MessageNews} from './room-log.js';

/** What is told of a message; one's own that the server has not told again has no more than this. */
export type KnownMessage = Pick<ChatMessage, 'text' | 'time'> & {
  readonly sender: {readonly username: string};
};

/** A message as it is told to the page. */
export const messageDetail = (
  id: string,
  roomId: string,
  {text, time, sender}: KnownMessage,
  participants: readonly string[],
): MessageDetail => ({
  id,
  roomId,
  participants,
  text,
  timestamp: new Date(time),
  sender: sender.username,
});

/** What the page is told of news, as the user with this id; nothing of what no person has written. */
export const messageFact = (
  news: MessageNews,
  roomId: string,
  userId: string,
  participants: readonly string[],
): LiveFact | undefined => {
  if (news.type === 'put') return news;
  if (news.type === 'deleted')
    return {type: 'message-changed', detail: {id: news.id, roomId, change: 'deleted'}};
  const {message} = news;
  const {id, text, sender} = message;
  if (news.type === 'edited')
    return {type: 'message-changed', detail: {id, roomId, change: 'edited', text}};
  if (!isByPerson(message)) return;
  const type = sender.userId === userId ? 'message-sent' : 'message-received';
  return {type, detail: messageDetail(id, roomId, message, participants)};
};
