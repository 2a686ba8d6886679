import type {HistoryEntry} from '../../../src/protocol/call-api.js';
import {isOver, roleOf, type Meeting} from '../meetings/meeting.js';
import {otherOf, type Call} from './call.js';

const iso = (at: number): string => new Date(at).toISOString();

const duration = (from: number | undefined, to: number | undefined) =>
  from === undefined || to === undefined
    ? {}
    : {duration: Math.max(0, Math.round((to - from) / 1000))};

/** A recording was ordered, and there is a recorder. */
const recordingOf = (
  how: Meeting['record'],
  recorder: string | undefined,
): Pick<HistoryEntry, 'recording'> =>
  how === 'none' || recorder === undefined ? {} : {recording: {how, name: recorder}};

/**
 * A call in the history of one of its two.
 *
 * @param recorder name of the recorder that meetings dial, if there is one
 */
export const callEntry = (call: Call, sub: string, recorder: string | undefined): HistoryEntry => {
  const {id, caller, answered, startedAt, createdAt, record, end} = call;
  const {sub: alias, name} = otherOf(call, sub);
  return {
    kind: 'call',
    id,
    title: 'Call',
    createdAt: iso(createdAt),
    direction: sub === caller.sub ? 'outgoing' : 'incoming',
    other: {alias, ...(name !== undefined && {name})},
    ...(startedAt !== undefined && {startedAt: iso(startedAt)}),
    ...(end && {endedAt: iso(end.at), result: end.result}),
    ...duration(startedAt, end?.at),
    ...(answered && recordingOf(record, recorder)),
  };
};

/** A meeting in the history of somebody whom it names. */
export const meetingEntry = (
  meeting: Meeting,
  sub: string,
  recorder: string | undefined,
): HistoryEntry => {
  const {alias, title, createdAt, startsAt, expiresAt, record} = meeting;
  const endedAt = meeting.endedAt ?? (isOver(meeting) ? expiresAt : undefined);
  return {
    kind: 'meeting',
    id: alias,
    title,
    createdAt: iso(createdAt),
    role: roleOf(meeting, sub) ?? 'guest',
    ...(startsAt !== undefined && {startedAt: iso(startsAt)}),
    ...(endedAt !== undefined && {endedAt: iso(endedAt)}),
    ...duration(startsAt, endedAt),
    ...recordingOf(record, recorder),
  };
};
