import {EventQueue, type EventQueueOptions} from './event-queue.js';
import type {Row} from './participant-rows.js';
import type {Service} from './service.js';
import type {SinkEvent} from './sink-event.js';

/** A conference as one node holds it. */
interface Held {
  readonly service: Service;
  readonly startTime: number;
  /** Those of its rows that are on this node, by uuid. */
  readonly rows: Map<string, Row>;
  isStarted: boolean;
}

/** What a {@link ConferencingNode} works with. */
export interface ConferencingNodeOptions extends EventQueueOptions {
  /** Its address. */
  readonly address: string;
  /** By how much its clock is wrong, ms. */
  readonly clockOffset: number;
}

/** One Conferencing Node: it holds its part of each conference, and tells of that alone. */
export class ConferencingNode {
  readonly address: string;
  readonly queue: EventQueue;
  readonly #options: ConferencingNodeOptions;
  readonly #held = new Map<string, Held>();
  #seq = 0;
  #isRunning = true;

  constructor(options: ConferencingNodeOptions) {
    this.#options = options;
    this.address = options.address;
    this.queue = new EventQueue(options);
    this.tell('eventsink_started', {});
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Epoch seconds by its own clock. */
  get time(): number {
    return (Date.now() + this.#options.clockOffset) / 1000;
  }

  /** Tells the sink, unless the node has stopped. */
  tell(event: string, data: unknown): void {
    if (!this.#isRunning) return;
    this.#seq += 1;
    const told: SinkEvent = {
      node: this.address,
      seq: this.#seq,
      version: 2,
      time: this.time,
      event,
      // As it is now: rows change later.
      data: structuredClone(data),
    };
    this.queue.push(told);
  }

  /** Its sink starts anew: numbers begin at 1 again, what waits is told as it was numbered. */
  restartSink(): void {
    this.tell('eventsink_ended', {});
    this.#seq = 0;
    this.tell('eventsink_started', {});
  }

  /** Holds a conference from now on, if it does not yet; without rows where it is a media node alone. */
  hold(service: Service): void {
    if (this.#held.has(service.name)) return;
    const held = {service, startTime: this.time, rows: new Map(), isStarted: false};
    this.#held.set(service.name, held);
    this.tell('conference_started', conferenceData(held));
  }

  /** A conference counts as started as soon as a host is in it. */
  begin(name: string): void {
    const held = this.#held.get(name);
    if (!held || held.isStarted) return;
    held.isStarted = true;
    this.tell('conference_updated', conferenceData(held));
  }

  connect(row: Row): void {
    this.#of(row)?.rows.set(row.uuid, row);
    this.tell('participant_connected', row);
  }

  /** Changes a row, and tells no more than what has changed. */
  change(row: Row, changes: Readonly<Record<string, unknown>>): void {
    Object.assign(row, changes);
    this.tell('participant_updated', {uuid: row.uuid, conference: row['conference'], ...changes});
  }

  disconnect(row: Row, reason: string): void {
    this.#of(row)?.rows.delete(row.uuid);
    const endTime = this.time;
    this.tell('participant_disconnected', {
      ...row,
      disconnect_reason: reason,
      duration: endTime - Number(row['connect_time']),
      end_time: endTime,
    });
  }

  /** Lets go of a conference in which nobody is any more. */
  release(name: string): void {
    const held = this.#held.get(name);
    if (!held) return;
    this.#held.delete(name);
    this.tell('conference_ended', {...conferenceData(held), end_time: this.time});
  }

  /** Whether somebody is in a conference by this node. */
  has(name: string): boolean {
    return (this.#held.get(name)?.rows.size ?? 0) > 0;
  }

  /** Goes for maintenance, with its farewell; or at once, as without power: nothing is told any more. */
  stop({abruptly}: {readonly abruptly: boolean}): void {
    if (!abruptly) this.tell('eventsink_ended', {});
    else this.queue.clear();
    this.#isRunning = false;
    this.#held.clear();
  }

  /** Comes back, with nobody in it. */
  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#seq = 0;
    this.tell('eventsink_started', {});
  }

  #of(row: Row): Held | undefined {
    return this.#held.get(String(row['conference']));
  }
}

const conferenceData = ({service, startTime, isStarted}: Held): Record<string, unknown> => ({
  name: service.name,
  service_type: service.type,
  tag: service.tag,
  start_time: startTime,
  is_started: isStarted,
  is_locked: service.isLocked,
  guests_muted: false,
});
