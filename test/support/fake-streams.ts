import {turn} from './turn.js';

/** What a server says of its answer. */
export interface Said {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request whose answer the test writes, piece by piece. */
export class FakeStream {
  readonly url: string;
  readonly init: RequestInit;
  readonly headers: Headers;
  readonly response: Promise<Response>;
  #resolve!: (response: Response) => void;
  #reject!: (error: unknown) => void;
  #body: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(url: string, init: RequestInit) {
    this.url = url;
    this.init = init;
    this.headers = new Headers(init.headers);
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    init.signal?.addEventListener('abort', () => this.cut(init.signal!.reason));
  }

  /** The page has let go of it. */
  get isGone(): boolean {
    return !!this.init.signal?.aborted;
  }

  /** The server answers. */
  async open({
    status = 200,
    type = 'text/event-stream; charset=utf-8',
    headers,
  }: Said = {}): Promise<void> {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => void (this.#body = controller),
    });
    const said = {'content-type': type, ...headers};
    this.#resolve(new Response(status === 204 ? null : body, {status, headers: said}));
    await turn();
  }

  /** The server says something. */
  async say(text: string | Uint8Array): Promise<void> {
    this.#body!.enqueue(typeof text === 'string' ? new TextEncoder().encode(text) : text);
    await turn();
  }

  /** The server ends its answer. */
  async end(): Promise<void> {
    this.#body!.close();
    await turn();
  }

  /** The connection breaks, or is none. */
  cut(error: unknown = new TypeError('The connection was cut.')): void {
    this.#reject(error);
    try {
      this.#body?.error(error);
    } catch {
      // It has ended already.
    }
  }
}

/** Every request that the page makes until {@link restore}. */
export class FakeStreams {
  readonly all: FakeStream[] = [];
  readonly #real = fetch;

  constructor() {
    globalThis.fetch = (url, init = {}) => {
      init.signal?.throwIfAborted();
      const stream = new FakeStream(String(url as string), init);
      this.all.push(stream);
      return stream.response;
    };
  }

  /** The latest one. */
  get last(): FakeStream {
    return this.all.at(-1)!;
  }

  /** Those that the page has not let go of. */
  get alive(): FakeStream[] {
    return this.all.filter(({isGone}) => !isGone);
  }

  restore(): void {
    globalThis.fetch = this.#real;
  }
}
