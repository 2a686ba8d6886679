import type {ServerResponse} from 'node:http';

import type {StreamEnd} from '../../../src/protocol/call-api.js';
import {ENDED, RINGS, stepOf, type Call} from './call.js';
import {eventsSince, infoOf, type CallEvent} from './call-view.js';

/** Ms after which a page whose stream was cut opens another one. */
const RETRY = 2_000;
/** A stream says something at least so often, so that no proxy takes it for dead; ms. */
export const HEARTBEAT = 20_000;
/** Of a page that does not read, bytes: what comes after that it does not get. */
export const MOST_UNREAD = 64 * 1024;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // A proxy that collects or compresses an answer would hold the events back.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

/** So many calls that are over a stream remembers. */
const MOST_OVER = 8;

export interface CallStreamOptions {
  readonly id: string;
  readonly sub: string;
  readonly response: ServerResponse;
  /** Epoch ms at which its proof of sign-in ends. */
  readonly until: number;
}

/** One tab's call stream: server-sent events, in one order, each once. */
export class CallStream {
  readonly id: string;
  readonly sub: string;
  readonly until: number;
  readonly #response: ServerResponse;
  /** The call that it was told of last, and how far. */
  #told: {readonly id: string; readonly step: number; readonly createdAt: number} | undefined;
  /** Ids of the latest calls that it knows to be over. */
  #over: readonly string[] = [];
  /** What came before it was opened. */
  #early: Call[] | undefined = [];
  #spoke = 0;

  constructor({id, sub, until, response}: CallStreamOptions) {
    this.id = id;
    this.sub = sub;
    this.until = until;
    this.#response = response;
  }

  get isOver(): boolean {
    return this.#response.destroyed || this.#response.writableEnded;
  }

  /** The call that it was told of, and which is not over by what it knows. */
  get openCall(): string | undefined {
    return this.#told?.id;
  }

  /** @param call the one that its user is in now */
  open(call: Call | undefined): void {
    this.#response.writeHead(200, HEADERS);
    this.#write(`retry: ${RETRY}\n`);
    const early = this.#early ?? [];
    this.#early = undefined;
    this.#send({
      name: 'stream',
      data: {id: this.id, ...(call && {call: infoOf(call, this.sub)})},
    });
    if (call) this.#tell(call, true);
    for (const each of early) this.tell(each);
  }

  /** Tells of a call as it is now; what the page knows already is left out. */
  tell(call: Call): void {
    if (this.#early) this.#early.push(call);
    else this.#tell(call, false);
  }

  send(event: CallEvent): void {
    if (!this.#early) this.#send(event);
  }

  /** Says why, and ends. */
  end(reason: StreamEnd): void {
    if (this.isOver) return;
    if (this.#early) return void this.#response.destroy();
    this.#send({name: 'over', data: {reason}});
    this.#response.end();
  }

  /** A comment, where nothing was said for long. */
  beat(now: number): void {
    if (!this.#early && now - this.#spoke >= HEARTBEAT) this.#write(':\n\n');
  }

  /** @param isFirst what it is in already, it learns by `stream`; only a ring is an event */
  #tell(call: Call, isFirst: boolean): void {
    const step = stepOf(call);
    const known = this.#told?.id === call.id ? this.#told.step : 0;
    if (step <= known || this.#isLate(call)) return;
    if (step === ENDED) this.#over = [...this.#over, call.id].slice(-MOST_OVER);
    this.#told = {id: call.id, step, createdAt: call.createdAt};
    if (isFirst && step > RINGS) return;
    for (const event of eventsSince(call, known, this)) this.#send(event);
  }

  /**
   * News of a call before the one that it knows. By their times only while that one goes on: the clocks
   * of two brokers may differ, and the next call must ring.
   */
  #isLate({id, createdAt}: Call): boolean {
    const told = this.#told;
    if (!told || told.id === id) return false;
    return this.#over.includes(id) || (told.step < ENDED && told.createdAt > createdAt);
  }

  #send({name, data}: CallEvent): void {
    this.#write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #write(text: string): void {
    if (this.isOver) return;
    this.#spoke = performance.now();
    this.#response.write(text);
    // Who does not read would have the broker keep it all.
    if (this.#response.writableLength > MOST_UNREAD) this.#response.destroy();
  }
}
