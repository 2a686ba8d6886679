import {setTimeout} from 'node:timers/promises';

import {authorization, type BrokerAccess} from './broker-access.js';
import type {BulkEvent, SinkEvent} from './sink-event.js';

/** How events get to the sink; a real network and real nodes do all of it. */
export interface SinkBehaviour {
  /** Sends what has piled up in one request (`bulk_support`). Default true. */
  readonly bulk?: boolean;
  /** Share of the events that are told again later, 0 to 1, as where an answer was lost. Default 0. */
  readonly repeats?: number;
  /** Tells what is waiting in any order. Default false. */
  readonly shuffled?: boolean;
  /** Ms until another attempt. Default 250. */
  readonly retry?: number;
}

/** What an {@link EventQueue} works with. */
export interface EventQueueOptions {
  readonly broker: BrokerAccess;
  behaviour(): SinkBehaviour;
  /** Whether nothing gets through to the sink now. */
  isCut(): boolean;
  /** 0 to 1. */
  random(): number;
  /** Events that the sink has taken, each time. */
  delivered(events: readonly SinkEvent[]): void;
  readonly signal: AbortSignal;
}

/** Ms for which events gather that are to be mixed. */
const GATHERING = 20;
/** Most events in one request. */
const AT_ONCE = 10_000;
/** Ms for an answer. */
const TIMEOUT = 10_000;

/**
 * The events of one node on their way: each is told until the sink has answered 2xx, so at least once.
 * Nothing is known of a status that would end it.
 */
export class EventQueue {
  readonly #options: EventQueueOptions;
  #waiting: SinkEvent[] = [];
  #again = new Set<SinkEvent>();
  #work: Promise<void> | undefined;
  #failed = false;
  #lives = 0;

  constructor(options: EventQueueOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  push(event: SinkEvent): void {
    if (this.#options.signal.aborted) return;
    this.#waiting.push(event);
    this.#work ??= this.#deliver();
  }

  /** Forgets what has not been told, as a node that loses its power does. */
  clear(): void {
    this.#waiting = [];
    this.#lives += 1;
  }

  /** Resolves when everything has been told. */
  async settled(): Promise<void> {
    while (this.#work) await this.#work;
  }

  async #deliver(): Promise<void> {
    const {behaviour, delivered, signal} = this.#options;
    while (this.#waiting.length > 0 && !signal.aborted) {
      if (behaviour().shuffled) await this.#pause(GATHERING);
      const events = this.#take();
      if (events.length === 0) continue;
      const life = this.#lives;
      if (await this.#post(events)) {
        this.#failed = false;
        delivered(events);
        this.#repeat(events);
      } else {
        this.#failed = true;
        if (life === this.#lives) this.#waiting = [...events, ...this.#waiting];
        await this.#pause(behaviour().retry ?? 250);
      }
    }
    // In the same breath as the last look: what is told from now on begins anew.
    this.#work = undefined;
  }

  /** One event, or all of them where an outage has let them pile up. */
  #take(): SinkEvent[] {
    const {bulk = true, shuffled = false} = this.#options.behaviour();
    const count = bulk && this.#failed ? AT_ONCE : 1;
    if (shuffled) shuffle(this.#waiting, this.#options.random);
    return this.#waiting.splice(0, count);
  }

  #repeat(events: readonly SinkEvent[]): void {
    const {behaviour, random} = this.#options;
    const {repeats = 0} = behaviour();
    for (const event of events) {
      // Once more, not for ever.
      if (this.#again.delete(event) || random() >= repeats) continue;
      this.#again.add(event);
      this.#waiting.push(event);
    }
  }

  async #post(events: readonly SinkEvent[]): Promise<boolean> {
    const {broker, isCut, signal} = this.#options;
    if (isCut()) return false;
    try {
      const response = await fetch(`${broker.origin}/events`, {
        method: 'POST',
        headers: {authorization: authorization(broker), 'content-type': 'application/json'},
        body: JSON.stringify(events.length === 1 ? events[0] : inBulk(events)),
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }

  /** Ends early when everything ends. */
  async #pause(ms: number): Promise<void> {
    const {signal} = this.#options;
    await setTimeout(ms, undefined, {signal}).catch(() => undefined);
  }
}

const inBulk = (events: readonly SinkEvent[]): BulkEvent => {
  const {node, time} = events.at(-1) as SinkEvent;
  return {node, seq: 0, version: 2, time, event: 'eventsink_bulk', data: events};
};

const shuffle = (events: SinkEvent[], random: () => number): void => {
  for (let at = events.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const event = events[at] as SinkEvent;
    events[at] = events[other] as SinkEvent;
    events[other] = event;
  }
};
