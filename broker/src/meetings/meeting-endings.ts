import type {FastifyBaseLogger} from 'fastify';

import type {Audit} from '../audit.js';
import {Regularly} from '../sessions/regularly.js';
import type {Store} from '../store/store.js';
import type {MeetingRecords} from './meeting-records.js';
import type {EndedBy, Meeting} from './meeting.js';

/** What is due to end, or at least to be looked at. */
export const ENDINGS = 'meeting-endings';
/** Ms between two looks at what is due. */
const PAUSE = 1_000;
const AT_ONCE = 100;
/** Ms until what failed is tried again, after all that is due has had its turn. */
const LATER = 10_000;

/** What is known of the conferences by which Pexip Infinity holds meetings. */
export interface Conferences {
  /** Epoch ms since which no node holds the meeting; undefined if one does, or none ever has. */
  emptySince(id: string): Promise<number | undefined>;
}

/** Does what belongs to the end of a meeting. May be called again for the same one, by any broker. */
export type AtEnd = (meeting: Meeting) => Promise<void>;

export interface MeetingEndingsOptions {
  readonly store: Pick<Store, 'due' | 'schedule' | 'unschedule'>;
  readonly records: Pick<MeetingRecords, 'byId' | 'change'>;
  readonly conferences: Conferences;
  readonly audit: Pick<Audit, 'note'>;
  readonly log: FastifyBaseLogger;
  /** Ms for which an empty meeting can be joined again, as by a page that loads anew. */
  readonly grace: number;
}

/**
 * Ends meetings: when somebody says so, when everybody has left, when their time is over. A list in the
 * store has every meeting with the time at which any broker is to look at it; what is in it stays
 * there until all is done that belongs to the end.
 */
export class MeetingEndings {
  readonly #options: MeetingEndingsOptions;
  readonly #atEnd: AtEnd[] = [];
  readonly #work: Regularly;

  constructor(options: MeetingEndingsOptions) {
    this.#options = options;
    this.#work = new Regularly(PAUSE, (signal) => this.#lookUp(signal), options.log);
  }

  start(): void {
    this.#work.start();
  }

  close(): Promise<void> {
    return this.#work.stop();
  }

  /** Has something done at the end of each meeting. */
  atEnd(listener: AtEnd): void {
    this.#atEnd.push(listener);
  }

  /**
   * Ends a meeting: from now on Pexip Infinity lets nobody in. Those who are in it stay: to disconnect
   * them is not in a policy server's power. What belongs to its end is done again until it succeeds,
   * and does not keep the meeting from being over.
   *
   * @param sub who has ended it, if somebody has
   * @returns the meeting, which may have been over before; undefined for an unknown one
   */
  async end(id: string, by: EndedBy, sub?: string): Promise<Meeting | undefined> {
    const {store, records, audit} = this.#options;
    const known = await records.byId(id);
    if (!known || known.endedAt !== undefined) return known;
    const now = Date.now();
    // Before it is over, so that a broker that is killed leaves nothing undone.
    await store.schedule(ENDINGS, id, now);
    const ended = await records.change(id, (meeting) =>
      meeting.endedAt !== undefined ? undefined : {...meeting, endedAt: now, endedBy: by},
    );
    if (!ended?.changed) return ended?.meeting;
    const detail = {meeting: id, reason: by};
    await audit.note({what: 'meeting-ended', alias: sub ?? known.creator, detail});
    await this.#finish(ended.meeting).catch((error: unknown) => this.#failed(id, error));
    return ended.meeting;
  }

  /** Something has changed by which the meeting may end. */
  async review(id: string): Promise<void> {
    const meeting = await this.#options.records.byId(id);
    if (meeting && meeting.endedAt === undefined) await this.#plan(meeting);
  }

  async #lookUp(signal: AbortSignal): Promise<void> {
    const due = await this.#options.store.due(ENDINGS, Date.now(), AT_ONCE);
    for (const id of due) {
      if (signal.aborted) return;
      await this.#examine(id).catch((error: unknown) => this.#failed(id, error));
    }
  }

  async #failed(id: string, error: unknown): Promise<void> {
    const {store, log} = this.#options;
    log.error({err: error, meeting: id}, 'A meeting could not be ended; it is tried again.');
    // At once it would be in the way of all that are due after it.
    await store.schedule(ENDINGS, id, Date.now() + LATER);
  }

  async #examine(id: string): Promise<void> {
    const {store, records} = this.#options;
    const meeting = await records.byId(id);
    if (!meeting) return void (await store.unschedule(ENDINGS, id));
    if (meeting.endedAt !== undefined) return this.#finish(meeting);
    const now = Date.now();
    if ((await this.#plan(meeting)) > now) return;
    await this.end(id, meeting.expiresAt <= now ? 'expired' : 'everyone-left');
  }

  /** @returns when it ends if nothing else happens, as it now stands in the list; epoch ms */
  async #plan(meeting: Meeting): Promise<number> {
    for (let at = await this.#dueAt(meeting); ;) {
      await this.#options.store.schedule(ENDINGS, meeting.id, at);
      // Whoever writes last has to have seen all: another broker may have planned by what came later.
      const now = await this.#dueAt(meeting);
      if (now === at) return at;
      at = now;
    }
  }

  /** When it ends if nothing else happens; epoch ms. */
  async #dueAt({id, endsAt = 0, expiresAt}: Meeting): Promise<number> {
    const {conferences, grace} = this.#options;
    const empty = await conferences.emptySince(id);
    return empty === undefined ? expiresAt : Math.min(expiresAt, Math.max(empty + grace, endsAt));
  }

  async #finish(meeting: Meeting): Promise<void> {
    const results = await Promise.allSettled(this.#atEnd.map(async (listen) => listen(meeting)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    await this.#options.store.unschedule(ENDINGS, meeting.id);
  }
}
