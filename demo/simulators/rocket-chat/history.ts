/** What was said in a room, as REST and DDP alike ask for it. */
import {MeteorError} from './meteor-error.js';
import type {Message, Room} from './model.js';
import type {User} from './users.js';
import type {Workspace} from './workspace.js';

/** What a page of history leaves out of what a user has not read. */
export interface UnreadBefore {
  readonly firstUnread?: Message;
  readonly unreadNotLoaded: number;
}

/** What lies between a time, ISO 8601, and a page of history, newest first. */
export const unreadBefore = (
  {timeline}: Workspace,
  room: Room,
  page: readonly Message[],
  lastSeen: string | undefined,
  threads: boolean,
): UnreadBefore => {
  const first = page.at(-1);
  if (!first || !lastSeen) return {unreadNotLoaded: 0};
  const messages = timeline.in(room._id);
  const range = {latest: first.ts, oldest: lastSeen, threads};
  const [firstUnread] = messages.oldest({...range, count: 1});
  return {...(firstUnread && {firstUnread}), unreadNotLoaded: messages.count(range)};
};

/** A message and what was said around it. */
export interface Surroundings {
  readonly messages: readonly Message[];
  /** Whether there is more than that. */
  readonly moreBefore: boolean;
  readonly moreAfter: boolean;
}

/**
 * Half of `limit` before a message, newest first, the message, and half after it, oldest first. As on
 * the real server there is said to be more wherever a half is full.
 */
export const surroundingsOf = (
  {timeline}: Workspace,
  message: Message,
  limit: number,
  threads: boolean,
): Surroundings => {
  const messages = timeline.in(message.rid);
  const [most, least] = [Math.ceil((limit - 1) / 2), Math.floor((limit - 1) / 2)];
  // A count of 0 would be all.
  const before = most > 0 ? messages.history({latest: message.ts, count: most, threads}) : [];
  const after = messages.oldest({oldest: message.ts, count: least, threads});
  return {
    messages: [...before, message, ...after],
    moreBefore: before.length === most,
    moreAfter: after.length === least,
  };
};

/** The first message of a thread that `user` may read; undefined if there is no such message. */
export const threadOf = (
  {timeline, rooms, settings}: Workspace,
  user: User,
  tmid: unknown,
  method: string,
): Message | undefined => {
  if (!settings.get('Threads_enabled')) {
    throw new MeteorError('error-not-allowed', 'Threads Disabled', {method});
  }
  const first = timeline.byId(tmid);
  const room = rooms.byId(first?.rid);
  if (!first || !room) return;
  if (!rooms.readable(user, room)) {
    throw new MeteorError('error-not-allowed', 'Not Allowed', {method});
  }
  return first;
};
