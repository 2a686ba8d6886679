import {expect} from '@open-wc/testing';

import {remaining} from '../../src/session/expiry.js';
import {FakeClock} from '../support/fake-socket.js';

describe('remaining', () => {
  let clock: FakeClock;
  beforeEach(() => {
    clock = new FakeClock();
  });
  afterEach(() => clock.restore());

  it('is how long until an instant', () => {
    expect(remaining(clock.iso(1))).to.equal(1);
    expect(remaining(clock.iso(3_600_000))).to.equal(3_600_000);
    expect(remaining('2026-11-21T01:00:00+01:00')).to.equal(undefined);
    expect(remaining('2026-11-21T01:00:01+01:00')).to.equal(1000);
  });

  it('is not known of what has ended by the clock of this device alone', () => {
    for (const past of [0, -1, -86_400_000, -3e12])
      expect(remaining(clock.iso(past))).to.equal(undefined);
  });

  it('is not known where nobody said it', () => {
    for (const odd of [undefined, '', 'soon', 'NaN', 'Infinity', '+275760-09-14T00:00:00.000Z'])
      expect(remaining(odd)).to.equal(undefined);
  });

  it('is as long as it is, though no timer can wait for so long', () => {
    const longest = 2 ** 31 - 1;
    for (const far of [longest, longest + 1, 1000 * longest])
      expect(remaining(clock.iso(far))).to.equal(far);
    expect(remaining('+275760-09-13T00:00:00.000Z')).to.equal(864e13 - clock.now);
  });
});
