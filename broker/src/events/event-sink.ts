import type {FastifyBaseLogger} from 'fastify';

import {BoundedMap} from '../sessions/bounded-map.js';
import type {Store} from '../store/store.js';
import {ApplyEvents, type ApplyOptions} from './apply-events.js';
import {Inbox} from './inbox.js';
import {NodeClocks} from './node-clocks.js';
import {Once} from './once.js';
import type {MeetingNews} from './roster.js';
import type {SinkBody} from './sink-body.js';
import type {SessionEvent} from './sink-event.js';

export interface EventSinkOptions extends ApplyOptions {
  readonly store: Store;
  readonly log: FastifyBaseLogger;
  /** Ms between two looks for what another broker has left behind; default 1 s. */
  readonly pause?: number;
}

/** As many different things are logged once each; what comes beyond is not logged. */
const MOST_LOGGED = 1_000;
const PHASES = {
  started: 'A Conferencing Node has begun to send events.',
  ended: 'A Conferencing Node has stopped sending events.',
} as const;

/** Takes the events of Pexip Infinity, keeps what they tell of the brokers' own meetings, and tells of it. */
export class EventSink implements MeetingNews {
  readonly #log: FastifyBaseLogger;
  readonly #clocks: NodeClocks;
  readonly #inbox: Inbox;
  readonly #listeners: ((id: string) => Promise<void>)[] = [];
  readonly #once = new Once(MOST_LOGGED);
  /** The latest ones that were logged, as each may come again. */
  readonly #sessions = new BoundedMap<true>(MOST_LOGGED);

  constructor(options: EventSinkOptions) {
    const {log} = options;
    this.#log = log;
    this.#clocks = new NodeClocks(options.store);
    const work = new ApplyEvents(options);
    this.#inbox = new Inbox({
      ...options,
      apply: async (bodies, signal) => {
        const foreign = await work.apply(bodies, (id) => this.#tell(id), signal);
        if (foreign) log.debug({foreign}, 'Events were of no meeting that is known.');
      },
    });
  }

  onChanged(listener: (id: string) => Promise<void>): void {
    this.#listeners.push(listener);
  }

  /** Begins to apply what is in the store. Listeners are there by then. */
  start(): void {
    this.#inbox.start();
  }

  close(): Promise<void> {
    return this.#inbox.stop();
  }

  /** Resolves when the events are in the store, and will be applied whatever becomes of this broker. */
  async take(body: SinkBody, at = Date.now()): Promise<void> {
    for (const session of body.sessions) this.#noteSession(session);
    for (const name of body.unknown)
      if (this.#once.isNew(`unknown ${name}`))
        this.#log.info({event: name}, 'Pexip Infinity sends events of a kind that is not known.');
    if (body.bad && this.#once.isNew('bad'))
      this.#log.warn(
        {bad: body.bad},
        'Events came that lack what they need, or are none: left out.',
      );
    if (!body.events.length) return;
    const {events, ahead} = await this.#clocks.mend(body.events, at);
    for (const [node, lead] of ahead)
      this.#log.warn({node, lead}, "A Conferencing Node's clock is ahead: give it a time server.");
    await this.#inbox.put({at, events});
  }

  /** A body that is none at all. */
  noteBad(): void {
    if (this.#once.isNew('body'))
      this.#log.warn('Events came in a form that is not known, and were refused.');
  }

  #noteSession({phase, node, time}: SessionEvent): void {
    const key = `${phase} ${node} ${time}`;
    if (phase === 'updated' || this.#sessions.get(key)) return;
    this.#sessions.set(key, true);
    this.#log.info({node}, PHASES[phase]);
  }

  /** All of them, so that one that fails keeps no other from it. */
  async #tell(id: string): Promise<void> {
    const told = await Promise.allSettled(this.#listeners.map((listener) => listener(id)));
    const failed = told.find(({status}) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }
}
