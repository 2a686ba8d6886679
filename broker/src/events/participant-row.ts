import type {ParticipantFields} from './participant-fields.js';

/** A value with when it was told: by the node's time (epoch ms), then by its count. */
type Told = readonly [value: unknown, time: number, seq: number];

/** What is known of a participant: of each field the value that was told last. */
export type ParticipantRow = Partial<Readonly<Record<keyof ParticipantFields, Told>>>;

/**
 * All that is kept of somebody who has gone: no name, and nothing that a late event could bring back,
 * as Pexip Infinity gives each uuid to one connection only.
 */
export const GONE = 'gone';

/** Always in this order, so that rows with the same content are the same text. */
const FIELDS = [
  'name',
  'role',
  'protocol',
  'media',
  'streaming',
  'muted',
  'mutedSelf',
  'presenting',
  'since',
  'related',
  'sub',
] as const satisfies readonly (keyof ParticipantFields)[];

/** What one event tells. */
export const rowOf = (said: ParticipantFields, {time, seq}: {time: number; seq: number}) =>
  Object.fromEntries(
    FIELDS.filter((name) => said[name] !== undefined).map((name) => [
      name,
      [said[name], time, seq],
    ]),
  ) as ParticipantRow;

/** The one told later. Two that were told at once differ in nothing but their value: that decides. */
const later = (one: Told | undefined, other: Told | undefined): Told | undefined => {
  if (!one || !other) return one ?? other;
  if (one[1] !== other[1]) return one[1] > other[1] ? one : other;
  if (one[2] !== other[2]) return one[2] > other[2] ? one : other;
  return JSON.stringify(one[0]) >= JSON.stringify(other[0]) ? one : other;
};

/** What two rows of one participant tell together, whichever came first. */
export const mergeRows = (one: ParticipantRow, other: ParticipantRow): ParticipantRow => {
  const merged: Partial<Record<keyof ParticipantFields, Told>> = {};
  for (const name of FIELDS) {
    const told = later(one[name], other[name]);
    if (told) merged[name] = told;
  }
  return merged;
};

/** The last values of a row. */
export const valuesOf = (row: ParticipantRow): ParticipantFields =>
  Object.fromEntries(Object.entries(row).map(([name, told]) => [name, told[0]]));

/** Epoch ms of the earliest thing that is known of a participant. */
export const earliestOf = (row: ParticipantRow): number =>
  Math.min(...Object.values(row).map(([, time]) => time));
