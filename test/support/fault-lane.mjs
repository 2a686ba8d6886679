import {setImmediate as turn} from 'node:timers/promises';

const SLICES_PER_SECOND = 20;

/**
 * Ends a socket by RST. One that has ended its own side is destroyed only: there Node's
 * `resetAndDestroy` loses the handle, and the process never ends.
 */
export const resetSocket = (socket) => {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
};

/**
 * One direction of a connection through the fault proxy: hands on what comes from `source` to `sink`
 * as the faults of the moment allow. It reads on while nothing is handed on, so that the proxy still
 * sees who leaves; that holds everything in memory, which is no matter for a test.
 */
export class Lane {
  #direction;
  #sink;
  #faults;
  #hooks;
  /** What came and is still to be handed on, each with its time, an `end` or a `reset`. */
  #waiting = [];
  #busy = false;
  #stopped = false;

  /**
   * @param {'up' | 'down'} direction
   * @param {import('node:net').Socket} source
   * @param {import('node:net').Socket} sink
   * @param {import('./fault-state.mjs').FaultState} faults
   * @param {{forwarded(bytes: number): void, lost(bytes: number): void, cut(): void}} hooks
   */
  constructor(direction, source, sink, faults, hooks) {
    this.#direction = direction;
    this.#sink = sink;
    this.#faults = faults;
    this.#hooks = hooks;
    const take = (item) => {
      if (this.#stopped) return;
      this.#waiting.push({...item, at: performance.now()});
      this.pump();
    };
    source.on('data', (data) => take({data}));
    source.on('end', () => take({end: () => sink.end()}));
    source.on('error', () => take({end: () => resetSocket(sink)}));
  }

  /** Hands on what is waiting; to be called when the faults have changed. */
  async pump() {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting.length && !this.#faults.stalls(this.#direction)) await this.#step();
    this.#busy = false;
  }

  /** Hands on nothing any more. */
  stop() {
    this.#stopped = true;
    this.#waiting = [];
  }

  async #step() {
    const [{data, end, at}] = this.#waiting;
    if (this.#direction === 'down' && this.#faults.losing) {
      this.#waiting.shift();
      if (data) this.#hooks.lost(data.length);
      return;
    }
    const {latency = 0, bytesPerSecond = Infinity} = this.#faults.slow;
    const early = at + latency - performance.now();
    // The faults may be others after a wait, so that the step is taken anew.
    if (early > 0) return this.#faults.sleep(early);
    if (end) {
      this.#waiting.shift();
      end();
      return;
    }
    const left = this.#direction === 'down' ? this.#faults.beforeCut(this) : Infinity;
    const slice = Math.max(1, Math.floor(bytesPerSecond / SLICES_PER_SECOND));
    const piece = this.#piece(Math.min(this.#faults.chop, slice, left));
    if (piece.length) await new Promise((done) => this.#sink.write(piece, done));
    this.#hooks.forwarded(piece.length);
    // The other side is to read this piece before the next one comes, and before a reset, which
    // throws away what has not been read. Only the second turn has waited for input in between.
    if (this.#faults.chop < Infinity || piece.length === left) await turn().then(() => turn());
    if (piece.length === left) this.#hooks.cut();
    await this.#faults.sleep((piece.length / bytesPerSecond) * 1000);
  }

  /** Takes at most `size` bytes of what has waited longest. */
  #piece(size) {
    const [{data, at}] = this.#waiting;
    if (data.length <= size) this.#waiting.shift();
    else this.#waiting[0] = {data: data.subarray(size), at};
    const piece = data.subarray(0, size);
    if (this.#direction === 'down') this.#faults.countForCut(this, piece.length);
    return piece;
  }
}
