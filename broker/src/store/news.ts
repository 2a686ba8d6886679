import type {Listener} from './store.js';

/** Who listens to which channel in this process. */
export class News {
  readonly #channels = new Map<string, Set<Listener>>();

  /** @returns ends it */
  listen(channel: string, listener: Listener): () => void {
    const listeners = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, listeners);
    // An object of its own, so that a listener that is given twice hears twice and ends once.
    const own: Listener = {
      heard: (message) => listener.heard(message),
      again: () => listener.again?.(),
    };
    listeners.add(own);
    return () => {
      listeners.delete(own);
      if (!listeners.size && this.#channels.get(channel) === listeners)
        this.#channels.delete(channel);
    };
  }

  tell(channel: string, message: string): void {
    for (const listener of [...(this.#channels.get(channel) ?? [])])
      queueMicrotask(() => listener.heard(message));
  }

  /** Something may have been missed in every channel. */
  again(): void {
    for (const listeners of this.#channels.values())
      for (const listener of listeners) queueMicrotask(() => listener.again?.());
  }

  clear(): void {
    this.#channels.clear();
  }
}
