import type {CallInfo, CallStreamEvents} from './call-api.js';
import type {StreamEvent} from './event-stream.js';
import {field, identifier, LIMITS, text} from './guards.js';
import {list} from './list.js';
import {visibleName} from './visible-text.js';

/** An event of the broker's call stream. */
export type CallEvent = {
  readonly [Type in keyof CallStreamEvents]: {readonly type: Type} & CallStreamEvents[Type];
}[keyof CallStreamEvents];

/** The words of each field; a word that is not among them is none of this version. */
const WORDS = {
  direction: ['incoming', 'outgoing'],
  status: ['connected', 'dialing', 'ended'],
  callType: ['audio', 'audio-upgradable', 'video'],
  record: ['automatic', 'manual', 'none'],
  result: ['answered', 'cancelled', 'declined', 'failed', 'missed'],
} as const;
const DECLINES = ['answered_another_call', 'do_not_disturb', 'error', 'no_answer', 'none'] as const;
const FORCES = ['user_deleted', 'user_disabled'] as const;
const ENDS = ['closing', 'disconnected', 'expired', 'signed-out', 'too-many'] as const;
/** Those whose data is a call and who did it. */
const DEEDS = ['incoming', 'answered', 'declined', 'stopped', 'started', 'ended'] as const;
/** An event is small; a text that is longer is none. */
const LONGEST = 10_000;

const wordOf = <Word extends string>(words: readonly Word[], value: unknown): Word | undefined =>
  words.find((each) => each === value);

const instant = (value: unknown): string | undefined => {
  const given = identifier(value, LIMITS.code);
  return given && Number.isFinite(Date.parse(given)) ? given : undefined;
};

/** Reads a call; `undefined` for anything else. */
export const parseCall = (data: unknown): CallInfo | undefined => {
  const word = <Name extends keyof typeof WORDS>(name: Name) =>
    wordOf<(typeof WORDS)[Name][number]>(WORDS[name], field(data, name));
  const [id, alias] = [identifier(field(data, 'id')), identifier(field(data, 'alias'))];
  const people = list(field(data, 'participants'));
  const [caller, callee] = [identifier(people[0]), identifier(people[1])];
  const [direction, status] = [word('direction'), word('status')];
  const [callType, record, result] = [word('callType'), word('record'), word('result')];
  const creationDate = instant(field(data, 'creationDate'));
  if (!id || !alias || !caller || !callee || people.length !== 2) return;
  if (!direction || !status || !callType || !record || !creationDate) return;
  const name = visibleName(text(field(data, 'name'), LIMITS.name) ?? '', '');
  const [startedAt, endedAt] = [instant(field(data, 'startedAt')), instant(field(data, 'endedAt'))];
  return {
    ...{id, alias, direction, status, participants: [caller, callee], callType, record},
    ...{live: true, creationDate},
    ...(name && {name}),
    ...(startedAt && {startedAt}),
    ...(endedAt && {endedAt}),
    ...(result && {result}),
  };
};

const parsed = (data: string): unknown => {
  try {
    return data.length > LONGEST ? undefined : JSON.parse(data);
  } catch {
    return;
  }
};

/** Reads an event; `undefined` for one that is none of this version's, or whose data is not as it should be. */
export const parseCallEvent = ({type, data}: StreamEvent): CallEvent | undefined => {
  const told = parsed(data);
  const call = parseCall(field(told, 'call'));
  const reason = field(told, 'reason');
  if (type === 'stream') {
    const id = identifier(field(told, 'id'));
    return id ? {type, id, ...(call && {call})} : undefined;
  }
  if (type === 'force_disconnect') {
    const force = wordOf(FORCES, reason);
    return force && {type, reason: force};
  }
  // Whatever the reason: the stream is over.
  if (type === 'over') return {type, reason: wordOf(ENDS, reason) ?? 'closing'};
  const deed = wordOf(DEEDS, type);
  if (!deed || !call) return;
  const executor = identifier(field(told, 'executor'));
  const done = {call, ...(executor && {executor})};
  if (deed !== 'declined') return {type: deed, ...done};
  return {type: deed, ...done, reason: wordOf(DECLINES, reason) ?? 'none'};
};
