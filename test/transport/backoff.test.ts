import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {BACKOFF, delayBefore} from '../../src/transport/backoff.js';

describe('delayBefore', () => {
  const {random} = Math;
  afterEach(() => {
    Math.random = random;
  });
  /** The most that may be waited before each attempt. */
  const most = (attempt: number): number => {
    Math.random = () => 1;
    return delayBefore(attempt);
  };

  it('is within a second at first, doubles, and is never more than half a minute', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(most)).to.deep.equal([
      500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ]);
    expect([100, 2000, 1e9].map(most)).to.deep.equal([30_000, 30_000, 30_000]);
  });

  it('is any time up to that, so that not all pages come back at once', () => {
    Math.random = () => 0;
    expect(delayBefore(9)).to.equal(0);
    Math.random = () => 0.5;
    expect(delayBefore(1)).to.equal(500);
    Math.random = random;
    fc.assert(
      fc.property(fc.nat(), (attempt) => {
        expect(delayBefore(attempt)).to.be.within(0, BACKOFF.most);
      }),
    );
    expect(new Set(Array.from({length: 50}, () => delayBefore(9))).size).to.be.greaterThan(40);
  });

  it('takes another pace', () => {
    Math.random = () => 1;
    expect(delayBefore(2, {first: 10, most: 1000})).to.equal(40);
    expect(delayBefore(20, {first: 10, most: 1000})).to.equal(1000);
  });
});
