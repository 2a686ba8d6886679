/** Where the two ends of the bridge are. */
export interface Place {
  /** The element of the frame at the node's origin. */
  readonly frame: HTMLIFrameElement;
  readonly nodeOrigin: string;
  /** The window nested in that frame, of an opaque origin, as a plugin's is. */
  readonly plugin: Window;
}

/** What the nested frame knows of the other end. */
export interface FarPlace {
  readonly page: Window;
  readonly pageOrigin: string;
}

/** Makes as many round trips, one after another, and tells how long each took, in milliseconds. */
export type Run = (trips: number) => Promise<Float64Array>;

/** A contender between the two windows, ready to run. */
export interface Line {
  readonly run: Run;
  /** Says goodbye to the other side, where that takes a message, before `signal` aborts. */
  close?(): Promise<void>;
}

/**
 * One way to send a message to the nested frame and have an answer, or the other way round: it is
 * the same circle. Everything it needs is made for each block and removed after it, so that no
 * listener of one is there while another is measured.
 */
export interface Contender {
  /** In the nested frame: answers each message until `signal` aborts. */
  answer(place: FarPlace, signal: AbortSignal): void;
  /** In the page: resolves once messages go both ways. */
  open(place: Place, signal: AbortSignal): Promise<Line>;
}

/** Times a circle of two handlers, with no promise in between. */
export class Circle {
  readonly #send: (active: boolean) => void;
  #samples = new Float64Array();
  #trip = 0;
  #sent = 0;
  #done: (samples: Float64Array) => void = () => undefined;

  /** @param send sends the next message; its answer must end in {@link heard} */
  constructor(send: (active: boolean) => void) {
    this.#send = send;
  }

  readonly run: Run = (trips) =>
    new Promise((resolve) => {
      this.#samples = new Float64Array(trips);
      this.#trip = 0;
      this.#done = resolve;
      this.#next();
    });

  /** The handler's last step: the answer has come. */
  heard(): void {
    this.#samples[this.#trip++] = performance.now() - this.#sent;
    if (this.#trip < this.#samples.length) this.#next();
    else this.#done(this.#samples);
  }

  #next(): void {
    this.#sent = performance.now();
    this.#send(this.#trip % 2 === 0);
  }
}

/** Times calls that give promises. */
export const timeCalls =
  (call: (active: boolean) => Promise<unknown>): Run =>
  async (trips) => {
    const samples = new Float64Array(trips);
    for (let trip = 0; trip < trips; trip++) {
      const sent = performance.now();
      await call(trip % 2 === 0);
      samples[trip] = performance.now() - sent;
    }
    return samples;
  };
