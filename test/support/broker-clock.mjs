import {mock} from 'node:test';

const START = Date.parse('2026-01-01T00:00:00Z');
const now = Date.now;

/**
 * Time that passes when a test says so: for timers, for `Date.now()`, and, apart from that, for the
 * store.
 */
export class FakeClock {
  #passed = 0;
  #wrong = 0;

  start() {
    this.#passed = 0;
    this.#wrong = 0;
    mock.timers.enable({apis: ['setTimeout']});
    Date.now = () => START + this.#passed + this.#wrong;
  }

  stop() {
    mock.timers.reset();
    Date.now = now;
  }

  /** Ms since the start, whatever the brokers' clock says. */
  passed = () => this.#passed;

  /** Puts the brokers' clock forward or back. */
  jump(ms) {
    this.#wrong += ms;
  }

  /** Lets all go on that waits for no time. */
  async settle(turns = 40) {
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Lets time pass, in steps. */
  async pass(ms, step = 1000) {
    for (let left = ms; left > 0; left -= step) {
      const next = Math.min(step, left);
      this.#passed += next;
      mock.timers.tick(next);
      await this.settle(10);
    }
    await this.settle();
  }
}
