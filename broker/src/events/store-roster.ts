import type {Seal} from '../store/seal.js';
import type {Store} from '../store/store.js';
import {emptySince, isHeld} from './conference-instances.js';
import {GONE, type ParticipantRow} from './participant-row.js';
import {peopleOf} from './people.js';
import * as places from './roster-places.js';
import type {Participant, Roster} from './roster.js';
import {Sparing} from './sparing.js';

export interface StoreRosterOptions {
  readonly store: Pick<Store, 'entries' | 'field'>;
  readonly seal: Seal;
}

/** The roster as the events of all nodes have left it in the store. */
export class StoreRoster implements Roster {
  readonly #options: StoreRosterOptions;
  /** To open thousands of rows takes long, and all people of such a meeting may ask for them. */
  readonly #people = new Sparing<readonly Participant[]>();

  constructor(options: StoreRosterOptions) {
    this.#options = options;
  }

  async participants(id: string): Promise<readonly Participant[]> {
    // Where no node holds the meeting any more nobody is in it, also if he was not told to have gone.
    if ((await this.emptySince(id)) !== undefined) return [];
    return this.#people.read(id, () => this.#peopleOf(id));
  }

  async hasSeen(id: string, sub: string): Promise<boolean> {
    return (await this.#options.store.field(places.seenOf(id), sub)) !== undefined;
  }

  async emptySince(id: string): Promise<number | undefined> {
    return emptySince((await this.#conferences(id)).values());
  }

  async isLive(id: string): Promise<boolean> {
    return isHeld((await this.#conferences(id)).values());
  }

  async #peopleOf(id: string): Promise<readonly Participant[]> {
    const {store, seal} = this.#options;
    const purpose = places.purposeOf(id);
    const rows = new Map<string, ParticipantRow>();
    for (const [uuid, kept] of await store.entries(places.participantsOf(id))) {
      const plain = kept === GONE ? undefined : seal.open(purpose, kept);
      if (plain !== undefined) rows.set(uuid, JSON.parse(plain) as ParticipantRow);
    }
    return peopleOf(rows);
  }

  #conferences(id: string): Promise<ReadonlyMap<string, string>> {
    return this.#options.store.entries(places.conferencesOf(id));
  }
}
