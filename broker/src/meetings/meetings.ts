import type {FastifyBaseLogger} from 'fastify';

import type {Audit} from '../audit.js';
import type {Identity} from '../callers/identity.js';
import {Regularly} from '../sessions/regularly.js';
import type {Store} from '../store/store.js';
import {numericAlias, randomAlias, randomPin, twoPins} from './meeting-aliases.js';
import {KEPT_AFTER_END, type MeetingRecords} from './meeting-records.js';
import type {EndedBy, Meeting, MeetingPlan} from './meeting.js';

const DAY = 24 * 60 * 60_000;
const ENDINGS = 'meeting-endings';
/** Ms between two looks at what is due. */
const PAUSE = 1_000;
const AT_ONCE = 100;

/** What is known of the conferences by which Pexip Infinity holds meetings. */
export interface Conferences {
  /** Epoch ms since which no node holds the meeting; undefined if one does, or none ever has. */
  emptySince(id: string): Promise<number | undefined>;
}

/** Does what belongs to the end of a meeting. May be called again for the same one, by any broker. */
export type AtEnd = (meeting: Meeting) => Promise<void>;

export interface MeetingsOptions {
  readonly store: Store;
  readonly records: MeetingRecords;
  readonly conferences: Conferences;
  readonly audit: Audit;
  readonly log: FastifyBaseLogger;
  /** Ms for which an empty meeting can be joined again, as by a page that loads anew. */
  readonly grace: number;
}

/** The meetings that brokers have made: they begin here and end here. */
export class Meetings {
  readonly #options: MeetingsOptions;
  readonly #atEnd: AtEnd[] = [];
  readonly #endings: Regularly;

  constructor(options: MeetingsOptions) {
    this.#options = options;
    this.#endings = new Regularly(PAUSE, (signal) => this.#lookUp(signal), options.log);
  }

  start(): void {
    this.#endings.start();
  }

  close(): Promise<void> {
    return this.#endings.stop();
  }

  /** Has something done at the end of each meeting. */
  atEnd(listener: AtEnd): void {
    this.#atEnd.push(listener);
  }

  /** Makes a meeting that can be joined at once. */
  async create({sub}: Identity, {numeric, ...plan}: MeetingPlan): Promise<Meeting> {
    const {store, records, audit} = this.#options;
    const createdAt = Date.now();
    const expiresAt = (plan.endsAt ?? createdAt) + DAY;
    for (;;) {
      const alias = numeric ? numericAlias() : randomAlias();
      const id = records.idFor(alias);
      const pins = numeric ? twoPins() : {hostPin: randomPin()};
      const meeting: Meeting = {...plan, ...pins, id, alias, creator: sub, createdAt, expiresAt};
      // Before it is there, so that a broker that is killed leaves none without an end.
      await store.schedule(ENDINGS, id, expiresAt);
      if (!(await records.insert(meeting))) continue; // ten digits are given only once in their time
      const life = expiresAt + KEPT_AFTER_END - createdAt;
      const subs = new Set([sub, ...plan.people.map((person) => person.sub)]);
      for (const each of subs) await store.put(groupOf(each), id, String(createdAt), life);
      await audit.note({what: 'meeting-made', alias: sub, detail: {meeting: id}});
      return meeting;
    }
  }

  /** The meeting of exactly this alias, ended or not. */
  find(alias: string): Promise<Meeting | undefined> {
    return this.#options.records.find(alias);
  }

  byId(id: string): Promise<Meeting | undefined> {
    return this.#options.records.byId(id);
  }

  /**
   * The meetings that a person has made or is named in, the newest first.
   *
   * @param fits which of them count
   */
  async ofPerson(
    sub: string,
    most: number,
    fits: (meeting: Meeting) => boolean | Promise<boolean> = () => true,
  ): Promise<readonly Meeting[]> {
    const entries = [...(await this.#options.store.entries(groupOf(sub)))];
    const ids = entries.sort(([, one], [, other]) => Number(other) - Number(one)).map(([id]) => id);
    const found: Meeting[] = [];
    for (const id of ids) {
      const meeting = await this.byId(id);
      if (meeting && (await fits(meeting))) found.push(meeting);
      if (found.length === most) break;
    }
    return found;
  }

  /**
   * Ends a meeting: from now on Pexip Infinity lets nobody in. Those who are in it stay: to disconnect
   * them is not in a policy server's power.
   */
  async end(id: string, by: EndedBy): Promise<Meeting | undefined> {
    const {store, records} = this.#options;
    const now = Date.now();
    await store.schedule(ENDINGS, id, now);
    const ended = await records.change(id, (meeting) =>
      meeting.endedAt !== undefined ? undefined : {...meeting, endedAt: now, endedBy: by},
    );
    if (ended) await this.#finish(ended.meeting);
    return ended?.meeting;
  }

  /** Something has changed by which the meeting may end. */
  async review(id: string): Promise<void> {
    const {store, records} = this.#options;
    const meeting = await records.byId(id);
    if (meeting && meeting.endedAt === undefined)
      await store.schedule(ENDINGS, id, await this.#dueAt(meeting));
  }

  async #lookUp(signal: AbortSignal): Promise<void> {
    const {store, log} = this.#options;
    const due = await store.due(ENDINGS, Date.now(), AT_ONCE);
    for (const id of due) {
      if (signal.aborted) return;
      await this.#examine(id).catch((error: unknown) =>
        log.error({err: error, meeting: id}, 'A meeting could not be ended; it is tried again.'),
      );
    }
  }

  async #examine(id: string): Promise<void> {
    const {store, records} = this.#options;
    const meeting = await records.byId(id);
    if (!meeting) return void (await store.unschedule(ENDINGS, id));
    if (meeting.endedAt !== undefined) return this.#finish(meeting);
    const now = Date.now();
    const dueAt = await this.#dueAt(meeting);
    if (dueAt > now) return store.schedule(ENDINGS, id, dueAt);
    await this.end(id, meeting.expiresAt <= now ? 'expired' : 'everyone-left');
  }

  /** When it ends if nothing else happens; epoch ms. */
  async #dueAt({id, endsAt = 0, expiresAt}: Meeting): Promise<number> {
    const {conferences, grace} = this.#options;
    const empty = await conferences.emptySince(id);
    return empty === undefined ? expiresAt : Math.min(expiresAt, Math.max(empty + grace, endsAt));
  }

  async #finish(meeting: Meeting): Promise<void> {
    for (const listener of this.#atEnd) await listener(meeting);
    await this.#options.store.unschedule(ENDINGS, meeting.id);
  }
}

const groupOf = (sub: string): string => `meetings-of:${sub}`;
