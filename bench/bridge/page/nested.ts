import type {Place} from './contender.js';
import {contenders, type ContenderName} from './contenders.js';
import type {Order} from './plugin.js';

/** Trips before those that count, as a block starts with what is new. */
const WARM_UP = 30;

/** The nested frame in its frame, and the contenders between it and the page. */
export class Nested {
  readonly #place: Place;
  readonly #orders: MessagePort;

  private constructor(place: Place, orders: MessagePort) {
    this.#place = place;
    this.#orders = orders;
  }

  /** Puts the frame of the node into the page, and waits for the one inside it. */
  static load(nodeOrigin: string): Promise<Nested> {
    const frame = document.createElement('iframe');
    frame.src = `${nodeOrigin}/nesting.html`;
    return new Promise((resolve) => {
      const arrived = ({source, ports: [orders]}: MessageEvent): void =>
        resolve(new Nested({frame, nodeOrigin, plugin: source as Window}, orders!));
      addEventListener('message', arrived, {once: true});
      document.body.append(frame);
    });
  }

  /** One block of one contender, with everything made before and removed after it. */
  async measure(name: ContenderName, trips: number): Promise<Float64Array> {
    const life = new AbortController();
    const opened = contenders[name].open(this.#place, life.signal);
    await this.#order({start: name, pageOrigin: location.origin});
    const line = await opened;
    await line.run(WARM_UP);
    const samples = await line.run(trips);
    await line.close?.();
    life.abort();
    await this.#order('stop');
    return samples;
  }

  #order(order: Order): Promise<void> {
    return new Promise((resolve) => {
      this.#orders.onmessage = () => resolve();
      this.#orders.postMessage(order);
    });
  }
}
