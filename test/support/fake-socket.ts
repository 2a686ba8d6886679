/**
 * The network and the time of a page as a test wants them: sockets whose server is the test, answers
 * to `fetch`, and a clock that moves only when it is told to.
 */
import {turn} from './turn.js';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Stands in for the timers and clocks of the page until {@link restore}. */
export class FakeClock {
  readonly #real = {setTimeout, clearTimeout, now: Date.now, elapsed: performance.now};
  readonly #timers = new Map<number, Timer>();
  #elapsed = 0;
  #ids = 0;
  /** How far the clock of the device is ahead of the right time, ms. */
  skew = 0;

  /** @param start the right time, epoch ms */
  constructor(readonly start = Date.UTC(2026, 10, 21)) {
    const fake = {
      setTimeout: (run: () => void, time = 0): number => {
        this.#timers.set(++this.#ids, {at: this.#elapsed + Math.max(0, Number(time) || 0), run});
        return this.#ids;
      },
      clearTimeout: (id?: number): void => void this.#timers.delete(id!),
    };
    Object.assign(globalThis, fake);
    Date.now = () => this.now + this.skew;
    performance.now = () => this.#elapsed;
  }

  /** The right time, epoch ms. */
  get now(): number {
    return this.start + this.#elapsed;
  }

  /** How many timers run. */
  get timers(): number {
    return this.#timers.size;
  }

  /** An instant as servers tell it, by the right time. */
  iso(fromNow: number): string {
    return new Date(this.now + fromNow).toISOString();
  }

  /** Lets so much time pass, with all that happens in it. */
  async pass(time: number): Promise<void> {
    const end = this.#elapsed + time;
    await turn();
    for (let next; (next = this.#next(end)); await turn()) {
      this.#elapsed = Math.max(this.#elapsed, next[1].at);
      this.#timers.delete(next[0]);
      next[1].run();
    }
    this.#elapsed = end;
  }

  /** Lets as much time pass as there is until the next timer. */
  async next(): Promise<void> {
    await turn();
    const next = this.#next(Infinity);
    if (!next) throw new Error('There is no timer.');
    await this.pass(next[1].at - this.#elapsed);
  }

  restore(): void {
    const {now, elapsed, ...timers} = this.#real;
    Object.assign(globalThis, timers);
    Date.now = now;
    performance.now = elapsed;
  }

  #next(end: number): [number, Timer] | undefined {
    return [...this.#timers].filter(([, {at}]) => at <= end).sort((a, b) => a[1].at - b[1].at)[0];
  }
}

/** A frame of DDP, as a test writes or reads it. */
export type Frame = Readonly<Record<string, unknown>>;

/** A `WebSocket` whose other end is the test. */
export class FakeSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readyState: number = FakeSocket.CONNECTING;
  /** What the page has sent. */
  readonly sent: Frame[] = [];
  /** Called with each frame that the page has sent, as soon as it is done with it. */
  heard: (frame: Frame) => void = () => undefined;

  constructor(readonly url: string) {
    super();
  }

  /** The page's: sends. */
  send(data: string): void {
    if (this.readyState !== FakeSocket.OPEN) throw new DOMException('', 'InvalidStateError');
    const frame = JSON.parse(data) as Frame;
    this.sent.push(frame);
    queueMicrotask(() => this.heard(frame));
  }

  /** The page's: closes. */
  close(): void {
    this.readyState = FakeSocket.CLOSED;
  }

  /** The server's: takes the connection. */
  open(): void {
    this.readyState = FakeSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  /** The server's: says something. */
  say(frame: Frame): void {
    this.sayRaw(JSON.stringify(frame));
  }

  /** The server's: says anything at all. */
  sayRaw(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', {data}));
  }

  /** The server's: takes the connection and greets. */
  greet(): void {
    this.open();
    this.say({msg: 'connected', session: 's'});
  }

  /** The server's, or the network's: ends the connection. */
  drop(kind: 'close' | 'error' = 'close'): void {
    this.readyState = FakeSocket.CLOSED;
    this.dispatchEvent(new Event(kind));
  }

  /** What was sent of a kind. */
  of(msg: string): Frame[] {
    return this.sent.filter((frame) => frame['msg'] === msg);
  }
}

/** Every socket that the page makes until {@link restore}. */
export class FakeSockets {
  readonly all: FakeSocket[] = [];
  readonly #real = WebSocket;

  /** @param made called with each new socket before its page can listen */
  constructor(made: (socket: FakeSocket) => void = () => undefined) {
    const {all} = this;
    globalThis.WebSocket = class extends FakeSocket {
      constructor(url: string) {
        super(url);
        all.push(this);
        made(this);
      }
    } as unknown as typeof WebSocket;
  }

  /** The latest one. */
  get last(): FakeSocket {
    return this.all.at(-1)!;
  }

  /** Those that are not closed. */
  get alive(): FakeSocket[] {
    return this.all.filter(({readyState}) => readyState < FakeSocket.CLOSING);
  }

  restore(): void {
    globalThis.WebSocket = this.#real;
  }
}

/** An answer of a server. */
export interface FakeAnswer {
  readonly status?: number;
  /** Told as JSON, unless it is a text: that is told as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request of the page. */
export interface FakeRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly init: RequestInit;
}

const responseOf = ({status = 200, body, headers}: FakeAnswer): Response => {
  const said = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  const json = async (): Promise<unknown> => JSON.parse(said) as unknown;
  const ok = status >= 200 && status < 300;
  return {status, ok, headers: new Headers(headers), json} as unknown as Response;
};

/** Stands in for `fetch` until {@link restore}. */
export class FakeFetch {
  readonly requests: FakeRequest[] = [];
  readonly #real = fetch;
  /** What the server answers; nothing at all where it throws or rejects. */
  answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>;

  constructor(answer: FakeFetch['answer']) {
    this.answer = answer;
    globalThis.fetch = async (url, init = {}) => {
      const {signal, method = 'GET', body} = init;
      signal?.throwIfAborted();
      const gone = new Promise<never>((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason as Error)),
      );
      const sent: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
      const headers = new Headers(init.headers);
      const request = {url: String(url as string), method, headers, body: sent, init};
      this.requests.push(request);
      const answered = (async () => responseOf(await this.answer(request)))();
      return Promise.race([answered, gone]);
    };
  }

  restore(): void {
    globalThis.fetch = this.#real;
  }
}
