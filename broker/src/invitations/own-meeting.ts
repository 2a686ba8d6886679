import type {Identity} from '../callers/identity.js';
import type {MeetingContext} from '../meetings/meeting-context.js';
import {roleOf, type Meeting} from '../meetings/meeting.js';

/** The meeting of an alias, if somebody may see it; ended ones as well. */
export type OwnMeeting = (
  identity: Pick<Identity, 'sub'>,
  alias: string,
) => Promise<{readonly meeting: Meeting} | undefined>;

/** Lets those see a meeting who made it, whom it names, and who were in it by a ticket of their own. */
export const ownMeetingOf =
  ({meetings, roster}: Pick<MeetingContext, 'meetings' | 'roster'>): OwnMeeting =>
  async ({sub}, alias) => {
    const meeting = await meetings.find(alias);
    const may = meeting && (roleOf(meeting, sub) ?? (await roster.hasSeen(meeting.id, sub)));
    return meeting && may ? {meeting} : undefined;
  };
