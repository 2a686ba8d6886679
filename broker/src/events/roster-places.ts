import {KEPT_AFTER_END} from '../meetings/meeting-records.js';
import type {Meeting} from '../meetings/meeting.js';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** How long participants are known after the latest end of a meeting: events may come so late. Ms. */
const PARTICIPANTS_KEPT = 2 * DAY;
/** No meeting lasts longer; of one that is scheduled for next year nobody is known until then. Ms. */
const LONGEST = 10 * DAY;

/** Participants by uuid. */
export const participantsOf = (id: string): string => `roster:${id}`;
/** How nodes hold the meeting, by instance. */
export const conferencesOf = (id: string): string => `conferences:${id}`;
/** Who came by a ticket of his own, by `sub`. */
export const seenOf = (id: string): string => `seen:${id}`;

/** To what a row of participants is sealed. */
export const purposeOf = (id: string): string => `roster:${id}`;

/** Ms. */
export const lifeOfParticipants = ({expiresAt}: Meeting, now = Date.now()): number =>
  Math.min(LONGEST, Math.max(HOUR, expiresAt + PARTICIPANTS_KEPT - now));

/** Ms; as long as the meeting itself is known. */
export const lifeOfSeen = ({expiresAt}: Meeting, now = Date.now()): number =>
  Math.max(HOUR, expiresAt + KEPT_AFTER_END - now);
