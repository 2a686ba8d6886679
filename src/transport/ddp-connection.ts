import {parseDdpFrame, type DdpError, type DdpFrame} from '../protocol/ddp.js';
import {field} from '../protocol/guards.js';

/** How a connection is tested, in milliseconds. */
export interface Heartbeat {
  /** Of silence, until the server is asked whether it is there. */
  readonly interval: number;
  /** Until a server that was asked, or that is to answer the handshake, counts as gone. */
  readonly timeout: number;
  /** The same where the page has just woken up. */
  readonly probe: number;
}

/** A connection that is only half open is found within 25 seconds, on wake within 2.5. */
export const HEARTBEAT: Heartbeat = {interval: 15_000, timeout: 10_000, probe: 2_500};

/** The server's refusal of a method or subscription; the connection goes on. Known by {@link isDdpRefusal}. */
export class DdpRefusal extends Error {
  readonly code: string;
  readonly reason: string;
  readonly wait: number | undefined;

  constructor({code, reason, wait}: DdpError) {
    super(`${code}: ${reason}`);
    this.code = code;
    this.reason = reason;
    this.wait = wait;
  }
}

/** The connection has ended before the answer came, which may be lost. Known by {@link isConnectionLost}. */
export class ConnectionLost extends Error {
  readonly lost = true;
}

/** By its fields: one that comes from a file that is loaded on its own is of a class of that file. */
export const isDdpRefusal = (error: unknown): error is DdpRefusal =>
  field(error, 'reason') !== undefined;

/** As {@link isDdpRefusal}. */
export const isConnectionLost = (error: unknown): error is ConnectionLost =>
  field(error, 'lost') === true;

/** What the server tells by itself. */
export type DdpChange = Extract<DdpFrame, {type: 'changed'}>;

export interface DdpConnectionOptions {
  /** `wss:` address. */
  readonly url: string;
  readonly heartbeat: Heartbeat;
  /** How many times longer than usual the server may be silent. */
  readonly patience?: () => number;
  /** The handshake is done; methods and subscriptions can begin. */
  readonly opened: () => void;
  readonly changed: (change: DdpChange) => void;
  /** Called once. @param silent a server that was there was not heard in time */
  readonly ended: (silent: boolean) => void;
}

interface Pending {
  readonly resolve: (result?: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One DDP connection, from its WebSocket's opening to its end. It never comes back. */
export class DdpConnection {
  readonly #options: DdpConnectionOptions;
  readonly #pending = new Map<string, Pending>();
  readonly #life = new AbortController();
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the server counts as gone, as `performance.now()` tells it. */
  #due = Infinity;
  #ids = 0;
  #opened = false;

  constructor(options: DdpConnectionOptions) {
    this.#options = options;
    const {signal} = this.#life;
    try {
      const socket = new WebSocket(options.url);
      this.#socket = socket;
      const hello = {msg: 'connect', version: '1', support: ['1']};
      socket.addEventListener('open', () => this.#send(hello), {signal});
      socket.addEventListener('message', ({data}) => this.#receive(data), {signal});
      socket.addEventListener('close', () => this.end(), {signal});
      socket.addEventListener('error', () => this.end(), {signal});
    } catch {
      // The page's own policy forbids the address; told as any connection that does not open.
    }
    this.#expect(options.heartbeat.timeout);
  }

  /**
   * Calls a method.
   *
   * @throws {DdpRefusal} the server refuses
   * @throws {ConnectionLost} the connection has ended; whether the method ran is not known
   */
  call(method: string, params: readonly unknown[] = []): Promise<unknown> {
    return this.#ask((id) => ({msg: 'method', method, params, id}));
  }

  /**
   * Subscribes to an event of a stream; resolves once everything from now on will be told.
   *
   * @throws {DdpRefusal} the server refuses
   * @throws {ConnectionLost} the connection has ended
   */
  async subscribe(
    stream: string,
    event: string,
    options: object = {useCollection: false, args: []},
  ): Promise<string> {
    let subscription = '';
    await this.#ask((id) => {
      subscription = id;
      return {msg: 'sub', id, name: stream, params: [event, options]};
    });
    return subscription;
  }

  /** Ends a subscription. */
  unsubscribe(id: string): void {
    this.#send({msg: 'unsub', id});
  }

  /** Asks the server whether it is there, and ends the connection if it does not answer in time. */
  probe(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#ping(this.#options.heartbeat.probe);
  }

  /** Ends the connection. */
  end(silent = false): void {
    if (this.#life.signal.aborted) return;
    this.#life.abort();
    clearTimeout(this.#timer);
    this.#socket?.close();
    for (const {reject} of this.#pending.values()) reject(new ConnectionLost());
    this.#pending.clear();
    this.#options.ended(silent && this.#opened);
  }

  #ask(message: (id: string) => object): Promise<unknown> {
    const id = String(++this.#ids);
    return new Promise((resolve, reject) => {
      if (this.#life.signal.aborted) return reject(new ConnectionLost());
      this.#pending.set(id, {resolve, reject});
      this.#send(message(id));
    });
  }

  #send(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #receive(data: unknown): void {
    this.#rest();
    const frame = parseDdpFrame(data);
    switch (frame?.type) {
      case 'connected':
        if (this.#opened) return;
        this.#opened = true;
        return this.#options.opened();
      case 'failed':
        return this.end();
      case 'ping':
        return this.#send({msg: 'pong', ...(frame.id && {id: frame.id})});
      case 'ready':
        return frame.ids.forEach((id) => this.#settle(id));
      case 'nosub':
        // Some servers do not say why.
        return this.#settle(frame.id, {error: {code: 'nosub', reason: ''}, ...frame});
      case 'result':
        return this.#settle(frame.id, frame);
      case 'changed':
        return this.#options.changed(frame);
    }
  }

  #settle(id: string, {error, result}: {error?: DdpError; result?: unknown} = {}): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error) pending?.reject(new DdpRefusal(error));
    else pending?.resolve(result);
  }

  /** The server was heard: it is asked again after a time of silence. */
  #rest(): void {
    const {interval, timeout} = this.#options.heartbeat;
    clearTimeout(this.#timer);
    this.#due = Infinity;
    const {patience = () => 1} = this.#options;
    this.#timer = setTimeout(() => this.#ping(timeout * patience()), interval);
  }

  #ping(patience: number): void {
    this.#send({msg: 'ping'});
    this.#expect(patience);
  }

  #expect(patience: number): void {
    const now = performance.now();
    // Asked again and again, a server that does not answer would never be gone.
    if (now < this.#due && this.#due <= now + patience) return;
    this.#due = now + patience;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(true), patience);
  }
}
