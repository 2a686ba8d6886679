import type {
  MeetingInfo,
  MeetingParticipant,
  MeetingStatus,
  MeetingWithPeople,
} from '../../../src/protocol/meeting-api.js';
import type {Identity} from '../callers/identity.js';
import type {Participant, Roster} from '../events/roster.js';
import type {Attendance} from './access.js';
import type {Links} from './links.js';
import {isOver, type Meeting, type Role} from './meeting.js';

/** How many participants are listed; all of them are counted. */
export const MOST_LISTED = 1_000;

const iso = (at: number): string => new Date(at).toISOString();

/** What a meeting's state is, as its people see it. */
export const statusOf = async (
  meeting: Meeting,
  roster: Pick<Roster, 'isLive'>,
): Promise<MeetingStatus> => {
  if (isOver(meeting)) return 'ended';
  if (await roster.isLive(meeting.id)) return 'live';
  return (meeting.startsAt ?? 0) > Date.now() ? 'scheduled' : 'waiting';
};

/** Whether there is a way in here. Of a call it is told by the call itself, to whom it is for and when. */
const hasLinks = ({call}: Meeting, status: MeetingStatus): boolean => status !== 'ended' && !call;

/** What everybody sees who may see the meeting, joinable or not. */
const facts = (
  {meeting, role}: Attendance,
  status: MeetingStatus,
): Omit<MeetingInfo, 'element' | 'hostJoinUrl' | 'joinUrl'> => {
  const {alias, title, creator, createdAt, startsAt, endsAt, expiresAt} = meeting;
  const {endedAt = expiresAt, endedBy = 'expired'} = meeting;
  return {
    alias,
    title,
    status,
    role,
    creator,
    createdAt: iso(createdAt),
    ...(startsAt !== undefined && {startsAt: iso(startsAt)}),
    ...(endsAt !== undefined && {endsAt: iso(endsAt)}),
    expiresAt: iso(expiresAt),
    // One that has expired, which no broker has noticed yet.
    ...(status === 'ended' && {endedAt: iso(endedAt), endedBy}),
    ...(role === 'chair' && {people: peopleOf(meeting)}),
  };
};

const peopleOf = ({people}: Meeting): NonNullable<MeetingInfo['people']> =>
  people.map(({sub, role}) => ({alias: sub, role}));

/** What lets others in, by the caller's role. */
const keys = (
  {guests, hostPin, guestPin}: Meeting,
  role: Role,
): Pick<MeetingInfo, 'guestPin' | 'hostPin'> => ({
  ...(role === 'chair' && {hostPin}),
  ...(guests && guestPin !== undefined && {guestPin}),
});

/** A meeting in a list: without tickets, of which each would be one more to guard. */
export const listedMeeting = (
  attendance: Attendance,
  status: MeetingStatus,
  links: Links,
): MeetingInfo => {
  const {meeting, role} = attendance;
  const seen = facts(attendance, status);
  if (!hasLinks(meeting, status)) return seen;
  return {...seen, joinUrl: links.joinUrl(meeting), ...keys(meeting, role)};
};

/** A meeting as one of its people sees it, with the links and the ticket that are his alone. */
export const meetingInfo = async (
  attendance: Attendance,
  status: MeetingStatus,
  {links, identity: {sub, name}}: {readonly links: Links; readonly identity: Identity},
): Promise<MeetingInfo> => {
  const listed = listedMeeting(attendance, status, links);
  const {meeting, role} = attendance;
  if (!hasLinks(meeting, status)) return listed;
  const holder = {sub, role, ...(name !== undefined && {name})};
  const element = await links.element(meeting, holder);
  return {...listed, ...(role === 'chair' && {hostJoinUrl: element.url}), element};
};

const participantInfo = ({sub, since, ...seen}: Participant): MeetingParticipant => {
  const {uuid, name, role, protocol, muted, presenting} = seen;
  return {
    id: uuid,
    name,
    role,
    ...(sub !== undefined && {alias: sub}),
    protocol,
    muted,
    presenting,
    since: iso(since),
  };
};

/** Adds who is in the meeting now: also after its end, as that disconnects nobody. */
export const withPeople = (
  info: MeetingInfo,
  participants: readonly Participant[],
): MeetingWithPeople => ({
  ...info,
  count: participants.length,
  participants: participants.slice(0, MOST_LISTED).map(participantInfo),
});
