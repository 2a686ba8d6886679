import {readAction, type Dialect} from '../../src/protocol/dialects.js';
import {
  HELLO_VERSION,
  parsePageMessage,
  toWire,
  type ReceivedPageMessage,
} from '../../src/protocol/external-chat.js';
import {documentedOnly, isOfPeople, type Telling} from './documented-keys.js';
import {FEATURES, FEATURES_FOR_ANYBODY} from './features.js';
import {warn} from './log.js';

/** The page that embeds Web App 3, which is our parent; `undefined` if none does. */
export const embeddingPage = (self: Window): Window | undefined =>
  self.parent.parent === self.parent ? undefined : self.parent.parent;

export interface PageChannelOptions {
  /** The plugin's own window. */
  readonly self: Window;
  /** The window of the embedding page: the only one that is heard and spoken to. */
  readonly page: Window;
  /** Exact origins the page may have; if empty, any page is heard and spoken to. */
  readonly origins: readonly string[];
  /** The dialect to start in. */
  readonly dialect: Dialect;
  /** Ends the conversation. */
  readonly signal: AbortSignal;
}

/**
 * The conversation with the embedding page. Nothing is sent, and nothing that was heard is handled,
 * before {@link announce}; what comes earlier waits in its order.
 *
 * To be made before `registerPlugin`: its listener must be the first on the window, as it keeps all
 * but Web App 3's messages from the listener of plugin-api.
 */
export class PageChannel {
  readonly #options: PageChannelOptions;
  readonly #warned = new Set<string>();
  #waiting: (() => void)[] | undefined = [];
  #receive: (message: ReceivedPageMessage) => void = () => undefined;
  #audible: () => void = () => undefined;
  #dialect: Dialect;
  #greeted = false;
  #pageOrigin: string | undefined;

  constructor(options: PageChannelOptions) {
    this.#options = options;
    this.#dialect = options.dialect;
    const {self, signal} = options;
    self.addEventListener('message', this.#handle, {signal});
  }

  /** The wire names spoken now. Once the page has said hello they stay. */
  get dialect(): Dialect {
    return this.#dialect;
  }

  /**
   * Sends the bare `ready`, then what was held back, and hands on what the page says.
   *
   * @param audible called whenever the page may hear of people, and has heard of none yet
   */
  announce(
    receive: (message: ReceivedPageMessage) => void,
    audible: () => void = () => undefined,
  ): void {
    this.#receive = receive;
    this.#audible = audible;
    this.#post({type: 'ready', features: this.#features});
    const isAudible = this.#isAudible;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.forEach((task) => task());
    if (isAudible && !this.#greeted) audible();
  }

  /** Answers a valid `hello`. From now on messages carry more than the documented keys. */
  greet(): void {
    this.#greeted = true;
    this.send({type: 'ready', version: HELLO_VERSION, features: this.#features});
    this.#audible();
  }

  /**
   * Sends a message; until the page has said hello, with the documented keys alone. What is about
   * people is dropped while the page may not hear it.
   */
  send(message: Telling): void {
    this.#whenAnnounced(() => {
      if (this.#isAudible || !isOfPeople(message)) this.#post(message);
    });
  }

  get #features(): string[] {
    return [...(this.#options.origins.length ? FEATURES : FEATURES_FOR_ANYBODY)];
  }

  /** The page has said hello, or speaks the dialect in which people are told of. */
  get #isAudible(): boolean {
    const knows = this.#greeted || this.#dialect === 'videoconf';
    return knows && this.#options.origins.length > 0;
  }

  #handle = (event: MessageEvent<unknown>): void => {
    const {self, page, origins} = this.#options;
    if (event.source === self.parent) return;
    // plugin-api's own listener checks no source and throws on null: only Web App 3 may reach it.
    event.stopImmediatePropagation();
    if (event.source !== page) return;
    if (origins.length && !origins.includes(event.origin)) {
      this.#warnOnce(
        `ignores the page of ${event.origin}, which it was not packaged for (make package ORIGINS="…")`,
      );
      return;
    }
    const action = readAction(event.data);
    const message = parsePageMessage(event.data, action);
    if (action && message) {
      const {dialect} = action;
      this.#pageOrigin = event.origin;
      this.#whenAnnounced(() => {
        if (dialect === 'videoconf') this.#adopt(dialect);
        this.#receive(message);
      });
    } else if (!action) {
      this.#warnOnce('ignores messages of the page without the prefix of its actions');
    } else {
      this.#warnOnce('ignores messages of the page with an unknown action or wrong fields');
    }
  };

  /** Speaks as the page does, which has said no hello and may not have understood a word. */
  #adopt(dialect: Dialect): void {
    if (this.#greeted || this.#dialect === dialect) return;
    this.#dialect = dialect;
    this.#post({type: 'ready', features: this.#features});
    if (this.#isAudible) this.#audible();
  }

  #post(message: Telling): void {
    // Only the second dialect has names for what is about people.
    const dialect = isOfPeople(message) ? 'videoconf' : this.#dialect;
    const data = this.#greeted ? toWire(message, dialect) : documentedOnly(message, dialect);
    for (const target of this.#targets()) this.#options.page.postMessage(data, target);
  }

  #targets(): readonly string[] {
    // An opaque origin cannot be named; it gets this far only where no origins are configured.
    if (this.#pageOrigin && this.#pageOrigin !== 'null') return [this.#pageOrigin];
    return this.#options.origins.length ? this.#options.origins : ['*'];
  }

  #whenAnnounced(task: () => void): void {
    if (this.#waiting) this.#waiting.push(task);
    else task();
  }

  #warnOnce(line: string): void {
    if (this.#warned.has(line)) return;
    this.#warned.add(line);
    warn(line);
  }
}
