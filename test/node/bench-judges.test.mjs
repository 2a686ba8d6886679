import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {bridgeFigures, judgeBridge} from '../../bench/bridge/figures.mjs';
import {leaksBetween} from '../../bench/mounts/judge.mjs';
import {quantile} from '../../bench/support/statistics.mjs';

describe('the judge of mounts', () => {
  const before = {counts: {listeners: 3, 'setTimeout of 30000 ms': 1}, heap: 1_000_000};
  const after = (counts, heap = before.heap) => ({counts: {...before.counts, ...counts}, heap});

  it('is content when all is as before and the heap has grown by less than 64 bytes a mount', () => {
    assert.deepEqual(leaksBetween(before, after({}, 1_000_639), 10), []);
  });

  it('names what has become more, new, or less', () => {
    assert.deepEqual(leaksBetween(before, after({listeners: 4, frames: 2}), 10), [
      'listeners: 3 before, 4 after 10 mounts',
      'frames: 0 before, 2 after 10 mounts',
    ]);
    assert.deepEqual(leaksBetween(before, {counts: {listeners: 3}, heap: before.heap}, 10), [
      'setTimeout of 30000 ms: 1 before, 0 after 10 mounts',
    ]);
  });

  it('names a heap that has grown by 64 bytes a mount', () => {
    assert.deepEqual(leaksBetween(before, after({}, 1_000_640), 10), [
      'heap: 64 bytes a mount, the limit is 64',
    ]);
  });
});

describe('the judge of the bridge', () => {
  const trips = (ms) => Array.from({length: 100}, () => ms);
  const figures = (browser, bare, checked, second = [bare]) =>
    bridgeFigures(browser, {
      clockStep: 0.001,
      rounds: checked.map((ms, round) => ({
        checked: trips(ms),
        bare: trips(bare),
        'checked videoconf': trips(second[round % second.length]),
        'bare videoconf': trips(bare),
        port: trips(bare / 2),
      })),
    });
  const holds = (...args) => judgeBridge(figures(...args)).map((each) => each.holds);

  it('holds at 1.15 x bare window messages, by the median of the rounds', () => {
    const [{text}] = judgeBridge(figures('chromium', 0.2, [0.2, 0.9, 0.229, 0.9, 0.2]));
    assert.match(text, /^1\.1\d x bare window messages by p50; budget 1\.15 x: held$/);
    assert.deepEqual(holds('chromium', 0.2, [0.2, 0.9, 0.229, 0.9, 0.2]), [true, true]);
  });

  it('does not hold above it', () => {
    const [{text}] = judgeBridge(figures('firefox', 0.2, [0.2, 0.3, 0.235, 0.3, 0.2]));
    assert.match(text, /EXCEEDED$/);
    assert.deepEqual(holds('firefox', 0.2, [0.2, 0.3, 0.235, 0.3, 0.2]), [false, true]);
  });

  it('holds the second dialect against bare messages in the same dialect', () => {
    const slow = figures('chromium', 0.2, [0.2], [0.235]);
    assert.deepEqual(
      judgeBridge(slow).map((each) => [each.dialect, each.holds]),
      [
        ['external-chat', true],
        ['videoconf', false],
      ],
    );
    const outcome = {'checked videoconf': trips(0.4), 'bare videoconf': trips(0.4)};
    const rounds = [{checked: trips(0.2), bare: trips(0.2), ...outcome}];
    const slowerNames = bridgeFigures('chromium', {clockStep: 0.001, rounds});
    assert.equal(judgeBridge(slowerNames)[1].holds, true);
  });

  it('lets WebKit take 3 us more where that is more than 15 %, by the mean of the undisturbed', () => {
    assert.deepEqual(holds('webkit', 0.01, [0.0129], [0.0131]), [true, false]);
    assert.deepEqual(holds('webkit', 0.01, [0.0131], [0.0129]), [false, true]);
    assert.deepEqual(holds('webkit', 0.1, [0.114], [0.114]), [true, true]);
  });

  it('reads a quantile between the steps of the clock', () => {
    const samples = [...Array(30).fill(0), ...Array(60).fill(20), ...Array(10).fill(40)];
    assert.equal(quantile(samples, 0.5, 20).toFixed(2), (10 + (20 * 20) / 60).toFixed(2));
  });
});
