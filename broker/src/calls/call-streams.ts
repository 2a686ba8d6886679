import type {FastifyBaseLogger} from 'fastify';

import type {StreamEnd} from '../../../src/protocol/call-api.js';
import {inTurns} from '../sessions/in-turns.js';
import type {SignOuts} from '../sessions/sign-outs.js';
import type {CallNews, UserNews} from './call-news.js';
import type {CallRecords} from './call-records.js';
import type {CallStream} from './call-stream.js';
import type {Call} from './call.js';
import type {Calls} from './calls.js';
import type {Presence} from './presence.js';

/** Streams that a user has at one broker; the next one takes the place of the oldest. */
export const MOST_STREAMS = 50;
const TICK = 1_000;
const AT_ONCE = 20;

export interface CallStreamsOptions {
  readonly news: Pick<CallNews, 'listen'>;
  readonly records: Pick<CallRecords, 'find'>;
  readonly calls: Pick<Calls, 'current'>;
  readonly presence: Pick<Presence, 'come' | 'go' | 'renew'>;
  readonly signOuts: Pick<SignOuts, 'latest' | 'since'>;
  readonly log: FastifyBaseLogger;
}

/** The call streams of all pages that are at this broker. */
export class CallStreams {
  readonly #options: CallStreamsOptions;
  /** By user, in the order of coming. */
  readonly #streams = new Map<string, Set<CallStream>>();
  /** The sign-out before each of them. */
  readonly #signedOutBefore = new WeakMap<CallStream, string | undefined>();
  #ticks: NodeJS.Timeout | undefined;
  #unlisten: (() => void) | undefined;
  #draining = false;

  constructor(options: CallStreamsOptions) {
    this.#options = options;
  }

  /** How many there are. */
  get size(): number {
    let size = 0;
    for (const streams of this.#streams.values()) size += streams.size;
    return size;
  }

  /** Whether no more are taken, as the broker ends. */
  get isDraining(): boolean {
    return this.#draining;
  }

  start(): void {
    this.#unlisten = this.#options.news.listen({
      call: (call) => this.#tell(call),
      user: (news) => this.#tellUser(news),
      again: () => void this.#catchUp(),
    });
    this.#ticks = setInterval(() => this.#tick(), TICK).unref();
  }

  /** Ends all streams: their pages open others, at other brokers. */
  drain(): void {
    this.#draining = true;
    for (const streams of this.#streams.values())
      for (const stream of streams) stream.end('closing');
  }

  close(): void {
    this.drain();
    clearInterval(this.#ticks);
    this.#unlisten?.();
  }

  /** Opens a stream; resolves once it was told what its user is in. */
  async add(stream: CallStream): Promise<void> {
    const {calls, presence, signOuts} = this.#options;
    const {sub} = stream;
    this.#signedOutBefore.set(stream, await signOuts.latest(sub));
    const streams = this.#streams.get(sub) ?? new Set();
    this.#streams.set(sub, streams);
    streams.add(stream);
    try {
      const [oldest] = streams.size > MOST_STREAMS ? streams : [];
      if (oldest) this.#end(oldest, 'too-many');
      await presence.come(sub);
      // From here on nothing is missed: news that come meanwhile are told after it.
      const call = await calls.current(sub);
      if (this.#draining) this.#end(stream, 'closing');
      else if (streams.has(stream)) stream.open(call);
    } catch (error) {
      this.remove(stream);
      throw error;
    }
  }

  /** A stream is over. */
  remove(stream: CallStream): void {
    const streams = this.#streams.get(stream.sub);
    if (!streams?.delete(stream) || streams.size) return;
    this.#streams.delete(stream.sub);
    void this.#options.presence.go(stream.sub);
  }

  #end(stream: CallStream, reason: StreamEnd): void {
    stream.end(reason);
    this.remove(stream);
  }

  #tell(call: Call): void {
    for (const {sub} of [call.caller, call.callee])
      for (const stream of this.#streams.get(sub) ?? []) stream.tell(call);
  }

  #tellUser({sub, what}: UserNews): void {
    for (const stream of [...(this.#streams.get(sub) ?? [])]) {
      if (what === 'signed-out') {
        this.#end(stream, 'signed-out');
        continue;
      }
      stream.send({name: 'force_disconnect', data: {reason: what}});
      this.#end(stream, 'disconnected');
    }
  }

  #tick(): void {
    const now = performance.now();
    const time = Date.now();
    for (const streams of this.#streams.values())
      for (const stream of [...streams]) {
        if (stream.until <= time) this.#end(stream, 'expired');
        else stream.beat(now);
      }
  }

  /** News may have been missed: all streams are told what is so now. */
  async #catchUp(): Promise<void> {
    const {presence, log} = this.#options;
    try {
      await presence.renew();
      await inTurns([...this.#streams.keys()], AT_ONCE, (sub) => this.#catchUpFor(sub));
    } catch (error) {
      log.warn({err: error}, 'Pages could not be told of calls that began or ended meanwhile.');
    }
  }

  async #catchUpFor(sub: string): Promise<void> {
    const {calls, records, signOuts} = this.#options;
    const current = await calls.current(sub);
    for (const stream of [...(this.#streams.get(sub) ?? [])]) {
      if (await signOuts.since(sub, this.#signedOutBefore.get(stream))) {
        this.#end(stream, 'signed-out');
        continue;
      }
      const known = stream.openCall;
      const before =
        known === undefined || known === current?.id ? undefined : await records.find(known);
      if (before) stream.tell(before);
      if (current) stream.tell(current);
    }
  }
}
