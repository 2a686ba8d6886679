import type {FastifyBaseLogger} from 'fastify';

import type {Roster} from '../events/roster.js';
import {inTurns} from '../sessions/in-turns.js';
import {Regularly} from '../sessions/regularly.js';
import type {Store} from '../store/store.js';
import {ANSWERED, closed, missed, ringsUntil, STARTED, stepOf, type Call} from './call.js';
import type {CallClaims} from './call-claims.js';
import type {CallNews} from './call-news.js';
import type {CallRecords} from './call-records.js';
import {DUE, TOLD_AGAIN, type Calls} from './calls.js';
import type {Presence} from './presence.js';

const PAUSE = 500;
const AT_ONCE = 200;
const IN_PARALLEL = 8;
/** How often a call that goes on is looked at; ms. */
const LOOK_EVERY = 60_000;
/** So long the two have to come, where no page of theirs is open any more; ms. */
const TIME_TO_COME = 2 * 60_000;

export interface CallWatchOptions {
  readonly store: Pick<Store, 'due' | 'schedule' | 'unschedule'>;
  readonly records: CallRecords;
  readonly calls: Pick<Calls, 'carry'>;
  readonly claims: Pick<CallClaims, 'keep'>;
  readonly news: Pick<CallNews, 'tell'>;
  readonly roster: Pick<Roster, 'hasSeen'>;
  readonly presence: Pick<Presence, 'isOnline'>;
  readonly log: FastifyBaseLogger;
}

/**
 * Does in time what nobody asks for: calls stop to ring, begin when both have joined, and what a broker
 * that was killed has left undone is done by another one.
 */
export class CallWatch {
  readonly #options: CallWatchOptions;
  readonly #looks: Regularly;

  constructor(options: CallWatchOptions) {
    this.#options = options;
    this.#looks = new Regularly(PAUSE, (signal) => this.#lookUp(signal), options.log);
  }

  start(): void {
    this.#looks.start();
  }

  close(): Promise<void> {
    return this.#looks.stop();
  }

  /** Events of a meeting have come: perhaps both are in it now. */
  async meetingChanged(meeting: string): Promise<void> {
    const call = await this.#options.records.ofMeeting(meeting);
    if (call && stepOf(call) === ANSWERED) await this.#startIfBoth(call);
  }

  async #lookUp(signal: AbortSignal): Promise<void> {
    const {store, log} = this.#options;
    const due = await store.due(DUE, Date.now(), AT_ONCE);
    const look = (id: string): Promise<void> =>
      this.#examine(id).catch((error: unknown) =>
        log.error({err: error}, 'A call could not be looked at; it is tried again.'),
      );
    await inTurns(due, IN_PARALLEL, look, signal);
  }

  async #examine(id: string): Promise<void> {
    const {store, records, calls, claims, news} = this.#options;
    const call = await records.find(id);
    if (!call) return void (await store.unschedule(DUE, id));
    if (call.end) return calls.carry(call);
    const now = Date.now();
    if (!call.answered && now >= ringsUntil(call)) return this.#change(call, missed);
    if (call.expiresAt <= now || (await this.#isForsaken(call, now)))
      return this.#change(call, (each) => closed(each, now));
    if (stepOf(call) === ANSWERED && (await this.#startIfBoth(call))) return;
    await store.schedule(DUE, id, nextLook(call, now));
    // Whoever took the answer was perhaps killed before.
    if (call.answered) await claims.keep(call);
    await news.tell(call);
  }

  /** Answered, but neither of the two has come, or could. */
  async #isForsaken({answered, meeting, caller, callee}: Call, now: number): Promise<boolean> {
    if (!answered || now < answered.at + TIME_TO_COME) return false;
    const {roster, presence} = this.#options;
    for (const {sub} of [caller, callee])
      if ((await roster.hasSeen(meeting, sub)) || (await presence.isOnline(sub))) return false;
    return true;
  }

  async #startIfBoth(call: Call): Promise<boolean> {
    const {roster} = this.#options;
    const {meeting, caller, callee} = call;
    const seen = await Promise.all([caller, callee].map(({sub}) => roster.hasSeen(meeting, sub)));
    if (!seen.every(Boolean)) return false;
    const at = Date.now();
    await this.#change(call, (now) =>
      stepOf(now) < STARTED && now.answered ? {...now, startedAt: at} : undefined,
    );
    return true;
  }

  async #change({id}: Call, change: (call: Call) => Call | undefined): Promise<void> {
    const {records, calls} = this.#options;
    const done = await records.change(id, change);
    if (done?.changed) await calls.carry(done.call);
  }
}

const nextLook = (call: Call, now: number): number => {
  if (!call.answered) return Math.min(ringsUntil(call), now + TOLD_AGAIN);
  return now + LOOK_EVERY;
};
