import {earliestOf, valuesOf, type ParticipantRow} from './participant-row.js';
import type {ParticipantFields} from './participant-fields.js';
import type {Participant} from './roster.js';

interface Known extends ParticipantFields {
  readonly uuid: string;
  readonly since: number;
}

/** Not his signalling, no recorder; where nothing is said of media there are some, as with telephones. */
const isPerson = ({protocol, media = true, streaming = false}: Known): boolean =>
  protocol !== undefined && protocol !== 'API' && media && !streaming;

const inOrder = (one: Known, other: Known): number =>
  one.since - other.since || (one.uuid < other.uuid ? -1 : 1);

/** By uuid, the participants that each one is related to, whoever of the two says so. */
const relations = (all: readonly Known[]): ReadonlyMap<string, readonly Known[]> => {
  const byUuid = new Map(all.map((each) => [each.uuid, each]));
  const related = new Map<string, Known[]>(all.map(({uuid}) => [uuid, []]));
  for (const one of all)
    for (const uuid of one.related ?? []) {
      const other = byUuid.get(uuid);
      if (!other || other === one) continue;
      related.get(one.uuid)?.push(other);
      related.get(uuid)?.push(one);
    }
  return related;
};

const personOf = (one: Known, signalling: Known | undefined): Participant => {
  const sub = one.sub ?? signalling?.sub;
  const role = one.role === 'chair' || one.role === 'guest' ? one.role : signalling?.role;
  return {
    uuid: one.uuid,
    name: one.name || signalling?.name || '',
    role: role ?? 'unknown',
    ...(sub !== undefined && {sub}),
    protocol: one.protocol ?? '',
    muted: (one.muted ?? false) || (one.mutedSelf ?? false),
    presenting: one.presenting ?? false,
    since: Math.round(one.since),
  };
};

/**
 * The people of a meeting in the order in which they came. Pexip Infinity has somebody in a browser
 * twice, once as who signals (protocol `API`), once with media, each naming the other in `related_uuids`:
 * he is one, by the media that he had last, since he first came.
 */
export const peopleOf = (rows: ReadonlyMap<string, ParticipantRow>): readonly Participant[] => {
  const all = [...rows].map(([uuid, row]): Known => ({
    since: earliestOf(row),
    ...valuesOf(row),
    uuid,
  }));
  const related = relations(all);
  const people = new Map<string, Participant>();
  const order = all.filter(isPerson).sort(inOrder);
  for (const one of order) {
    const signalling = related.get(one.uuid)?.find(({protocol}) => protocol === 'API');
    const key = signalling?.uuid ?? one.uuid;
    const since = people.get(key)?.since;
    people.set(key, {...personOf(one, signalling), ...(since !== undefined && {since})});
  }
  return [...people.values()];
};
