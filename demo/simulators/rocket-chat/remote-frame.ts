import {marked, type PageCommand, type PageState, parsePageReport} from './remote-protocol.js';

interface Wait {
  readonly predicate: (state: PageState) => boolean;
  readonly resolve: (state: PageState) => void;
}

/** The embedded page in a frame, as a person would use it. Every wait ends by an event. */
export class RocketChatFrame {
  readonly #frame: HTMLIFrameElement;
  readonly #origin: string;
  readonly #closed = new AbortController();
  readonly #answers = new Map<string, (error?: string) => void>();
  #waits: Wait[] = [];
  #state: PageState | undefined;

  constructor(frame: HTMLIFrameElement, origin: string) {
    this.#frame = frame;
    this.#origin = origin;
    const {signal} = this.#closed;
    addEventListener('message', (event) => this.#take(event), {signal});
    // A page that has loaded before tells its state when asked; one that has not tells it by itself.
    // The frame may still be somewhere else, so that nobody in particular is addressed.
    frame.contentWindow?.postMessage(marked({command: 'state', id: crypto.randomUUID()}), '*');
  }

  /** The latest known state; `undefined` before the page has spoken. */
  get state(): PageState | undefined {
    return this.#state;
  }

  /** Resolves with the first state, the present one included, that satisfies `predicate`. */
  until(predicate: (state: PageState) => boolean): Promise<PageState> {
    if (this.#state && predicate(this.#state)) return Promise.resolve(this.#state);
    return new Promise((resolve) => this.#waits.push({predicate, resolve}));
  }

  /** Fills in Rocket.Chat's own login form and sends it. Rejects if there is no form. */
  loginForm(username: string, password: string): Promise<void> {
    return this.#ask({command: 'login-form', username, password});
  }

  /** Types a message and sends it. Rejects if there is no composer. */
  type(text: string): Promise<void> {
    return this.#ask({command: 'type', text});
  }

  /** Gives the page the focus, which marks the opened room as read. */
  focus(): Promise<void> {
    return this.#ask({command: 'focus'});
  }

  /** Stops listening. Waits that are still open never settle. */
  close(): void {
    this.#closed.abort();
  }

  #ask(command: PageCommand): Promise<void> {
    const id = crypto.randomUUID();
    this.#frame.contentWindow?.postMessage(marked({...command, id}), this.#origin);
    return new Promise((resolve, reject) => {
      this.#answers.set(id, (error) => {
        if (error) reject(new Error(error));
        else resolve();
      });
    });
  }

  #take({source, origin, data}: MessageEvent<unknown>): void {
    if (source !== this.#frame.contentWindow || origin !== this.#origin) return;
    const report = parsePageReport(data);
    if (!report) return;
    const {id = '', state, error} = report;
    this.#state = state;
    this.#answers.get(id)?.(error);
    this.#answers.delete(id);
    const met = this.#waits.filter(({predicate}) => predicate(state));
    this.#waits = this.#waits.filter((wait) => !met.includes(wait));
    for (const {resolve} of met) resolve(state);
  }
}
