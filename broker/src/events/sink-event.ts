import {field, identifier, LIMITS, text} from '../../../src/protocol/guards.js';
import {readServiceName, type ServiceName} from '../meetings/service-name.js';
import {instanceOf} from './conference-instances.js';
import {fieldsIn, momentIn, type ParticipantFields} from './participant-fields.js';

/** When and where something was, as the Conferencing Node tells it. */
export interface SinkMoment {
  readonly node: string;
  /** Counts the node's events; begins at 1 whenever its sink is started anew. */
  readonly seq: number;
  /** Epoch ms by the node's clock. */
  readonly time: number;
}

/** A node has begun to send events, goes on, or has stopped. */
export interface SessionEvent extends SinkMoment {
  readonly kind: 'session';
  readonly phase: 'ended' | 'started' | 'updated';
}

/** A node holds a conference of the meeting, or does no more. */
export interface ConferenceEvent extends SinkMoment {
  readonly kind: 'conference';
  readonly meeting: string;
  /** One node holding the meeting, or a breakout room of it, once; its key in the store. */
  readonly instance: string;
  readonly ended: boolean;
}

/** Somebody has come, has changed, or has gone. */
export interface ParticipantEvent extends SinkMoment {
  readonly kind: 'participant';
  readonly meeting: string;
  readonly uuid: string;
  readonly gone: boolean;
  /** What the event says; what it does not say is as before. */
  readonly said: ParticipantFields;
  /** The ticket with which he came. */
  readonly tag?: string;
}

/** What is kept of events until it is applied. */
export type MeetingEvent = ConferenceEvent | ParticipantEvent;

/**
 * One event: one that counts; of a conference that no broker has made (`foreign`); one of which nothing is
 * taken (`unused`); or one of a later Pexip Infinity (`unknown`).
 */
export type SinkEvent =
  | MeetingEvent
  | SessionEvent
  | {readonly kind: 'foreign' | 'unused'}
  | {readonly kind: 'unknown'; readonly name: string};

const UNUSED = new Set(['participant_media_stream_window', 'participant_media_streams_destroyed']);
const SESSION = new Map([
  ['eventsink_started', 'started'],
  ['eventsink_updated', 'updated'],
  ['eventsink_ended', 'ended'],
  ['eventsink_stopped', 'ended'],
] as const);
/** Whether it is the last one. */
const CONFERENCE = new Map([
  ['conference_started', false],
  ['conference_updated', false],
  ['conference_ended', true],
]);
const PARTICIPANT = new Map([
  ['participant_connected', false],
  ['participant_updated', false],
  ['participant_disconnected', true],
]);
const TAG = 512;

/** Conferences of no broker are told apart by their names alone, without a look into the store. */
const nameIn = (value: unknown): ServiceName | undefined =>
  readServiceName(typeof value === 'string' ? value : undefined);

const conferenceIn = (data: unknown, moment: SinkMoment, ended: boolean): SinkEvent => {
  const name = nameIn(field(data, 'name'));
  if (!name) return {kind: 'foreign'};
  const instance = instanceOf(moment.node, field(data, 'start_time'), name.breakout);
  return {kind: 'conference', ...moment, meeting: name.id, instance, ended};
};

/** Who waits in a reception is in no conference yet. */
const participantIn = (data: unknown, moment: SinkMoment, gone: boolean): SinkEvent | undefined => {
  const name = nameIn(field(data, 'conference'));
  if (!name) return {kind: 'foreign'};
  const uuid = identifier(field(data, 'uuid'));
  if (uuid === undefined) return;
  // Who goes to a breakout room is gone from the meeting for good, but not from that room.
  const there = (each: string): string => (name.breakout ? `${each} ${name.breakout}` : each);
  const tag = identifier(field(data, 'call_tag'), TAG);
  const {related, ...fields} = gone ? {} : fieldsIn(data);
  const said = {...fields, ...(related && {related: related.map(there)})};
  const meeting = name.id;
  return {
    kind: 'participant',
    ...moment,
    meeting,
    uuid: there(uuid),
    gone,
    said,
    ...(tag && {tag}),
  };
};

/**
 * Reads one event (version 2; source: Pexip Infinity's documentation, "Event sink API").
 *
 * @param node of the envelope around it, which counts where the event names none
 * @returns `undefined` for what is no event, or one of a known name without what it needs
 */
export const parseSinkEvent = (envelope: unknown, node?: string): SinkEvent | undefined => {
  const name = identifier(field(envelope, 'event'));
  const data = field(envelope, 'data');
  const at = momentIn(field(envelope, 'time'));
  const seq = field(envelope, 'seq');
  const from = identifier(field(envelope, 'node') ?? node, LIMITS.name);
  if (name === undefined || at === undefined || from === undefined) return;
  if (!Number.isSafeInteger(seq)) return;
  const moment: SinkMoment = {node: from, seq: seq as number, time: at};
  const phase = (SESSION as ReadonlyMap<string, SessionEvent['phase']>).get(name);
  if (phase) return {kind: 'session', ...moment, phase};
  if (UNUSED.has(name)) return {kind: 'unused'};
  const ended = CONFERENCE.get(name);
  const gone = PARTICIPANT.get(name);
  if ((ended ?? gone) !== undefined && (typeof data !== 'object' || data === null)) return;
  if (ended !== undefined) return conferenceIn(data, moment, ended);
  if (gone !== undefined) return participantIn(data, moment, gone);
  // A bulk within a bulk is none that Pexip Infinity sends, and could be of any depth.
  if (name === 'eventsink_bulk') return;
  return {kind: 'unknown', name: text(name, LIMITS.code) ?? ''};
};
