import {EventEmitter, once} from 'node:events';
import {connect, createServer} from 'node:net';
import {setTimeout as later} from 'node:timers/promises';

import {Lane, resetSocket} from './fault-lane.mjs';
import {FaultState} from './fault-state.mjs';
import {freePort} from './machine.mjs';

const HOST = '127.0.0.1';
const TRIES = 50;

/** What a client has opened, and the proxy's own connection to the target behind it. */
const linkOf = (near, port, faults, {closed, ...hooks}) => {
  // By number: names below .localhost are known to browsers, but not to every resolver.
  const far = connect({host: HOST, port, allowHalfOpen: true, noDelay: true});
  const both = [near, far];
  const stop = () => lanes.forEach((lane) => lane.stop());
  const reset = () => {
    stop();
    both.forEach(resetSocket);
  };
  for (const socket of both) {
    socket.once('close', () => both.every(({closed: gone}) => gone) && closed());
  }
  const cut = {cut: reset};
  const lanes = [
    new Lane('up', near, far, faults, {...cut, ...hooks, forwarded: hooks.forwardedUp}),
    new Lane('down', far, near, faults, {...cut, ...hooks, forwarded: hooks.forwardedDown}),
  ];
  return {
    reset,
    end: () => {
      stop();
      both.forEach((socket) => socket.end());
    },
    pump: () => lanes.forEach((lane) => lane.pump()),
  };
};

/**
 * A TCP proxy that breaks things. A fault holds for the connections that are open and for those to
 * come, until `flow()`. Emits `connection` and `closed` as clients come and go, and `lost` (bytes)
 * for what was thrown away.
 */
class FaultProxy extends EventEmitter {
  #server = createServer({allowHalfOpen: true, noDelay: true});
  #faults = new FaultState();
  #links = new Map();
  #ever = 0;
  #bytes = {up: 0, down: 0};
  #target;
  #port = 0;

  constructor(target) {
    super();
    this.#target = target;
    this.#server.on('connection', (near) => this.#accept(near));
  }

  get port() {
    return this.#port;
  }

  /** Ends all connections in good order; new ones work. */
  drop() {
    this.#each(({end}) => end());
  }

  /** Resets all connections; new ones work. */
  reset() {
    this.#each(({reset}) => reset());
  }

  /** Nothing goes through any more, but all stays open: neither side can tell. */
  stall(direction = 'both') {
    this.#faults.stall(direction);
  }

  /** Closes the port and resets what is open: a server that is gone. */
  async refuse() {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.reset();
    await closed;
  }

  /** Opens the same port again. */
  async listenAgain() {
    if (this.#server.listening) return;
    for (let tries = 1; ; tries++) {
      try {
        const port = this.#port || (await freePort());
        this.#server.listen(port, HOST);
        await once(this.#server, 'listening');
        this.#port = port;
        return;
      } catch (error) {
        // Another test may have taken the port in the meantime.
        if (error.code !== 'EADDRINUSE' || tries === TRIES) throw error;
        await later(100);
      }
    }
  }

  /** `latency` in ms each way; `bytesPerSecond` of each connection and direction. */
  slow({latency = 0, bytesPerSecond = Infinity} = {}) {
    this.#faults.slow = {latency, bytesPerSecond};
    this.#changed();
  }

  /** Hands on so many bytes at a time, each in a turn and packet of its own. */
  chop(size = 1) {
    this.#faults.chop = size;
  }

  /** Resets a connection when so many bytes more have come down; only `times` of them if given. */
  cutAfter(bytes, times = Infinity) {
    this.#faults.cutAfter(bytes, times);
  }

  /** Requests arrive, answers don't. Turned off, it resets what was open: each may lack a part. */
  loseReplies(on = true) {
    if (this.#faults.losing && !on) this.reset();
    this.#faults.losing = on;
    this.#changed();
  }

  /** Ends all faults, a closed port excepted. */
  flow() {
    if (this.#faults.losing) this.reset();
    this.#faults.clear();
    this.#changed();
  }

  /** How many connections clients hold open now. */
  connections() {
    return [...this.#links.keys()].filter((near) => !near.readableEnded && !near.destroyed).length;
  }

  /** How many connections clients have opened since the start. */
  connectionsEver() {
    return this.#ever;
  }

  /** How many bytes have been handed on since the start. */
  bytes(direction = 'both') {
    return direction === 'both' ? this.#bytes.up + this.#bytes.down : this.#bytes[direction];
  }

  /** Ends everything. */
  async close() {
    await this.refuse();
    this.#faults.wake();
  }

  #each(task) {
    for (const link of this.#links.values()) task(link);
  }

  #changed() {
    this.#faults.wake();
    this.#each(({pump}) => pump());
  }

  #accept(near) {
    this.#ever += 1;
    const hooks = {
      forwardedUp: (bytes) => (this.#bytes.up += bytes),
      forwardedDown: (bytes) => (this.#bytes.down += bytes),
      lost: (bytes) => this.emit('lost', bytes),
      closed: () => this.#links.delete(near),
    };
    this.#links.set(near, linkOf(near, this.#target, this.#faults, hooks));
    near.once('end', () => this.emit('closed'));
    near.once('close', () => near.readableEnded || this.emit('closed'));
    this.emit('connection');
  }
}

/**
 * Starts a proxy before the server at `targetOrigin`, for HTTP and WebSocket alike.
 *
 * @param {string} targetOrigin
 * @param {{publicHost?: string}} options
 */
export const startFaultProxy = async (targetOrigin, {publicHost = HOST} = {}) => {
  const proxy = new FaultProxy(Number(new URL(targetOrigin).port));
  await proxy.listenAgain();
  return Object.assign(proxy, {origin: `http://${publicHost}:${proxy.port}`});
};
