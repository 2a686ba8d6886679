import {PexipChatError} from '../../errors.js';
import type {ClientEventMap, Listening} from './widget-operations.js';

/** The documented names. Those of calls can be listened to already. */
const NAMES: readonly string[] =
  'typing_started,message_sent,message_received,message_read,chat_loaded,user_connected,user_disconnected,access_token_is_about_to_expire,access_token_expired,error,incoming_call,call_dial_answered,call_dial_declined,call_dial_stopped,call_started,call_ended,force_disconnect'.split(
    ',',
  );

type AnyListener = (detail: unknown) => void;
type Wrapped = (event: Event) => void;

/**
 * Listens to the events of the element by their documented names. That a listener which throws harms
 * nobody else is what the browser does for each.
 */
export class WidgetListening {
  readonly #host: EventTarget;
  readonly #report: (error: PexipChatError) => void;
  /** One wrapper for each listener, as with `addEventListener()`: to come a second time changes nothing. */
  readonly #wrapped = [new WeakMap<AnyListener, Wrapped>(), new WeakMap<AnyListener, Wrapped>()];
  #life = new AbortController();

  constructor(host: EventTarget, report: (error: PexipChatError) => void) {
    this.#host = host;
    this.#report = report;
  }

  /** What pages call. */
  readonly methods: Listening = {
    on: (type, listener) => this.#add(type, listener, false),
    once: (type, listener) => this.#add(type, listener, true),
    off: (type, listener) => {
      for (const wrapped of this.#wrapped)
        this.#host.removeEventListener(eventOf(type), wrapped.get(listener as AnyListener)!);
    },
  };

  /** Tells nobody any more. */
  clear(): void {
    this.#life.abort();
    this.#life = new AbortController();
  }

  #add(type: keyof ClientEventMap, listener: unknown, once: boolean): void {
    const isName = NAMES.includes(type);
    if (!isName || typeof listener !== 'function') {
      const text = isName
        ? `The listener of "${type}" is no function.`
        : `There is no event ${JSON.stringify(String(type).slice(0, 50))}. There are: ${NAMES.join(', ')}.`;
      // Not thrown: who listens before the widget is there could not catch it.
      return this.#report(new PexipChatError('invalid-argument', text));
    }
    const wrapped = this.#wrapped[Number(once)]!;
    const call = listener as AnyListener;
    if (!wrapped.has(call)) wrapped.set(call, (event) => call((event as CustomEvent).detail));
    this.#host.addEventListener(eventOf(type), wrapped.get(call)!, {
      once,
      signal: this.#life.signal,
    });
  }
}

const eventOf = (type: string): string => `widget-${String(type).replaceAll('_', '-')}`;
