import type {DdpConnection} from '../transport/ddp-connection.js';

/** Subscriptions over one connection that are ended together. What the server refuses is done without. */
export class HeldSubscriptions {
  readonly #connection: Pick<DdpConnection, 'subscribe' | 'unsubscribe'>;
  readonly #ids: string[] = [];
  #ended = false;

  constructor(connection: Pick<DdpConnection, 'subscribe' | 'unsubscribe'>) {
    this.#connection = connection;
  }

  get ended(): boolean {
    return this.#ended;
  }

  add(...what: Parameters<DdpConnection['subscribe']>): void {
    if (this.#ended) return;
    this.#connection.subscribe(...what).then(
      (id) => {
        this.#ids.push(id);
        if (this.#ended) this.end();
      },
      () => undefined,
    );
  }

  /** Ends all of them; one that is still being answered as soon as it has an id. */
  end(): void {
    this.#ended = true;
    for (const id of this.#ids.splice(0)) this.#connection.unsubscribe(id);
  }
}
