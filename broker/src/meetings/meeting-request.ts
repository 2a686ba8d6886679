import {field, identifier} from '../../../src/protocol/guards.js';
import {personName, subject} from '../callers/claims.js';
import {BrokerError} from '../errors.js';
import type {MeetingPerson, MeetingPlan} from './meeting.js';

/** How many people one meeting can name. */
export const MOST_PEOPLE = 500;
const DAY = 24 * 60 * 60_000;
/** How far ahead a meeting can be scheduled, and how long it can be. Ms. */
const HORIZON = 400 * DAY;
const LONGEST = 7 * DAY;
/** The clocks of a page and the broker may differ by so much, ms. */
const LATE = 5 * 60_000;

const CHATS = ['default', 'no', 'yes'] as const;
const CALL_TYPES = ['audio', 'video', 'video-only'] as const;
const RECORDS = ['automatic', 'manual', 'none'] as const;

/** What is left out; `null` is not, here as anywhere else. */
const given = (body: unknown, name: string, otherwise: unknown): unknown => {
  const value = field(body, name);
  return value === undefined ? otherwise : value;
};

const refuse = (name: string, wanted: string): BrokerError =>
  new BrokerError(
    400,
    'invalid-argument',
    `"${name}" of the meeting must be ${wanted}. Mend it, or leave it out.`,
  );

const flagIn = (body: unknown, name: string, otherwise: boolean): boolean => {
  const value = given(body, name, otherwise);
  if (typeof value !== 'boolean') throw refuse(name, 'true or false');
  return value;
};

const choiceIn = <Choice extends string>(
  body: unknown,
  name: string,
  choices: readonly [Choice, ...Choice[]],
  otherwise: Choice,
): Choice => {
  const value = given(body, name, otherwise);
  const choice = choices.find((each) => each === value);
  if (choice === undefined) throw refuse(name, `one of ${choices.join(', ')}`);
  return choice;
};

const personIn = (person: unknown): MeetingPerson => {
  const sub = subject(typeof person === 'string' ? person : field(person, 'alias'));
  const role = given(person, 'role', 'guest');
  if (sub === undefined || (role !== 'chair' && role !== 'guest'))
    throw refuse('people', 'a list of aliases, or of {"alias", "role": "chair" or "guest"}');
  return {sub, role};
};

const peopleIn = (body: unknown): readonly MeetingPerson[] => {
  const people = given(body, 'people', []);
  if (!Array.isArray(people) || people.length > MOST_PEOPLE)
    throw refuse('people', `a list of aliases, ${MOST_PEOPLE} at most`);
  // Who is named twice comes as what he was named last.
  return [...new Map(people.map(personIn).map((person) => [person.sub, person])).values()];
};

// With an offset or Z: without one it would be read in the broker's own time zone.
const INSTANT =
  /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** `Date.parse` takes the 30th of February for the 2nd of March. */
const isDay = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

const instantIn = (body: unknown, name: string): number | undefined => {
  const text = field(body, name);
  if (text === undefined) return;
  const day = typeof text === 'string' ? INSTANT.exec(text)?.[1] : undefined;
  const at = day !== undefined && isDay(day) ? Date.parse(String(text)) : NaN;
  if (Number.isNaN(at)) throw refuse(name, 'a time as 2026-01-31T09:00:00Z');
  return at;
};

const timesIn = (body: unknown, now: number): Pick<MeetingPlan, 'endsAt' | 'startsAt'> => {
  const startsAt = instantIn(body, 'startsAt');
  const endsAt = instantIn(body, 'endsAt');
  if (startsAt === undefined && endsAt === undefined) return {};
  if (startsAt === undefined || endsAt === undefined)
    throw startsAt === undefined
      ? refuse('startsAt', 'there, as "endsAt" is')
      : refuse('endsAt', 'there, as "startsAt" is');
  if (startsAt < now - LATE || startsAt > now + HORIZON)
    throw refuse('startsAt', 'in the future, within 400 days');
  if (endsAt <= startsAt || endsAt > startsAt + LONGEST)
    throw refuse('endsAt', 'after "startsAt", by seven days at most');
  return {startsAt, endsAt};
};

/**
 * Reads the body of `POST /v1/meetings`.
 *
 * @throws {BrokerError} `invalid-argument`, which names the field
 */
export const readMeetingRequest = (body: unknown, now = Date.now()): MeetingPlan => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new BrokerError(400, 'invalid-argument', 'The body is no object. Send {} at least.');
  const title = personName(given(body, 'title', 'Meeting'));
  if (title === undefined) throw refuse('title', 'a text');
  const asked = field(body, 'room');
  const room = identifier(asked);
  if (asked !== undefined && !room) throw refuse('room', 'the id of a Rocket.Chat room');
  return {
    title,
    people: peopleIn(body),
    ...(room && {room}),
    numeric: flagIn(body, 'numeric', false),
    guests: flagIn(body, 'guests', true),
    chat: choiceIn(body, 'chat', CHATS, 'default'),
    callType: choiceIn(body, 'callType', CALL_TYPES, 'video'),
    record: choiceIn(body, 'record', RECORDS, 'none'),
    ...timesIn(body, now),
  };
};
