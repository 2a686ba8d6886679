import {field} from '../../src/protocol/guards.js';

/** What has happened to a socket of the page. */
export interface SocketEvent {
  /** `ended` by the page itself; `closed` whoever has ended it. */
  readonly what: 'made' | 'open' | 'sent' | 'heard' | 'ended' | 'closed';
  /** As `performance.now()` tells it, or the clock of the test. */
  readonly at: number;
  readonly socket: WebSocket;
  /** What was sent or heard. */
  readonly frame?: unknown;
}

const HEARTBEATS: readonly unknown[] = ['ping', 'pong'];

/** All sockets that the page makes from now on, to real servers. */
export class Sockets {
  readonly log: SocketEvent[] = [];
  /** The most that there were at once, open or on their way. */
  most = 0;
  /** Methods that the page believes it has called, while nothing reaches the server. */
  readonly withheld = new Set<string>();
  readonly #alive = new Set<WebSocket>();
  readonly #now: () => number;
  readonly #waiting = new Set<() => void>();

  constructor(now: () => number) {
    this.#now = now;
  }

  note(what: SocketEvent['what'], socket: WebSocket, data?: unknown): void {
    const frame: unknown = typeof data === 'string' ? JSON.parse(data) : undefined;
    this.log.push({what, at: this.#now(), socket, frame});
    this.#alive.add(socket);
    this.most = Math.max(this.most, this.alive);
    for (const look of this.#waiting) look();
  }

  /** Resolves once `check` holds, which is asked whenever something has happened. */
  until(check: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!check()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** How many are open, or on their way. */
  get alive(): number {
    for (const socket of this.#alive)
      if (socket.readyState > WebSocket.OPEN) this.#alive.delete(socket);
    return this.#alive.size;
  }

  of(what: SocketEvent['what']): SocketEvent[] {
    return this.log.filter((each) => each.what === what);
  }

  /** What was sent as a method of this name. */
  calls(method: string): unknown[] {
    return this.of('sent')
      .map(({frame}) => frame)
      .filter((frame) => field(frame, 'method') === method);
  }

  /** Resolves when a method that was called with these parameters was answered. */
  answerTo(method: string, params: readonly unknown[]): Promise<void> {
    const wanted = JSON.stringify(params);
    const ids = (): unknown[] =>
      this.calls(method)
        .filter((frame) => JSON.stringify(field(frame, 'params')) === wanted)
        .map((frame) => field(frame, 'id'));
    return this.until(() =>
      this.of('heard').some(
        ({frame}) => field(frame, 'msg') === 'result' && ids().includes(field(frame, 'id')),
      ),
    );
  }

  /** How often the latest socket, once open, has sent something and waited for an answer. */
  get roundTrips(): number {
    const {socket} = this.of('open').at(-1)!;
    let trips = 0;
    let waiting = false;
    for (const {what, frame} of this.log.filter((each) => each.socket === socket)) {
      if (HEARTBEATS.includes(field(frame, 'msg'))) continue;
      if (what === 'sent' && !waiting) trips++;
      if (what === 'sent') waiting = true;
      if (what === 'heard') waiting = false;
    }
    return trips;
  }
}

const Real = WebSocket;
afterEach(() => {
  globalThis.WebSocket = Real;
});

/** Watches the page's sockets until the end of the test. @param now by which it is told when something happens */
export const watchSockets = (now = (): number => performance.now()): Sockets => {
  const sockets = new Sockets(now);
  globalThis.WebSocket = class extends Real {
    constructor(url: string | URL) {
      super(url);
      sockets.note('made', this);
      this.addEventListener('open', () => sockets.note('open', this));
      this.addEventListener('message', ({data}) => sockets.note('heard', this, data));
      this.addEventListener('close', () => sockets.note('closed', this));
    }

    override send(data: string): void {
      sockets.note('sent', this, data);
      const method = field(JSON.parse(data), 'method');
      if (typeof method !== 'string' || !sockets.withheld.has(method)) super.send(data);
    }

    override close(): void {
      if (this.readyState <= WebSocket.OPEN) sockets.note('ended', this);
      super.close();
    }
  };
  return sockets;
};

/**
 * Has the answer to each message that the page sends be lost, once: in its place the connection
 * ends, though the server has the message.
 *
 * @returns the ids of the messages that were sent again
 */
export const loseEachAnswer = (): ReadonlySet<unknown> => {
  const sent = new Set<unknown>();
  const again = new Set<unknown>();
  globalThis.WebSocket = class extends Real {
    readonly #awaited = new Set<unknown>();

    constructor(url: string | URL) {
      super(url);
      // The first to listen, so that nobody else hears of it.
      this.addEventListener('message', (event) => {
        const frame: unknown = JSON.parse(String(event.data));
        if (field(frame, 'msg') !== 'result' || !this.#awaited.delete(field(frame, 'id'))) return;
        event.stopImmediatePropagation();
        this.close();
      });
    }

    override send(data: string): void {
      const frame: unknown = JSON.parse(data);
      if (field(frame, 'method') === 'sendMessage') {
        const [message] = field(frame, 'params') as readonly unknown[];
        const id = field(message, '_id');
        if (sent.has(id)) again.add(id);
        else this.#awaited.add(field(frame, 'id'));
        sent.add(id);
      }
      super.send(data);
    }
  };
  return again;
};
