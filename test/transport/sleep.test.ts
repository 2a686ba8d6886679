import {expect} from '@open-wc/testing';

import {sleep} from '../../src/transport/sleep.js';
import {rejectionOf} from '../session/recorders.js';
import {FakeClock} from '../support/fake-socket.js';

describe('sleep', () => {
  let clock: FakeClock;
  let life: AbortController;

  beforeEach(() => {
    clock = new FakeClock();
    life = new AbortController();
  });
  afterEach(() => clock.restore());

  it('ends when its time has passed, and not before', async () => {
    let awake = false;
    const slept = sleep(100, life.signal).then(() => (awake = true));
    await clock.pass(99);
    expect(awake).to.equal(false);
    await clock.pass(1);
    expect(awake).to.equal(true);
    await slept;
    life.abort();
  });

  it('ends at once with the reason of the signal, and leaves no timer', async () => {
    const slept = rejectionOf(sleep(100, life.signal));
    life.abort(new Error('never mind'));
    expect(await slept).to.include({message: 'never mind'});
    expect(clock.timers).to.equal(0);
  });

  it('does not begin where the signal has aborted already', async () => {
    life.abort(new Error('never mind'));
    expect(await rejectionOf(sleep(100, life.signal))).to.include({message: 'never mind'});
    expect(clock.timers).to.equal(0);
  });

  it('leaves nothing with a signal that lives on', async () => {
    let listeners = 0;
    const {signal} = life;
    const {addEventListener: add, removeEventListener: remove} = signal;
    signal.addEventListener = (...all: Parameters<typeof add>): void => {
      listeners++;
      add.apply(signal, all);
    };
    signal.removeEventListener = (...all: Parameters<typeof remove>): void => {
      listeners--;
      remove.apply(signal, all);
    };
    const slept = Promise.all([1, 2, 3].map((time) => sleep(time, signal)));
    expect(listeners).to.equal(3);
    await clock.pass(3);
    await slept;
    expect(listeners).to.equal(0);
  });
});
