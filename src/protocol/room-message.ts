/**
 * Messages as a view of a room shows them, with what stands beside and below their text.
 *
 * Source: `IMessage` of Rocket.Chat's core typings, packages/core-typings/src/IMessage/IMessage.ts.
 */
import {MOST_ATTACHMENTS} from './attachment-types.js';
import {parseChatMessage, type ChatMessage} from './chat-message.js';
import {parseTime} from './ddp.js';
import {defined, field, identifier, LIMITS, text} from './guards.js';
import {list} from './list.js';
import {visibleName} from './visible-text.js';

/** At most so many kinds of reactions, and names of one list, are kept. */
export const ROOM_MESSAGE_LIMITS = {reactions: 100, names: 1000} as const;

/** One kind of reaction to a message. */
export interface Reaction {
  /** Its shortcode with colons, `:smile:`, as `setReaction` takes it. */
  readonly emoji: string;
  /** Who reacted so, the first 1,000. */
  readonly usernames: readonly string[];
  /** How many. */
  readonly count: number;
}

/** What was answered in a message's thread. */
export interface ThreadSummary {
  /** How many answers. */
  readonly count: number;
  /** When the latest was sent: epoch ms. */
  readonly last?: number;
}

/** A message with all that a view shows. */
export interface RoomMessage extends ChatMessage {
  /** The tree of `text`, for `parseMarkup` when it is shown; `undefined` where there is none. */
  readonly md?: unknown;
  readonly reactions: readonly Reaction[];
  /** How many more kinds there are. */
  readonly moreReactions: number;
  /** As they came, for `parseAttachments` when they are shown. */
  readonly attachments: readonly unknown[];
  /** How many more there are. */
  readonly moreAttachments: number;
  /** Of a message that was answered in a thread. */
  readonly thread?: ThreadSummary;
  /** The discussion that the message tells of; `count` of messages in it. */
  readonly discussion?: {readonly roomId: string; readonly count: number};
  /** The name that an integration gave itself for this message. */
  readonly alias?: string;
  readonly pinned: boolean;
  /** Only members with the room's key can read it. */
  readonly encrypted: boolean;
  /** An answer in a thread that is shown in the room, too. */
  readonly alsoInRoom: boolean;
  /** Not everybody has read it; only where the workspace keeps receipts. */
  readonly unread: boolean;
  /** It has buttons or fields of an app, which only Rocket.Chat shows. */
  readonly fromApp: boolean;
}

const countOf = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;

const names = (values: readonly unknown[]): readonly string[] =>
  values
    .slice(0, ROOM_MESSAGE_LIMITS.names)
    .map((each) => identifier(each, LIMITS.name))
    .filter((each) => each !== undefined);

const reactionOf = (emoji: string, data: unknown): Reaction | undefined => {
  const given = list(field(data, 'usernames'));
  const usernames = names(given);
  const uncounted = Math.min(given.length, ROOM_MESSAGE_LIMITS.names) - usernames.length;
  return identifier(emoji) && usernames.length > 0
    ? {emoji, usernames, count: given.length - uncounted}
    : undefined;
};

/** Its reactions, in the order in which each kind first came. */
const reactionsOf = (data: unknown): Pick<RoomMessage, 'reactions' | 'moreReactions'> => {
  const most = ROOM_MESSAGE_LIMITS.reactions;
  const given = typeof data === 'object' && data !== null ? Object.keys(data) : [];
  const reactions = given
    .slice(0, most)
    .map((emoji) => reactionOf(emoji, field(data, emoji)))
    .filter((each) => each !== undefined);
  return {reactions, moreReactions: Math.max(0, given.length - most)};
};

const threadOf = (data: unknown): ThreadSummary | undefined => {
  const count = countOf(field(data, 'tcount'));
  const last = parseTime(field(data, 'tlm'));
  return count ? {count, ...(last !== undefined && {last})} : undefined;
};

const discussionOf = (data: unknown): RoomMessage['discussion'] => {
  const roomId = identifier(field(data, 'drid'));
  return roomId ? {roomId, count: countOf(field(data, 'dcount')) ?? 0} : undefined;
};

/** Reads a message of REST or DDP; `undefined` for anything else and for hidden ones. Never throws. */
export const parseRoomMessage = (raw: unknown): RoomMessage | undefined => {
  const message = parseChatMessage(raw);
  if (!message) return;
  const md = field(raw, 'md');
  const attachments = list(field(raw, 'attachments'));
  const alias = visibleName(text(field(raw, 'alias'), LIMITS.message) ?? '', '');
  return {
    ...message,
    ...(Array.isArray(md) && {md}),
    ...reactionsOf(field(raw, 'reactions')),
    attachments: attachments.slice(0, MOST_ATTACHMENTS),
    moreAttachments: Math.max(0, attachments.length - MOST_ATTACHMENTS),
    ...defined({
      thread: threadOf(raw),
      discussion: discussionOf(raw),
      alias: alias || undefined,
    }),
    pinned: field(raw, 'pinned') === true,
    encrypted: message.kind === 'e2e',
    alsoInRoom: field(raw, 'tshow') === true,
    unread: field(raw, 'unread') === true,
    fromApp: list(field(raw, 'blocks')).length > 0,
  };
};
