import {ddpDate} from '../protocol/ddp.js';
import {field} from '../protocol/guards.js';
import {list} from '../protocol/list.js';
import type {RoomType} from '../protocol/chat-room.js';
import {parseRoomMessage, type RoomMessage} from '../protocol/room-message.js';
import type {ChatApi} from './chat-api.js';

/** Messages of the past, in any order. */
export interface MessagePage {
  readonly messages: readonly RoomMessage[];
  /** There is nothing before them. */
  readonly whole: boolean;
}

/** Where the messages of one list come from: a room, or a thread in it. */
export interface MessageSource {
  readonly roomId: string;
  /** The message whose thread this is. */
  readonly threadId?: string;
  belongs(message: RoomMessage): boolean;
  /**
   * Asks for the messages before a time.
   *
   * @param before epoch ms by the server's clock, itself included; undefined for the latest ones
   * @param count how many
   * @param known how many of the list are there already
   */
  page(
    api: ChatApi,
    before: number | undefined,
    count: number,
    known: number,
  ): Promise<MessagePage>;
}

/** No server answers more at once than it is asked for. */
const LARGEST_ANSWER = 2_000;

/** What kind of room REST asks for by which route; a discussion may be any of them. */
const HISTORY = {c: 'channels.history', p: 'groups.history', d: 'im.history'} as const;

const messagesIn = (data: unknown): {messages: RoomMessage[]; told: number} => {
  const told = list(data).slice(0, LARGEST_ANSWER);
  return {
    messages: told.map(parseRoomMessage).filter((message) => message !== undefined),
    told: told.length,
  };
};

/**
 * The messages of a room, without what was only said in its threads.
 *
 * Source: `loadHistory [rid, end, limit, ls, showThreadMessages]`, REST `channels.history` and its kin.
 *
 * @param kind of the room as Rocket.Chat has it
 */
export const roomSource = (
  roomId: string,
  kind: Exclude<RoomType, 'discussion'>,
): MessageSource => ({
  roomId,
  belongs: ({threadId, alsoInRoom}) => !threadId || alsoInRoom,
  async page(api, before, count) {
    // Two may be of one millisecond: the last one that is known is asked for again.
    const end = before === undefined ? undefined : before + 1;
    const answer = await api.ask(
      'loadHistory',
      [roomId, end === undefined ? null : ddpDate(end), count, null, false],
      (rest) =>
        rest.get(HISTORY[kind], {
          roomId,
          count: String(count),
          showThreadMessages: 'false',
          ...(end !== undefined && {latest: new Date(end).toISOString()}),
        }),
    );
    const {messages, told} = messagesIn(field(answer, 'messages'));
    return {messages, whole: told < count};
  },
});

/** The answers to a message, and the message itself. Source: `getThreadMessages {tmid, limit, skip}`. */
export const threadSource = (roomId: string, threadId: string): MessageSource => ({
  roomId,
  threadId,
  belongs: (message) => message.id === threadId || message.threadId === threadId,
  async page(api, before, count, known) {
    const skip = before === undefined ? 0 : Math.max(0, known - 1);
    const answer = await api.ask(
      'getThreadMessages',
      [{tmid: threadId, limit: count, ...(skip && {skip})}],
      (rest) =>
        rest
          .get('chat.getThreadMessages', {
            tmid: threadId,
            count: String(count),
            offset: String(skip),
            // By default the first ones come first.
            sort: '{"ts":-1}',
          })
          .then((body) => field(body, 'messages')),
    );
    const {messages, told} = messagesIn(answer);
    // By the method the first message of the thread comes with each page; by REST it does not.
    const first = messages.some(({id}) => id === threadId);
    return {messages, whole: told - Number(first) < count};
  },
});
