import {setTimeout as later} from 'node:timers/promises';

/** The faults that hold at the moment, for all connections of a fault proxy. */
export class FaultState {
  /** Whether what comes down is thrown away. */
  losing = false;
  /** The most bytes of one write. */
  chop = Infinity;
  /** @type {{latency?: number, bytesPerSecond?: number}} ms, and bytes of each direction */
  slow = {};
  #stalled = new Set();
  /** @type {{bytes: number, times: number, counts: WeakMap<object, number>} | undefined} */
  #cut;
  #changed = new AbortController();

  stall(direction) {
    for (const each of direction === 'both' ? ['up', 'down'] : [direction]) this.#stalled.add(each);
  }

  stalls(direction) {
    return this.#stalled.has(direction);
  }

  /** From now on a lane ends after so many bytes, and `times` lanes at most. */
  cutAfter(bytes, times) {
    this.#cut = {bytes, times, counts: new WeakMap()};
  }

  /** How many bytes a lane may still hand on. */
  beforeCut(lane) {
    return this.#cut ? Math.max(0, this.#cut.bytes - (this.#cut.counts.get(lane) ?? 0)) : Infinity;
  }

  /** Counts what a lane hands on. A lane that has reached its end counts for the `times`. */
  countForCut(lane, bytes) {
    const cut = this.#cut;
    if (!cut) return;
    cut.counts.set(lane, (cut.counts.get(lane) ?? 0) + bytes);
    if (this.beforeCut(lane) === 0 && --cut.times <= 0) this.#cut = undefined;
  }

  clear() {
    this.losing = false;
    this.chop = Infinity;
    this.slow = {};
    this.#stalled.clear();
    this.#cut = undefined;
  }

  /** Resolves after `ms`, or as soon as the faults change. */
  async sleep(ms) {
    if (!(ms > 0)) return;
    await later(ms, undefined, {signal: this.#changed.signal, ref: false}).catch(() => undefined);
  }

  /** Ends every sleep. */
  wake() {
    this.#changed.abort();
    this.#changed = new AbortController();
  }
}
