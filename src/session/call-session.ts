import type {CallInfo, StreamEnd} from '../protocol/call-api.js';
import {parseCallEvent, type CallEvent} from '../protocol/call-events.js';
import {delayBefore, type Backoff} from '../transport/backoff.js';
import {EventStream, type StreamPace, type StreamSource} from '../transport/event-stream.js';
import type {SocketStatus} from '../transport/ddp-socket.js';
import {sleep} from '../transport/sleep.js';
import {onWake} from '../transport/wake.js';
import {Held} from './live-hub.js';
import {Observable} from './observable.js';

export interface CallState {
  /** `ended`, for the reason in `end`: it comes back by itself only after `too-many` and `refused`. */
  readonly status: SocketStatus | 'ended';
  /** The id of the stream, which this tab says when it answers; undefined while there is none. */
  readonly stream: string | undefined;
  /** The call that the user is in, in this tab or another; as far as it was told. */
  readonly call: CallInfo | undefined;
  /** `refused`: the broker has no calls, or does not know the user; or this is a proxy, for a while. */
  readonly end: StreamEnd | 'refused' | undefined;
}

/**
 * What the stream tells. Of `stream`, `before` is the call that was known of: the one that the user is in
 * now may be another, or further on.
 */
export type CallFact =
  | Exclude<CallEvent, {type: 'stream'}>
  | (Extract<CallEvent, {type: 'stream'}> & {readonly before: CallInfo | undefined})
  /** `answer`: the HTTP status, where the stream is refused. */
  | {readonly type: 'status'; readonly answer?: number};

const INITIAL: CallState = {
  status: 'connecting',
  stream: undefined,
  call: undefined,
  end: undefined,
};

/** The ends after which another stream is opened without more ado. */
const PASSING: readonly unknown[] = ['closing', 'expired'];

/** The pause before a stream that was refused is asked for again; to `first`, chance is added, ever more. */
const AGAIN: Backoff = {first: 60_000, most: 600_000};
/** Nor is it asked for sooner where the page wakes time and again; ms. */
const SOONEST = 30_000;

/** A user's call stream on this page: it stays open, and this tells what comes. No call is made here. */
export class CallSession extends Observable<CallState, CallFact> {
  readonly #stream: EventStream;
  /** The call whose ring was told. */
  #rung: string | undefined;
  /** Of waiting for another attempt, once the stream has ended. */
  #unused: AbortController | undefined;
  /** In a row. */
  #refusals = 0;

  #source: StreamSource;

  /** @param source `GET /v1/calls/events` of a broker */
  constructor(source: StreamSource, pace?: StreamPace) {
    super(INITIAL);
    this.#source = source;
    this.#stream = new EventStream({
      source: () => this.#source,
      ...(pace && {pace}),
      event: (event) => {
        const told = parseCallEvent(event);
        if (told) this.#hear(told);
      },
      status: (status) => {
        if (status === 'live') this.#refusals = 0;
        this.#become({status, end: undefined});
      },
      refused: (answer) => this.#refused(answer),
    });
  }

  /** From the next attempt on, another one asks for the same stream. */
  use(source: StreamSource): void {
    this.#source = source;
  }

  /** Opens the stream; one that waits or has ended tries again at once. */
  start(): void {
    this.#unused?.abort();
    this.#stream.start();
  }

  stop(): void {
    this.#unused?.abort();
    this.#stream.stop();
    this.#rung = undefined;
    this.change({type: 'status'}, INITIAL);
  }

  /** What refuses it now may take it later on, as when it was being replaced, or the token was an old one. */
  #refused(answer: number): void {
    const {signal} = (this.#unused = new AbortController());
    const soonest = performance.now() + SOONEST;
    const wake = (): void => {
      if (performance.now() >= soonest) this.start();
    };
    onWake({wake, leave: () => undefined}, signal);
    addEventListener('focus', wake, {signal});
    const pause = AGAIN.first + delayBefore(this.#refusals++, AGAIN);
    void sleep(pause, signal).then(
      () => this.start(),
      () => undefined,
    );
    this.change({type: 'status', answer}, {stream: undefined, status: 'ended', end: 'refused'});
  }

  #become(changes: Partial<CallState>): void {
    this.change({type: 'status'}, {stream: undefined, ...changes});
  }

  #hear(event: CallEvent): void {
    switch (event.type) {
      case 'stream': {
        const {id, call} = event;
        const before = this.getState().call;
        return this.change({...event, before}, {stream: id, call});
      }
      case 'force_disconnect':
        return this.change(event);
      case 'over':
        return this.#end(event);
      case 'incoming':
        // A stream that is opened while it rings tells that again.
        if (event.call.id === this.#rung) return;
        this.#rung = event.call.id;
    }
    const {call} = event;
    this.change(event, {call: call.status === 'ended' ? undefined : call});
  }

  #end(event: Extract<CallEvent, {type: 'over'}>): void {
    const {reason} = event;
    this.change(event);
    if (PASSING.includes(reason)) return; // it comes back by itself
    this.#stream.stop();
    this.#become({status: 'ended', end: reason});
    if (reason !== 'too-many') return;
    // Another tab has its place until this one is used again.
    const {signal} = (this.#unused = new AbortController());
    for (const type of ['focus', 'pointerdown', 'keydown'])
      addEventListener(type, () => this.start(), {signal, capture: true});
  }
}

const held = new Map<string, Held<CallSession>>();

/**
 * The one call stream of a user with a broker on this page. Whoever lets go of it keeps it for some
 * seconds more, as widgets are moved and rendered anew.
 *
 * @param key names broker and user
 * @param source whoever has come last is asked who they are
 */
export const sharedCalls = (key: string, source: StreamSource): Held<CallSession> => {
  let known = held.get(key);
  if (!known) {
    known = new Held(new CallSession(source), (session) => {
      held.delete(key);
      session.stop();
    });
    held.set(key, known);
  } else known.value.use(source);
  return known;
};
