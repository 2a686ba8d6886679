import type {FastifyBaseLogger} from 'fastify';

import type {Identity} from '../callers/identity.js';
import {BrokerError} from '../errors.js';
import type {Meetings} from '../meetings/meetings.js';
import type {Meeting} from '../meetings/meeting.js';
import type {Store} from '../store/store.js';
import type {CallClaims} from './call-claims.js';
import type {Deed} from './call-deeds.js';
import type {CallHistory} from './call-history.js';
import type {CallNews} from './call-news.js';
import {newCallId, type CallRecords} from './call-records.js';
import type {CallWish} from './call-request.js';
import {closed, isOf, type Call, type Party} from './call.js';
import type {Presence} from './presence.js';

/** The list of calls at which brokers look when their time has come. */
export const DUE = 'calls-due';
/** News may be lost, and a broker killed before it tells them: what is new is told again after that; ms. */
export const TOLD_AGAIN = 5_000;

export interface CallsOptions {
  readonly store: Pick<Store, 'schedule' | 'unschedule'>;
  readonly records: CallRecords;
  readonly claims: CallClaims;
  readonly history: CallHistory;
  readonly news: CallNews;
  readonly presence: Pick<Presence, 'isOnline'>;
  readonly meetings: Pick<Meetings, 'create' | 'end'>;
  /** Throws `user-not-found` unless there is such a user. */
  readonly demandUser: (sub: string) => Promise<void>;
  readonly log: FastifyBaseLogger;
}

const unknown = (): BrokerError =>
  new BrokerError(404, 'not-found', 'There is no such call of yours. Look at its id.');

const partyOf = ({sub, name}: Identity): Party => ({sub, ...(name !== undefined && {name})});

/** The calls of all brokers: each change is one comparison in the store, so that the first one wins. */
export class Calls {
  readonly #options: CallsOptions;

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  /**
   * Rings somebody.
   *
   * @throws {BrokerError} `user-not-found`, `user-offline`, `user-busy`, `call-in-progress`
   */
  async make(
    identity: Identity,
    {callee, callType, record}: Omit<CallWish, 'link'>,
  ): Promise<Call> {
    const {claims, records} = this.#options;
    await this.#demandOnline(callee);
    const id = newCallId();
    await claims.claim(id, identity.sub, callee);
    try {
      return await this.#begin(id, identity, {callee, callType, record});
    } catch (error) {
      // Who was told that it failed is in no call, even if it rings somewhere by now.
      await records.change(id, (call) => closed(call, Date.now())).catch(() => undefined);
      await claims.free(id, identity.sub, callee);
      throw error;
    }
  }

  /** The call, whosever it is. */
  find(id: string): Promise<Call | undefined> {
    return this.#options.records.find(id);
  }

  /**
   * The call, for its two users: to others it is unknown.
   *
   * @throws {BrokerError} `not-found`
   */
  async of(sub: string, id: string): Promise<Call> {
    const call = await this.#options.records.find(id);
    if (call && isOf(call, sub)) return call;
    throw unknown();
  }

  /** The call that a user is in now. */
  async current(sub: string): Promise<Call | undefined> {
    const id = await this.#options.claims.callOf(sub);
    const call = id === undefined ? undefined : await this.#options.records.find(id);
    return call && !call.end && isOf(call, sub) ? call : undefined;
  }

  /**
   * Does what one of the two wants.
   *
   * @throws {BrokerError} `not-found`, and what the deed throws
   */
  async act(sub: string, id: string, deed: Deed): Promise<Call> {
    await this.of(sub, id);
    const done = await this.#options.records.change(id, (call) => deed(call, Date.now()));
    if (!done) throw unknown();
    if (done.changed) await this.carry(done.call);
    return done.call;
  }

  /** Does with a call what belongs to where it is now. May be done again, by any broker. */
  async carry(call: Call): Promise<void> {
    const {store, claims, history, news, meetings} = this.#options;
    if (!call.end) {
      await store.schedule(DUE, call.id, Date.now() + TOLD_AGAIN);
      if (call.answered) await claims.keep(call);
      return news.tell(call);
    }
    // First, so that whoever hears of the end can call again at once.
    await claims.release(call);
    await news.tell(call);
    await history.end(call);
    await meetings.end(call.meeting, 'ended', call.end.by);
    await store.unschedule(DUE, call.id);
  }

  /** A meeting is over, and with it the call that it was made for. */
  async meetingEnded({id}: Pick<Meeting, 'id'>): Promise<void> {
    const {records} = this.#options;
    const call = await records.ofMeeting(id);
    if (!call || call.end) return;
    const done = await records.change(call.id, (now) => closed(now, Date.now()));
    if (done?.changed) await this.carry(done.call);
  }

  async #demandOnline(callee: string): Promise<void> {
    const {presence, demandUser} = this.#options;
    if (await presence.isOnline(callee)) return;
    await demandUser(callee);
    throw new BrokerError(
      409,
      'user-offline',
      'This user has no page open that could ring. Send a message, or try again later.',
    );
  }

  async #begin(
    id: string,
    identity: Identity,
    {callee, callType, record}: Omit<CallWish, 'link'>,
  ): Promise<Call> {
    const {meetings, records, history, store} = this.#options;
    const meeting = await meetings.create(identity, {
      title: 'Call',
      people: [{sub: callee, role: 'chair'}],
      numeric: false,
      guests: false,
      call: true,
      chat: 'default',
      callType: callType === 'audio' ? 'audio' : 'video',
      record,
    });
    const call: Call = {
      id,
      meeting: meeting.id,
      alias: meeting.alias,
      caller: partyOf(identity),
      callee: {sub: callee},
      callType,
      record,
      createdAt: Date.now(),
      expiresAt: meeting.expiresAt,
    };
    // Before it is there, so that no call is left ringing.
    await store.schedule(DUE, id, call.createdAt + TOLD_AGAIN);
    await records.insert(call);
    await history.begin(call);
    await this.carry(call);
    return call;
  }
}
