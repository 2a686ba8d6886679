import ical, {ICalCalendarMethod, ICalEventStatus} from 'ical-generator';

import type {Invitation} from '../../src/protocol/invitation.js';
import {invitationTitle} from '../../src/protocol/invitation-place.js';
import type {InvitationTime} from '../../src/protocol/invitation-time.js';

/** Who invites, as calendars show it. */
export interface Organizer {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** What a calendar is told of a meeting. */
export interface CalendarEntry extends InvitationTime {
  /** The same for the same meeting each time, by which calendars know it again: letters, digits, and `-`. */
  readonly id: string;
  /** Default `Meeting`. */
  readonly title?: string | undefined;
  readonly invitation: Pick<Invitation, 'rocketChatUrl' | 'webAppUrl'>;
  readonly organizer?: Organizer | undefined;
  /** Whether one is asked for a PIN, which stands in no invitation. */
  readonly pin?: boolean;
  /** Epoch ms; default now. */
  readonly writtenAt?: number;
}

/** Nobody has an address below `.invalid` (RFC 2606). */
const NOBODY = 'noreply@pexip-chat-room.invalid';
/** What needs no escaping as a part of `mailto:`, and passes in no other way. */
const MAILBOX = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;

/** RFC 5545 3.2 has no way to write a double quote into a parameter, and none to write a backslash. */
const parameter = (text: string): string => text.replace(/["\\]/g, "'");

const descriptionOf = ({invitation, pin}: CalendarEntry): string =>
  [
    `From a Rocket.Chat client:\n${invitation.rocketChatUrl}`,
    `In a browser:\n${invitation.webAppUrl}`,
    ...(pin ? ['You will be asked for a PIN. Whoever invites you tells it to you apart.'] : []),
  ].join('\n\n');

/**
 * A calendar file (RFC 5545, with the method PUBLISH of RFC 5546): one event in UTC, lines of 75 octets
 * at most that end in CRLF. It holds no PIN and no ticket. RFC 5546 3.2.1 wants an organizer, whose
 * address nobody reads where none is known.
 */
export const calendarFile = (entry: CalendarEntry): string => {
  const {id, startsAt, endsAt, invitation, organizer = {}, writtenAt = Date.now()} = entry;
  const summary = invitationTitle(entry.title) ?? 'Meeting';
  const name = parameter(invitationTitle(organizer.name) ?? 'Pexip');
  const email = MAILBOX.test(organizer.email ?? '') ? (organizer.email as string) : NOBODY;
  const calendar = ical({
    prodId: {company: 'pexip-chat-room', product: 'pexip-chat-room', language: 'EN'},
    method: ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    // The library writes it as it is: a line's end in it would begin another property.
    id: `${id.replace(/[^\w-]/g, '')}@pexip-chat-room`,
    sequence: 0,
    stamp: new Date(writtenAt),
    start: new Date(startsAt),
    end: new Date(endsAt),
    summary,
    location: invitation.webAppUrl,
    url: invitation.webAppUrl,
    description: descriptionOf(entry),
    organizer: {name, email},
    status: ICalEventStatus.CONFIRMED,
  });
  return `${calendar.toString()}\r\n`;
};
