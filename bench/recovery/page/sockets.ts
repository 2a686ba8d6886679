/** What the sockets of one contender did. */
export interface SocketFigures {
  /** How many were made, those included that never opened. */
  readonly made: number;
  /** How many opened, and ended. */
  readonly broken: number;
  /** From the end of each that had opened to the making of the next one, in ms. */
  readonly attempts: readonly number[];
  /** Round trips from the opening until the contender was complete, of each that came so far. */
  readonly trips: readonly number[];
}

/** Signs of life, which nobody waits for. */
const isHeartbeat = (data: unknown): boolean => /"msg":"p[io]ng"/.test(String(data).slice(0, 40));

/** Watches the sockets to one host. */
class SocketWatch {
  #made = 0;
  #broken = 0;
  readonly #attempts: number[] = [];
  readonly #trips: number[] = [];
  #ended: number | undefined;
  #open: object | undefined;
  /** Of the present socket. */
  #tripsNow = 0;
  #heard = true;

  get figures(): SocketFigures {
    return {
      made: this.#made,
      broken: this.#broken,
      attempts: this.#attempts,
      trips: this.#trips,
    };
  }

  make(): void {
    this.#made++;
    if (this.#ended !== undefined) this.#attempts.push(performance.now() - this.#ended);
    this.#ended = undefined;
  }

  open(socket: object): void {
    this.#open = socket;
    this.#tripsNow = 0;
    this.#heard = true;
  }

  /** Closed by either side: whichever comes first, once. */
  end(socket: object): void {
    if (this.#open !== socket) return;
    this.#open = undefined;
    this.#broken++;
    this.#ended = performance.now();
  }

  /** What is sent after something was heard may depend on it: another round trip, at the most. */
  send(data: unknown): void {
    if (isHeartbeat(data)) return;
    if (this.#heard) this.#tripsNow++;
    this.#heard = false;
  }

  hear(data: unknown): void {
    if (!isHeartbeat(data)) this.#heard = true;
  }

  /** The contender has told that nothing is missing any more. */
  complete(): void {
    this.#trips.push(this.#tripsNow);
  }
}

const watches = new Map<string, SocketWatch>();

/** The watch of a host, such as `ours.localhost:1234`. */
export const watchOf = (host: string): SocketWatch => {
  const watch = watches.get(host) ?? new SocketWatch();
  watches.set(host, watch);
  return watch;
};

/** In the place of the browser's own, for whoever makes a socket. */
globalThis.WebSocket = class extends WebSocket {
  readonly #watch: SocketWatch;

  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    this.#watch = watchOf(new URL(url).host);
    this.#watch.make();
    this.addEventListener('open', () => this.#watch.open(this));
    this.addEventListener('message', ({data}) => this.#watch.hear(data));
    this.addEventListener('close', () => this.#watch.end(this));
  }

  override send(data: Parameters<WebSocket['send']>[0]): void {
    this.#watch.send(data);
    super.send(data);
  }

  override close(code?: number, reason?: string): void {
    this.#watch.end(this);
    super.close(code, reason);
  }
};
