/** Why messages were dropped, and how many; `accepted` are those that were handed on. */
export interface ChannelCounts {
  accepted: number;
  /** Came from a window that is not the frame or below it. */
  foreign: number;
  /** Came from the right window with the wrong origin. */
  origin: number;
  /** Came from the right window and origin, but are no message of the protocol. */
  malformed: number;
  /** Came from a window of the frame that is not the one the channel is bound to. */
  unbound: number;
}

/** The counts before the first message. */
export const NO_MESSAGES: Readonly<ChannelCounts> = {
  accepted: 0,
  foreign: 0,
  origin: 0,
  malformed: 0,
  unbound: 0,
};

/** What became of a message. */
export type Verdict = keyof ChannelCounts;

export interface FrameChannelOptions<In> {
  /** The frame's current window; null while the frame is not in a document. */
  readonly frame: () => Window | null;
  /** The exact origin of the frame. */
  readonly origin: string;
  /**
   * The partner is a window below the frame, as a Web App 3 plugin is, and may have an opaque
   * origin. Else it is the frame itself.
   */
  readonly nested?: boolean;
  /** Reads untrusted data; `undefined` for what is no message. */
  readonly parse: (data: unknown) => In | undefined;
  /** Whether a window may be bound by this message. */
  readonly binds?: (message: In) => boolean;
  readonly receive: (message: In) => void;
  /** Hears of every message of the frame that counts or is dropped, and of every one that is sent. */
  readonly trace?: (verdict: Verdict | 'sent', message?: unknown) => void;
  /** Ends the channel. */
  readonly signal: AbortSignal;
}

const isWithin = (source: Window, frame: Window): boolean => {
  // `parent` is readable across origins. The top window is its own parent, a detached one has none.
  let each: Window | null = source;
  while (each && each !== frame) {
    // Read once, as WebKit takes over 1 us for a property of another origin's window.
    const above: Window = each.parent;
    each = above === each ? null : above;
  }
  return each === frame;
};

/**
 * A conversation with one window of a frame over window messages.
 *
 * A message counts only if its source is the frame or a window below it and its origin is the
 * frame's (or opaque, for a nested partner). Both are tested before its data is touched, as data is
 * deserialised when first read. The first message that `binds` fixes the partner; another window
 * may take its place only when the partner is gone.
 */
export class FrameChannel<In> {
  readonly counts: ChannelCounts = {...NO_MESSAGES};
  /** The last origin that was dropped as the wrong one. */
  wrongOrigin: string | undefined;
  readonly #options: FrameChannelOptions<In>;
  /**
   * The frame that a window was found not to be below. Where a window is nested never changes, and
   * the walk would add a third to what a foreign message costs.
   */
  readonly #elsewhere = new WeakMap<Window, Window>();
  #partner: Window | null = null;
  /** Was bound to the page before the frame's new address, and may still be heard until that has come. */
  #former: Window | null = null;
  /** The first partner of the page that the frame shows; null: not heard yet, undefined: no page yet. */
  #first: Window | null | undefined;
  #partnerOrigin = '';

  constructor(options: FrameChannelOptions<In>) {
    this.#options = options;
    window.addEventListener('message', this.#handleMessage, {signal: options.signal});
  }

  /** The origin of the bound window, `"null"` if opaque; undefined while nothing is bound. */
  get partnerOrigin(): string | undefined {
    return this.#partner ? this.#partnerOrigin : undefined;
  }

  /**
   * A page has come to the frame. A window below the one before is gone with it, though Firefox may
   * still take it for open: until the partner is heard again, another window may take its place.
   *
   * @returns whether a window below the new page was quicker, and is bound already
   */
  pageLoaded(): boolean {
    const frame = this.#options.frame();
    const partner = this.#partner;
    if (!frame || partner === frame) return false;
    const isHeard = partner !== this.#first && this.#holds(frame);
    this.#first = isHeard ? partner : null;
    return isHeard;
  }

  /** Forgets the partner, as its frame was given a new address. */
  unbind(): void {
    this.#former = this.#partner;
    this.#partner = null;
    this.#first = undefined;
  }

  /** Sends to the partner, or does nothing if there is none. */
  send(data: unknown): void {
    const {frame, nested, origin, trace} = this.#options;
    const partner = nested ? this.#partner : frame();
    // An opaque origin cannot be named; the window itself is then what the message is pinned to.
    if (!partner) return;
    trace?.('sent', data);
    partner.postMessage(data, nested && this.#partnerOrigin === 'null' ? '*' : origin);
  }

  #handleMessage = (event: MessageEvent<unknown>): void => {
    const {frame: frameOf, nested, origin, parse, binds, receive} = this.#options;
    const frame = frameOf();
    const source = event.source as Window | null;
    if (!frame || !source || this.#isElsewhere(source, frame)) {
      this.counts.foreign++; // of no concern to whoever reads the log
    } else if (event.origin !== origin && !(nested && event.origin === 'null')) {
      this.wrongOrigin = event.origin;
      this.#count('origin');
    } else {
      const message = parse(event.data);
      if (!message) {
        this.#count('malformed');
      } else if (nested && source !== this.#partner && !this.#bind(source, frame, message, binds)) {
        this.#count('unbound', message);
      } else {
        this.#partnerOrigin = event.origin;
        if (this.#first === null) this.#first = this.#partner;
        this.#count('accepted', message);
        receive(message);
      }
    }
  };

  #isElsewhere(source: Window, frame: Window): boolean {
    if (!this.#options.nested) return source !== frame;
    if (this.#elsewhere.get(source) === frame) return true;
    if (isWithin(source, frame)) return false;
    this.#elsewhere.set(source, frame);
    return true;
  }

  #count(verdict: Verdict, message?: In): void {
    this.counts[verdict]++;
    this.#options.trace?.(verdict, message);
  }

  #bind(source: Window, frame: Window, message: In, binds?: (message: In) => boolean): boolean {
    // A window below the frame goes with its page; the frame's own stays.
    if (source === this.#former && source !== frame) return false;
    if ((this.#first !== null && this.#holds(frame)) || !binds?.(message)) return false;
    this.#partner = source;
    return true;
  }

  #holds(frame: Window): boolean {
    const partner = this.#partner;
    return !!partner && !partner.closed && isWithin(partner, frame);
  }
}
