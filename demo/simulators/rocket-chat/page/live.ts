/** The page's connection to its own server. A DDP client is to take this file's place. */
import type {LiveEvent} from '../live.js';

const RETRY = 1000;

/** Calls the server and hears its changes. */
export class Live {
  readonly #take: (event: LiveEvent) => void;
  readonly #lost: () => void;
  #connection = new AbortController();
  #token: string | undefined;

  /**
   * @param take hears every event
   * @param lost called when the server has ended the connection, or cannot be reached
   */
  constructor(take: (event: LiveEvent) => void, lost: () => void) {
    this.#take = take;
    this.#lost = lost;
  }

  /** The token of the present connection. */
  get token(): string | undefined {
    return this.#token;
  }

  /** Calls a method; `undefined` if the server refuses, `null` if it cannot be reached. */
  async call<T>(
    method: string,
    params: object,
    token = this.#token,
  ): Promise<T | undefined | null> {
    try {
      const response = await fetch(`/__live/call/${method}`, {
        method: 'POST',
        headers: token ? {'x-auth-token': token} : {},
        body: JSON.stringify(params),
      });
      // Page and server are one program: the type is that of page-methods.ts.
      return response.ok ? ((await response.json()) as T) : undefined;
    } catch {
      return null;
    }
  }

  /** Signs in without the token of the present connection, which may have ended. */
  login<T>(params: object): Promise<T | undefined | null> {
    return this.call<T>('login', params, '');
  }

  /** Connects anew, as the user of `token` or as nobody; resolves when the first event is here. */
  async connect(token?: string): Promise<void> {
    this.close();
    const connection = new AbortController();
    this.#connection = connection;
    this.#token = token;
    await new Promise<void>((resolve) => {
      void this.#read(connection.signal, resolve).then(resolve);
    });
  }

  close(): void {
    this.#connection.abort();
  }

  async #read(signal: AbortSignal, first: () => void): Promise<void> {
    const headers = this.#token ? {'x-auth-token': this.#token} : undefined;
    try {
      // Firefox has a second request for one address wait until the first has been answered whole.
      const cache = 'no-store';
      const response = await fetch('/__live/events', {signal, cache, ...(headers && {headers})});
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (;;) {
        const part = await reader?.read();
        if (!part || part.done) break;
        const events = (rest + part.value).split('\n\n');
        rest = events.pop() ?? '';
        for (const event of events) {
          this.#take(JSON.parse(event.slice('data: '.length)) as LiveEvent);
          first();
        }
      }
      if (!signal.aborted) this.#lost();
    } catch {
      if (signal.aborted) return;
      const timer = setTimeout(this.#lost, RETRY);
      signal.addEventListener('abort', () => clearTimeout(timer), {once: true});
    }
  }
}
