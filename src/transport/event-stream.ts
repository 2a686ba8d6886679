import {EventStreamParser, type StreamEvent} from '../protocol/event-stream.js';
import {delayBefore} from './backoff.js';
import type {SocketStatus} from './ddp-socket.js';
import {HttpFailure, isHttpFailure, parseRetryAfter} from './http-failure.js';
import {sleep} from './sleep.js';
import {onWake} from './wake.js';

/** Where a stream is, and who asks for it. */
export interface StreamSource {
  readonly url: string;
  readonly credentials: RequestCredentials;
  /** Asked before each attempt, as what tells who asks may have changed. */
  headers(): Promise<Readonly<Record<string, string>>>;
}

/** How a stream keeps its time, in ms. */
export interface StreamPace {
  /** Between two attempts, where the server says nothing else; chance is added to it, ever more. */
  readonly retry: number;
  /** The most that is added. */
  readonly most: number;
  /** A server that says nothing for so long has gone. */
  readonly silence: number;
  /** One that was silent for so long is asked anew when the page wakes. */
  readonly quiet: number;
  /** A stream that was open for so long has worked. */
  readonly steady: number;
}

/** As docs/calls.md has it: a comment comes every 20 seconds. */
export const STREAM_PACE: StreamPace = {
  retry: 2_000,
  most: 30_000,
  silence: 45_000,
  quiet: 25_000,
  steady: 10_000,
};

export interface EventStreamOptions {
  readonly source: () => StreamSource;
  readonly pace?: StreamPace;
  readonly event: (event: StreamEvent) => void;
  readonly status: (status: SocketStatus) => void;
  /** The server does not want this page, which does not ask again before {@link EventStream.start}. */
  readonly refused: (status: number) => void;
}

/** Refusals that another attempt may mend. */
const PASSING: readonly number[] = [408, 425, 429];
/** How many attempts fail in a row before a server counts as out of reach. */
const OFFLINE_AFTER = 4;
/** What a server may say of the pause between two attempts, ms. */
const SHORTEST_RETRY = 500;
const LONGEST_RETRY = 60_000;
const FOR_EVER = 2 ** 31 - 1;

const isFinal = (status: number): boolean =>
  status === 204 || (status >= 400 && status < 500 && !PASSING.includes(status));

/**
 * Server-sent events by `fetch`, which sends headers where `EventSource` sends none: no secret is in the
 * address. It comes back when it breaks off, and at once when the network is back or the page wakes.
 */
export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #pace: StreamPace;
  #life: AbortController | undefined;
  /** Its end is that of the connection, or of the pause before the next one. */
  #turn = new AbortController();
  #doing: 'asking' | 'hearing' | 'waiting' = 'waiting';
  /** In the page cache, where a connection would keep the page from coming back. */
  #away = false;
  /** The next attempt waits for nothing. */
  #hurry = false;
  /** Before this the server wants no attempt, whatever befalls the page; by the page's own clock. */
  #notBefore = 0;
  #heardAt = 0;
  #attempts = 0;
  #wasLive = false;
  #status: SocketStatus | undefined;
  #lastId = '';
  #retry: number;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#pace = options.pace ?? STREAM_PACE;
    this.#retry = this.#pace.retry;
  }

  /** Connects; at once, if it is waiting to try again and the server has not said for how long. */
  start(): void {
    if (this.#life) return this.#wake();
    const {signal} = (this.#life = new AbortController());
    this.#attempts = 0;
    this.#away = this.#hurry = false;
    onWake({wake: () => this.#wake(), leave: () => this.#leave()}, signal);
    void this.#run(signal);
  }

  /** Ends the connection, and with it all attempts. {@link start} begins anew. */
  stop(): void {
    this.#life?.abort();
    this.#life = this.#status = undefined;
    this.#doing = 'waiting';
    this.#turn.abort();
  }

  async #run(life: AbortSignal): Promise<void> {
    let unproven = 0;
    for (;;) {
      const {signal} = (this.#turn = new AbortController());
      const rest = this.#notBefore - performance.now();
      if (!navigator.onLine || this.#away)
        await this.#wait(); // it is the page that wakes
      else if (rest > 0) await sleep(rest, signal).catch(() => undefined);
      else {
        const failure = await this.#attempt(signal, life);
        if (life.aborted) return;
        if (failure?.status !== 401) unproven = 0;
        // A token may have ended just now: another one is asked for, once.
        else if (!unproven++) continue;
        if (failure && isFinal(failure.status)) {
          this.stop();
          return this.#options.refused(failure.status);
        }
        await this.#wait(failure?.wait ?? 0);
      }
      if (life.aborted) return;
    }
  }

  /**
   * Waits until it is time for the next attempt, or somebody wants it now.
   *
   * @param asked for so long at least, ms; undefined: for ever
   */
  async #wait(asked?: number): Promise<void> {
    const {signal} = (this.#turn = new AbortController());
    this.#doing = 'waiting';
    const attempt = this.#attempts++;
    const isOff = !navigator.onLine || attempt >= OFFLINE_AFTER;
    if (!this.#away) this.#tell(isOff ? 'offline' : this.#coming);
    if (this.#hurry) return void (this.#hurry = false);
    if (asked) this.#notBefore = performance.now() + asked;
    const pause = this.#retry + delayBefore(attempt, {first: this.#retry, most: this.#pace.most});
    const time = asked === undefined ? FOR_EVER : Math.max(asked, pause);
    await sleep(time, signal).catch(() => undefined);
  }

  /** @returns why there was no stream; nothing if there was one, which has ended */
  async #attempt(signal: AbortSignal, life: AbortSignal): Promise<HttpFailure | undefined> {
    const turn = this.#turn;
    const began = performance.now();
    let watch: ReturnType<typeof setTimeout> | undefined;
    const heard = (): void => {
      clearTimeout(watch);
      this.#heardAt = performance.now();
      watch = setTimeout(() => turn.abort(), this.#pace.silence);
    };
    this.#doing = 'asking';
    if (!this.#status) this.#tell(this.#coming);
    heard();
    try {
      const body = await this.#connect(signal);
      signal.throwIfAborted();
      this.#doing = 'hearing';
      this.#wasLive = true;
      this.#tell('live');
      await this.#hear(body, signal, heard);
    } catch (error) {
      return isHttpFailure(error) ? error : undefined;
    } finally {
      clearTimeout(watch);
      turn.abort();
      const held = performance.now() - began;
      if (!life.aborted && this.#doing === 'hearing' && held >= this.#pace.steady)
        this.#attempts = 0;
    }
    return undefined;
  }

  /** @throws {HttpFailure} this is no stream; anything else: there is no connection */
  async #connect(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    signal.throwIfAborted();
    const source = this.#options.source();
    const gone = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    );
    // The page's function for its token may never answer.
    const own = await Promise.race([source.headers(), gone]);
    const {status, headers, body} = await fetch(source.url, {
      headers: {
        ...own,
        accept: 'text/event-stream',
        ...(this.#lastId && {'last-event-id': this.#lastId}),
      },
      credentials: source.credentials,
      cache: 'no-store',
      redirect: 'error',
      signal,
    });
    const isStream = headers.get('content-type')?.startsWith('text/event-stream');
    if (status === 200 && body && isStream) return body;
    const wait = parseRetryAfter(headers.get('retry-after'));
    throw new HttpFailure(status === 200 ? 0 : status, undefined, wait);
  }

  async #hear(
    body: ReadableStream<Uint8Array>,
    signal: AbortSignal,
    heard: () => void,
  ): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const parser = new EventStreamParser();
    for (;;) {
      const {done, value} = await reader.read();
      if (done) return;
      heard();
      for (const event of parser.push(decoder.decode(value, {stream: true}))) {
        // Whoever heard the one before may have had enough.
        if (signal.aborted) return;
        this.#options.event(event);
      }
      const {lastId, retry = this.#retry} = parser;
      this.#lastId = lastId || this.#lastId;
      this.#retry = Math.min(Math.max(retry, SHORTEST_RETRY), LONGEST_RETRY);
    }
  }

  #wake(): void {
    this.#away = false;
    if (!navigator.onLine) return this.#turn.abort();
    const silent = performance.now() - this.#heardAt;
    // What is being asked for is under way; what was heard just now goes on.
    if (this.#doing === 'asking' || (this.#doing === 'hearing' && silent < this.#pace.quiet))
      return;
    this.#attempts = 0;
    this.#hurry = this.#doing === 'hearing';
    this.#turn.abort();
  }

  #leave(): void {
    this.#away = true;
    this.#turn.abort();
  }

  get #coming(): SocketStatus {
    return this.#wasLive ? 'recovering' : 'connecting';
  }

  #tell(status: SocketStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#options.status(status);
  }
}
