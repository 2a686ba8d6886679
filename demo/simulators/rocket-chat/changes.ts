import type {Message, Subscription} from './model.js';

/** What happened in the workspace; the live connections pass it on. */
export type Change =
  | {readonly type: 'settings'}
  | {readonly type: 'message'; readonly message: Message; readonly usernames: readonly string[]}
  | {readonly type: 'subscription'; readonly subscription: Subscription}
  | {readonly type: 'tokens-ended'; readonly tokens: readonly string[]};

/** Tells listeners of every change, in order. */
export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();

  /** Calls `listener` for every change until `signal` aborts. */
  listen(listener: (change: Change) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), {once: true});
  }

  tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
