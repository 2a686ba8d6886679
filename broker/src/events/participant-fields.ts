import {defined, field, identifier, LIMITS, text} from '../../../src/protocol/guards.js';

/** What events tell of a participant. */
export interface ParticipantFields {
  readonly name?: string;
  readonly role?: 'chair' | 'guest' | 'unknown';
  readonly protocol?: string;
  /** Whether sound or pictures go to him or come from him: not where he only signals, or chats. */
  readonly media?: boolean;
  /** A recorder, or whatever else a meeting is streamed to. */
  readonly streaming?: boolean;
  /** By a host, and by himself. */
  readonly muted?: boolean;
  readonly mutedSelf?: boolean;
  readonly presenting?: boolean;
  /** Epoch ms, by the node's clock. */
  readonly since?: number;
  /** Other participants who are the same person, as the one that signals and the one with media. */
  readonly related?: readonly string[];
  /** Whose ticket it is. Comes from no event: the broker adds it. */
  readonly sub?: string;
}

/** More are cut off: Pexip Infinity names one or two. */
const RELATED = 16;

const flag = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

const roleIn = (value: unknown): ParticipantFields['role'] => {
  if (value === 'chair' || value === 'guest') return value;
  return typeof value === 'string' ? 'unknown' : undefined;
};

const relatedIn = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value)
    ? value
        .slice(0, RELATED)
        .map((uuid) => identifier(uuid))
        .filter((uuid) => uuid !== undefined)
    : undefined;

/** A time beyond the year 5000 is none, and would come after all others for ever; s. */
const LATEST = 1e11;

/** A time of Pexip Infinity, in s with a fraction, as epoch ms. */
export const momentIn = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 && value < LATEST ? value * 1000 : undefined;

/** Reads the fields that count. One of a wrong type is as good as absent: the others still count. */
export const fieldsIn = (data: unknown): ParticipantFields =>
  defined({
    name: text(field(data, 'display_name'), LIMITS.name),
    role: roleIn(field(data, 'role')),
    protocol: identifier(field(data, 'protocol'), LIMITS.code),
    media: flag(field(data, 'has_media')),
    streaming: flag(field(data, 'is_streaming')),
    muted: flag(field(data, 'is_muted')),
    mutedSelf: flag(field(data, 'is_client_muted')),
    presenting: flag(field(data, 'is_presenting')),
    since: momentIn(field(data, 'connect_time')),
    related: relatedIn(field(data, 'related_uuids')),
  });
