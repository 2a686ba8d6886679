import type {Listening} from './widget-operations.js';

type AnyListener = (detail: unknown) => void;

/**
 * Listens to the events of the element by their documented names. That a listener which throws harms
 * nobody else is what the browser does for each.
 */
export class WidgetListening {
  readonly #host: EventTarget;
  /** One wrapper for each listener, as with `addEventListener()`: to come a second time changes nothing. */
  readonly #wrapped = new WeakMap<AnyListener, (event: Event) => void>();
  #life = new AbortController();
  /** What was listened to, for whoever knows the names: whether by a function. */
  readonly asked = new Map<string, boolean>();

  constructor(host: EventTarget) {
    this.#host = host;
  }

  /** What pages call. */
  readonly methods: Listening = {
    on: (type, listener) => {
      // One that was to come once stays now.
      this.methods.off(type, listener);
      this.#add(type, listener as AnyListener);
    },
    once: (type, listener) => this.#add(type, listener as AnyListener, true),
    off: (type, listener) =>
      this.#host.removeEventListener(eventOf(type), this.#wrapped.get(listener as AnyListener)!),
  };

  /** Tells this, and then nobody any more of those who have listened so far. */
  end(last: Event): void {
    const life = this.#life;
    this.#life = new AbortController();
    this.#host.dispatchEvent(last);
    life.abort();
  }

  #add(type: string, listener: AnyListener, once = false): void {
    const isFunction = typeof listener === 'function';
    this.asked.set(`${type}`, isFunction);
    if (!isFunction) return;
    const call = (event: Event): void => listener((event as CustomEvent).detail);
    if (!this.#wrapped.has(listener)) this.#wrapped.set(listener, call);
    const {signal} = this.#life;
    this.#host.addEventListener(eventOf(type), this.#wrapped.get(listener)!, {once, signal});
  }
}

const eventOf = (type: string): string => `widget-${type}`.replaceAll('_', '-');
