import type {Order} from './sender.js';

export type Listener = (event: MessageEvent) => void;

/**
 * A frame of another origin beside everything else, and what its messages cost the page. It has
 * sent all of an order before the page hears the first.
 */
export class Foreign {
  readonly #orders: MessagePort;

  private constructor(orders: MessagePort) {
    this.#orders = orders;
  }

  static load(origin: string): Promise<Foreign> {
    const frame = document.createElement('iframe');
    frame.src = `${origin}/sender.html`;
    return new Promise((resolve) => {
      const arrived = ({ports: [orders]}: MessageEvent): void => resolve(new Foreign(orders!));
      addEventListener('message', arrived, {once: true});
      document.body.append(frame);
    });
  }

  /** From the first message to the last, in milliseconds, with these listeners on the window. */
  async time(listeners: readonly Listener[], messages: number): Promise<number> {
    let heard = 0;
    let first = 0;
    let last = 0;
    await this.#send({messages, bytes: 0}, (done) => [
      ...listeners,
      () => {
        if (++heard === 1) first = performance.now();
        if (heard < messages) return;
        last = performance.now();
        done();
      },
    ]);
    return last - first;
  }

  /** The longest that the listeners took for one of such messages, in milliseconds. */
  async longest(listeners: readonly Listener[], messages: number, bytes: number): Promise<number> {
    let heard = 0;
    let start = 0;
    let longest = 0;
    await this.#send({messages, bytes}, (done) => [
      () => void (start = performance.now()),
      ...listeners,
      () => {
        longest = Math.max(longest, performance.now() - start);
        if (++heard === messages) done();
      },
    ]);
    return longest;
  }

  /** Has messages sent while these listeners are on the window, until the last calls `done`. */
  async #send(
    order: Pick<Order, 'messages' | 'bytes'>,
    listenersOf: (done: () => void) => readonly Listener[],
  ): Promise<void> {
    let listeners: readonly Listener[] = [];
    const all = new Promise<void>((resolve) => (listeners = listenersOf(resolve)));
    for (const each of listeners) addEventListener('message', each);
    await Promise.all([all, this.#order({...order, pageOrigin: location.origin})]);
    for (const each of listeners) removeEventListener('message', each);
  }

  #order(order: Order): Promise<void> {
    return new Promise((resolve) => {
      this.#orders.onmessage = () => resolve();
      this.#orders.postMessage(order);
    });
  }
}
