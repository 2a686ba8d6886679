import type {Identity} from '../callers/identity.js';
import {BrokerError} from '../errors.js';
import type {Rooms} from '../workspace/rooms.js';
import type {MeetingContext} from './meeting-context.js';
import {roleOf, type Meeting, type Role} from './meeting.js';

/** A meeting, and what somebody is in it. */
export interface Attendance {
  readonly meeting: Meeting;
  readonly role: Role;
}

/** Which meeting an alias stands for, to somebody who may see it; ended ones as well. */
export type Access = (
  identity: Pick<Identity, 'sub'>,
  alias: string,
) => Promise<Attendance | undefined>;

/** What an answer is when the same question may have another one in a moment. */
const LATER: readonly string[] = ['rate-limited', 'workspace-unreachable'];

/** One and the same for an alias of no meeting and for a meeting that the caller may not see. */
export const meetingNotFound = (): BrokerError =>
  new BrokerError(
    404,
    'meeting-not-found',
    'You have no meeting of this alias. Compare the alias, or ask whoever made the meeting to name you in it.',
  );

/**
 * Says who may see a meeting: who has made it, whom it names, who was in it by a ticket of his own, and
 * the members of the room where it began, as Rocket.Chat tells by their own login. Of somebody without
 * a chat session nothing is known: he is no member then. Where Rocket.Chat cannot be asked now, who has
 * an alias that nobody can guess is told so, to ask again. Of ten digits he is told nothing: that there
 * is such a meeting is what he may want to know.
 *
 * @throws {BrokerError} `rate-limited`, `workspace-unreachable`
 */
export const accessOf = (
  {meetings, roster, tickets, log}: Pick<MeetingContext, 'log' | 'meetings' | 'roster' | 'tickets'>,
  rooms: Rooms,
): Access => {
  const wasThere = async ({id}: Meeting, sub: string): Promise<Role | undefined> => {
    if (!(await roster.hasSeen(id, sub))) return;
    return (await tickets.wasIssued({id}, {sub, role: 'chair'})) ? 'chair' : 'guest';
  };

  const isMember = async ({room, guestPin}: Meeting, sub: string): Promise<boolean> => {
    if (room === undefined) return false;
    try {
      return await rooms.belongs(sub, room);
    } catch (error) {
      const isUnknown = error instanceof BrokerError && error.code !== 'store-unavailable';
      if (!isUnknown || (guestPin === undefined && LATER.includes(error.code))) throw error;
      log.debug(
        {code: error.code},
        'Whether somebody belongs to the room of a meeting is unknown.',
      );
      return false;
    }
  };

  return async ({sub}, alias) => {
    const meeting = await meetings.find(alias);
    if (!meeting) return;
    const role = roleOf(meeting, sub) ?? (await wasThere(meeting, sub));
    if (role) return {meeting, role};
    return (await isMember(meeting, sub)) ? {meeting, role: 'guest'} : undefined;
  };
};
