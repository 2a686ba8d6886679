import {BACKOFF, delayBefore, type Backoff} from './backoff.js';
import {DdpConnection, HEARTBEAT, type DdpChange, type Heartbeat} from './ddp-connection.js';
import {onWake} from './wake.js';

/** How a socket is with its server. */
export type SocketStatus = 'connecting' | 'live' | 'recovering' | 'offline';

/** How a socket keeps its time. */
export interface SocketPace {
  readonly heartbeat: Heartbeat;
  readonly backoff: Backoff;
}

export const SOCKET_PACE: SocketPace = {heartbeat: HEARTBEAT, backoff: BACKOFF};

export interface DdpSocketOptions {
  /** `wss:` address. */
  readonly url: string;
  readonly pace: SocketPace;
  /**
   * Makes a new connection what the one before was: signs in, subscribes, fetches what was missed.
   * Until it resolves, nothing is `live`; if it rejects, the next connection is tried.
   */
  readonly recover: (connection: DdpConnection) => Promise<void>;
  readonly changed: (change: DdpChange, connection: DdpConnection) => void;
  readonly status: (status: SocketStatus) => void;
  /** The connection has ended; another is on its way. */
  readonly lost: () => void;
}

/** How many attempts fail in a row before a server counts as out of reach. */
const OFFLINE_AFTER = 4;
/** How many times longer than usual a server that was silent again and again may stay so. */
const MOST_PATIENCE = 8;

/**
 * A connection that comes back: after a drop within half a second, then ever more slowly, and at
 * once when the network is back or the page is seen again. There is never more than one.
 */
export class DdpSocket {
  readonly #options: DdpSocketOptions;
  #life: AbortController | undefined;
  #connection: DdpConnection | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  // A link may be so slow that one long answer takes longer than silence may; nothing tells how much
  // of it has come, so that each next connection is given twice the time.
  #patience = 1;
  #wasLive = false;
  #status: SocketStatus = 'connecting';

  constructor(options: DdpSocketOptions) {
    this.#options = options;
  }

  get status(): SocketStatus {
    return this.#status;
  }

  /** The connection, once it is what it should be. */
  get live(): DdpConnection | undefined {
    return this.#status === 'live' ? this.#connection : undefined;
  }

  /** Connects; at once, if it is waiting to try again. */
  start(): void {
    if (this.#timer !== undefined) this.#wake();
    if (this.#life) return;
    this.#life = new AbortController();
    onWake({wake: () => this.#wake(), leave: () => this.#connection?.end()}, this.#life.signal);
    this.#tell(this.#wasLive ? 'recovering' : 'connecting');
    if (this.#life) this.#connect();
  }

  /** Ends the connection, and with it all attempts. {@link start} begins anew. */
  stop(): void {
    this.#life?.abort();
    this.#life = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#connection?.end();
    this.#attempts = 0;
    this.#status = 'offline';
  }

  /** Ends the present connection; the next one begins soon. */
  reconnect(): void {
    this.#connection?.end();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const {url, pace, changed} = this.#options;
    const connection: DdpConnection = new DdpConnection({
      url,
      heartbeat: pace.heartbeat,
      patience: () => this.#patience,
      opened: () => void this.#recover(connection),
      changed: (change) => changed(change, connection),
      ended: (silent) => this.#ended(silent),
    });
    this.#connection = connection;
  }

  async #recover(connection: DdpConnection): Promise<void> {
    try {
      await this.#options.recover(connection);
      if (connection !== this.#connection) return;
      this.#attempts = 0;
      this.#patience = 1;
      this.#wasLive = true;
      this.#tell('live');
    } catch {
      connection.end();
    }
  }

  #ended(silent: boolean): void {
    this.#connection = undefined;
    if (silent) this.#patience = Math.min(2 * this.#patience, MOST_PATIENCE);
    this.#options.lost();
    if (!this.#life) return;
    this.#tell(this.#away());
    // Whoever was told may have had enough.
    if (!this.#life) return;
    const delay = delayBefore(this.#attempts++, this.#options.pace.backoff);
    this.#timer = setTimeout(() => this.#connect(), delay);
  }

  /** A page that never was live is still connecting. */
  #away(): SocketStatus {
    if (!navigator.onLine || this.#attempts >= OFFLINE_AFTER) return 'offline';
    return this.#wasLive ? 'recovering' : 'connecting';
  }

  #wake(): void {
    this.#attempts = 0;
    if (this.#timer !== undefined) this.#connect();
    else this.#connection?.probe();
  }

  #tell(status: SocketStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#options.status(status);
  }
}
