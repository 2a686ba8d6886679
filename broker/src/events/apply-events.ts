import type {Meeting} from '../meetings/meeting.js';
import type {TicketHolder} from '../meetings/tickets.js';
import {inTurns} from '../sessions/in-turns.js';
import type {Seal} from '../store/seal.js';
import type {Store} from '../store/store.js';
import {endedAtOf, mergeInstance} from './conference-instances.js';
import {mergeFields, type Merge} from './merge-fields.js';
import {TOLERANCE} from './node-clocks.js';
import {GONE, mergeRows, rowOf, type ParticipantRow} from './participant-row.js';
import * as places from './roster-places.js';
import type {ConferenceEvent, MeetingEvent, ParticipantEvent} from './sink-event.js';
import {isStoreAway} from './store-away.js';

/** Events that arrived together. */
export interface Arrived {
  /** Epoch ms. */
  readonly at: number;
  readonly events: readonly MeetingEvent[];
}

export interface ApplyOptions {
  readonly store: Pick<Store, 'entries' | 'field' | 'put' | 'swap'>;
  readonly seal: Seal;
  readonly meetings: {byId(id: string): Promise<Meeting | undefined>};
  readonly tickets: {
    read(meeting: Meeting, ticket: string, at: number): Promise<TicketHolder | undefined>;
  };
}

type At<Event> = Event & {readonly arrival: number};

interface OfMeeting {
  readonly conferences: At<ConferenceEvent>[];
  readonly participants: ParticipantEvent[];
}

const AT_ONCE = 32;

const byMeeting = (bodies: readonly Arrived[]): ReadonlyMap<string, OfMeeting> => {
  const found = new Map<string, OfMeeting>();
  for (const {at, events} of bodies)
    for (const event of events) {
      const of = found.get(event.meeting) ?? {conferences: [], participants: []};
      found.set(event.meeting, of);
      if (event.kind === 'participant') of.participants.push(event);
      else of.conferences.push({...event, arrival: at});
    }
  return found;
};

/**
 * When an instance ended, epoch ms: the node's own word, unless its clock cannot be right or the event
 * comes late; then the moment in which it came, as the time of grace is to begin when it is known.
 */
const endOf = ({time, arrival}: At<ConferenceEvent>): number =>
  Math.abs(time - arrival) <= TOLERANCE ? Math.round(time) : arrival;

/**
 * Puts events into the store. Everything is merged in a way that knows no order and no repetition: the
 * same events in any order, as often as they come, by any number of brokers at once, leave the same.
 */
export class ApplyEvents {
  readonly #options: ApplyOptions;

  constructor(options: ApplyOptions) {
    this.#options = options;
  }

  /**
   * @param told is called with the meeting of each group of events, when these are in the store
   * @returns how many events were of meetings that are not known, or not any more
   * @throws AggregateError when all meetings have been tried
   */
  async apply(
    bodies: readonly Arrived[],
    told: (id: string) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<number> {
    let foreign = 0;
    const failures: unknown[] = [];
    for (const [id, of] of byMeeting(bodies)) {
      signal?.throwIfAborted();
      try {
        const meeting = await this.#options.meetings.byId(id);
        if (!meeting) foreign += of.conferences.length + of.participants.length;
        else {
          await this.#participants(meeting, of.participants);
          await this.#conferences(meeting, of.conferences);
          await told(id);
        }
      } catch (error) {
        if (isStoreAway(error)) throw error;
        failures.push(error);
      }
    }
    if (failures.length === 1) throw failures[0];
    if (failures.length)
      throw new AggregateError(failures, 'Events of several meetings were not applied.');
    return foreign;
  }

  async #participants(meeting: Meeting, events: readonly ParticipantEvent[]): Promise<void> {
    const {store, seal} = this.#options;
    const subs = await this.#subsOf(meeting, events);
    // First, as a broker that is killed here does it all once more.
    await inTurns(new Set(subs.values()), AT_ONCE, (sub) =>
      store.put(places.seenOf(meeting.id), sub, '1', places.lifeOfSeen(meeting)),
    );
    const rows = new Map<string, ParticipantRow | typeof GONE>();
    for (const event of events) {
      const {uuid, gone, said, tag} = event;
      const known = rows.get(uuid);
      if (known === GONE) continue;
      const sub = tag === undefined ? undefined : subs.get(tag);
      const row = rowOf({...said, ...(sub !== undefined && {sub})}, event);
      rows.set(uuid, gone ? GONE : mergeRows(known ?? {}, row));
    }
    const purpose = places.purposeOf(meeting.id);
    const mergeOf =
      (row: ParticipantRow | typeof GONE): Merge =>
      (old) => {
        if (old === GONE || row === GONE) return GONE;
        const plain = old === undefined ? undefined : seal.open(purpose, old);
        const before = plain === undefined ? {} : (JSON.parse(plain) as ParticipantRow);
        const after = JSON.stringify(mergeRows(before, row));
        return after === plain ? old : seal.close(purpose, after);
      };
    const merges = new Map([...rows].map(([uuid, row]) => [uuid, mergeOf(row)]));
    const group = places.participantsOf(meeting.id);
    await mergeFields(store, group, merges, places.lifeOfParticipants(meeting));
  }

  async #conferences(meeting: Meeting, events: readonly At<ConferenceEvent>[]): Promise<void> {
    const reduced = new Map<string, string>();
    for (const event of events) {
      const endedAt = event.ended ? endOf(event) : undefined;
      reduced.set(event.instance, mergeInstance(reduced.get(event.instance), endedAt));
    }
    const merges = new Map(
      [...reduced].map(([instance, state]): [string, Merge] => {
        const endedAt = endedAtOf(state);
        return [instance, (old) => mergeInstance(old, endedAt)];
      }),
    );
    const group = places.conferencesOf(meeting.id);
    await mergeFields(this.#options.store, group, merges, places.lifeOfParticipants(meeting));
  }

  /** Whose tickets these are, each looked up once. A ticket itself is kept nowhere. */
  async #subsOf(
    meeting: Meeting,
    events: readonly ParticipantEvent[],
  ): Promise<ReadonlyMap<string, string>> {
    // By the first use: after an outage the ticket may be over by now, and was not when he came.
    const tags = new Map<string, number>();
    for (const {tag, time} of events)
      if (tag !== undefined) tags.set(tag, Math.min(time, tags.get(tag) ?? Date.now()));
    const subs = new Map<string, string>();
    await inTurns(tags.entries(), AT_ONCE, async ([tag, at]) => {
      const holder = await this.#options.tickets.read(meeting, tag, at);
      if (holder) subs.set(tag, holder.sub);
    });
    return subs;
  }
}
