import {createHmac, randomBytes} from 'node:crypto';

import {Memo} from '../store/memo.js';
import type {Seal} from '../store/seal.js';
import type {Store} from '../store/store.js';
import {isAlias} from './meeting-aliases.js';
import {parseMeeting} from './meeting-record.js';
import type {Meeting} from './meeting.js';

const DAY = 24 * 60 * 60_000;
/** How long an ended meeting is known: its alias is refused, and not given to another one. Ms. */
export const KEPT_AFTER_END = 90 * DAY;

const PURPOSE = 'meeting';
/** Of the alias' digest in an id: 22 characters are 132 bits. */
const DIGEST = 22;
/** How many are remembered of what is worked out again and again, and the longest record of these. */
const REMEMBERED = 1_024;
const LONGEST = 4_096;

/** Where meetings are kept. */
export interface RecordsOptions {
  readonly store: Pick<Store, 'compareAndSet' | 'get' | 'setIfAbsent'>;
  readonly seal: Seal;
}

/**
 * The meetings of all brokers. One read finds one, by its alias or its id: both lead to the same key,
 * which is a digest of the alias, so that who has the store's data can join none.
 */
export class MeetingRecords {
  readonly #options: RecordsOptions;
  readonly #key: Buffer;
  /** By the sealed text, which is read from the store each time. */
  readonly #meetings = new Memo<Meeting>(REMEMBERED);
  readonly #digests = new Memo<string>(REMEMBERED);

  constructor(options: RecordsOptions) {
    this.#options = options;
    this.#key = options.seal.key('meeting-alias');
  }

  /** An id for a meeting with this alias; another one each time. */
  idFor(alias: string): string {
    return this.#digest(alias) + randomBytes(8).toString('hex');
  }

  /** @returns whether the alias was free */
  insert(meeting: Meeting): Promise<boolean> {
    const {store, seal} = this.#options;
    const sealed = seal.close(PURPOSE, JSON.stringify(meeting));
    return store.setIfAbsent(placeOf(meeting.id), sealed, lifeOf(meeting));
  }

  /** The meeting of exactly this alias, ended or not. */
  async find(alias: string): Promise<Meeting | undefined> {
    if (!isAlias(alias)) return;
    const found = await this.#read(placeOf(this.#digest(alias)));
    return found?.meeting.alias === alias ? found.meeting : undefined;
  }

  async byId(id: string): Promise<Meeting | undefined> {
    const found = await this.#read(placeOf(id));
    return found?.meeting.id === id ? found.meeting : undefined;
  }

  /**
   * Changes a meeting as it is now, whoever else does so at the same moment.
   *
   * @param change may be called more than once; `undefined` leaves it
   * @returns the meeting as it is then, and whether this call has changed it
   */
  async change(
    id: string,
    change: (meeting: Meeting) => Meeting | undefined,
  ): Promise<{readonly meeting: Meeting; readonly changed: boolean} | undefined> {
    const {store, seal} = this.#options;
    const place = placeOf(id);
    for (;;) {
      const found = await this.#read(place);
      if (found?.meeting.id !== id) return;
      const next = change(found.meeting);
      if (!next) return {meeting: found.meeting, changed: false};
      const sealed = seal.close(PURPOSE, JSON.stringify(next));
      if (await store.compareAndSet(place, found.sealed, sealed, lifeOf(next)))
        return {meeting: next, changed: true};
    }
  }

  async #read(
    place: string,
  ): Promise<{readonly meeting: Meeting; readonly sealed: string} | undefined> {
    const sealed = await this.#options.store.get(place);
    const meeting = sealed === undefined ? undefined : this.#open(sealed);
    return sealed === undefined || !meeting ? undefined : {meeting, sealed};
  }

  #open(sealed: string): Meeting | undefined {
    const known = this.#meetings.get(sealed);
    if (known) return known;
    const plain = this.#options.seal.open(PURPOSE, sealed);
    const meeting = plain === undefined ? undefined : parseMeeting(plain);
    if (meeting && sealed.length <= LONGEST) this.#meetings.set(sealed, meeting);
    return meeting;
  }

  #digest(alias: string): string {
    const known = this.#digests.get(alias);
    if (known !== undefined) return known;
    const hash = createHmac('sha256', this.#key).update(alias).digest('base64url');
    const digest = hash.slice(0, DIGEST);
    this.#digests.set(alias, digest);
    return digest;
  }
}

const placeOf = (id: string): string => `meeting:${id.slice(0, DIGEST)}`;

const lifeOf = ({expiresAt, endedAt}: Meeting): number =>
  Math.max(1, (endedAt ?? expiresAt) + KEPT_AFTER_END - Date.now());
