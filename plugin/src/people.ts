import type {Plugin} from '@pexip/plugin-api';

import {field, identifier} from '../../src/protocol/guards.js';
import {ROSTER_LIMIT, type Participant, type SelfState} from '../../src/protocol/roster.js';
import {readEntry} from './participant-entry.js';
import {observeParticipants, readList, type ParticipantEvents} from './participant-events.js';

/** The room of a meeting that is not one of its breakout rooms. */
const MAIN_ROOM = 'main';

export interface PeopleOptions {
  readonly events: ParticipantEvents &
    Pick<Plugin['events'], 'authenticatedWithConference' | 'connected'>;
  /** Asks the meeting who is in it, and gives the raw reply. It may stay without one for ever. */
  readonly request: () => Promise<unknown>;
  readonly signal: AbortSignal;
}

/** What {@link People} tells. */
export interface PeopleListener {
  /** The roster is another one, or our own user is. */
  changed(): void;
  /** Our own user has left: nobody is known any more. */
  ended(): void;
}

interface Known {
  readonly participant: Participant;
  readonly room: unknown;
}

/** Everybody in the meeting and in its lobby, and which of them our own user is. */
export class People {
  readonly #options: PeopleOptions;
  readonly #known = new Map<string, Known>();
  #listener: PeopleListener | undefined;
  /** Made when asked for, and the same until somebody changes. */
  #list: readonly Participant[] | undefined;
  #self: string | undefined;
  #over = false;
  #following = false;
  /** Who was told of since the last request, which its reply is older than. */
  #newer: Set<string> | undefined;

  constructor(options: PeopleOptions) {
    this.#options = options;
    const {events, signal} = options;
    const begin = (): void => void (this.#over = false);
    events.authenticatedWithConference.add(begin, {signal});
    events.connected.add(
      () => {
        begin();
        if (this.#following) this.#request();
      },
      {signal},
    );
    const observer = {
      me: (participant: unknown, room: unknown): void => {
        begin();
        this.#self = identifier(field(participant, 'uuid'));
        this.#see([participant], room);
      },
      listed: (participants: readonly unknown[], room: unknown): void =>
        this.#seeAll(participants, room),
      seen: (participant: unknown, room: unknown): void => this.#see([participant], room),
      lost: (participant: unknown): void => this.#lose(identifier(field(participant, 'uuid'))),
      ended: (): void => this.#end(),
    };
    observeParticipants(events, observer, signal);
  }

  /** At most {@link ROSTER_LIMIT}; the same list as long as nothing in it has changed. */
  get participants(): readonly Participant[] {
    return (this.#list ??= [...this.#known.values()]
      .slice(0, ROSTER_LIMIT)
      .map(({participant}) => participant));
  }

  /** Our own user; undefined until Web App 3 has told who it is. */
  get self(): SelfState | undefined {
    const {participant} = this.#known.get(this.#self ?? '') ?? {};
    return (
      participant && {
        participantUuid: participant.uuid,
        micMuted: participant.isMuted,
        camMuted: participant.isCameraMuted,
        clientMuted: participant.isClientMuted,
        isHost: participant.isHost,
        canControl: participant.can.control,
      }
    );
  }

  /** Whether this may be someone in the meeting: surely not if others are known, and this one is not. */
  mayInclude(uuid: string): boolean {
    return this.#known.size === 0 || this.#known.has(uuid);
  }

  /**
   * Tells a listener from now on. Asks the meeting for its list, now and at each join: nothing is
   * replayed to a plugin that starts in mid-call.
   */
  follow(listener: PeopleListener): void {
    this.#listener = listener;
    if (this.#following) return;
    this.#following = true;
    this.#request();
  }

  #request(): void {
    const newer = (this.#newer = new Set());
    const isLast = (): boolean => this.#newer === newer;
    // What comes too late, or never, is not missed: events tell all that changes.
    this.#options.request().then(
      (reply) => isLast() && this.#fill(readList(field(field(reply, 'data'), 'result')), newer),
      () => undefined,
    );
  }

  #fill(list: readonly unknown[] = [], newer: ReadonlySet<string>): void {
    this.#newer = undefined;
    const older = list.filter((each) => !newer.has(String(field(each, 'uuid'))));
    this.#see(older, MAIN_ROOM);
  }

  /** A whole room: whoever was in it, and is not in the list, has left unheard. */
  #seeAll(list: readonly unknown[], room: unknown): void {
    const uuids = new Set(list.map((each) => field(each, 'uuid')));
    const left = [...this.#known].filter(([uuid, each]) => each.room === room && !uuids.has(uuid));
    left.forEach(([uuid]) => this.#lose(uuid));
    this.#see(list, room);
  }

  #see(list: readonly unknown[], room: unknown): void {
    // Web App 3 may still tell of people when its user has left; the page has none by then.
    if (this.#over) return;
    for (const each of list) {
      const entry = readEntry(each);
      if (!entry) continue;
      const {participant, rings} = entry;
      if (rings) this.#lose(participant.uuid);
      else this.#keep(participant, room);
    }
    this.#listener?.changed();
  }

  #keep(participant: Participant, room: unknown): void {
    const {uuid} = participant;
    const before = this.#known.get(uuid)?.participant;
    this.#newer?.add(uuid);
    this.#known.set(uuid, {participant, room});
    // Equal ones are equal texts, as the keys of entries always stand in one order.
    if (JSON.stringify(before) !== JSON.stringify(participant)) this.#list = undefined;
  }

  #lose(uuid: string | undefined): void {
    if (uuid === undefined) return;
    this.#newer?.add(uuid);
    if (!this.#known.delete(uuid)) return;
    this.#list = undefined;
    this.#listener?.changed();
  }

  #end(): void {
    this.#known.clear();
    this.#list = this.#self = this.#newer = undefined;
    this.#over = true;
    this.#listener?.ended();
  }
}
