import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {bridgeFigures, judgeBridge} from '../../bench/bridge/figures.mjs';
import {foreignFigures, judgeForeign} from '../../bench/foreign/figures.mjs';
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

describe('the judge of foreign messages', () => {
  /** In half of the blocks the machine did something else. */
  const blocks = (ms, disturbed = 9 * ms) => [...Array(50).fill(ms), ...Array(50).fill(disturbed)];
  const round = (room, nothing = 1) => ({
    nothing: blocks(nothing, 2 * nothing),
    room: blocks(room),
    reads: blocks(2),
  });
  const sight = (counts = {}, rest = '{"state":"ready"}') => ({
    messages: {accepted: 1, foreign: 7, origin: 0, malformed: 3, unbound: 0, ...counts},
    rest,
  });
  const outcome = (changes = {}) => ({
    clockStep: 0.005,
    rounds: [round(1), round(3), round(1.14), round(3), round(1)],
    crowded: [{nothing: blocks(1), rooms: blocks(5)}],
    large: [0, 9, 4.9, 9, 0].map((room) => ({nothing: 0, room, reads: 400})),
    sent: 1000,
    before: sight(),
    after: sight({foreign: 1007}),
    fired: [],
    ...changes,
  });
  const judge = (changes) => judgeForeign(foreignFigures('chromium', outcome(changes)));
  const holds = (changes) => judge(changes).map((each) => each.holds);

  it('holds at 1.15 x a listener that does nothing, by the median of the rounds', () => {
    assert.deepEqual(holds(), [true, true, true]);
    assert.match(judge()[0].text, /^1\.14 x a listener that does nothing; budget 1\.15 x: held$/);
  });

  it('does not hold with a listener that is slow', () => {
    const rounds = [round(1), round(1.17), round(1.17)];
    assert.deepEqual(holds({rounds}), [false, true, true]);
    assert.match(judge({rounds})[0].text, /EXCEEDED$/);
  });

  it('compares within a round, as the machine may be slower in another', () => {
    const rounds = [round(1), round(4.4, 4), round(4.4, 4)];
    assert.deepEqual(holds({rounds}), [true, true, true]);
  });

  it('does not hold with a listener that reads messages of 20 MB', () => {
    const large = [0, 5, 400].map((room) => ({nothing: 0, room, reads: 400}));
    assert.deepEqual(holds({large}), [true, false, true]);
  });

  it('does not hold if a message is accepted, not counted, or counted as something else', () => {
    const after = (...counts) => holds({after: sight(...counts)})[2];
    assert.equal(after({foreign: 1007, accepted: 2}), false);
    assert.equal(after({foreign: 1006}), false);
    assert.equal(after({foreign: 1006, origin: 1}), false);
    assert.equal(after({foreign: 1007, malformed: 4}), false);
  });

  it('does not hold if the room has changed or fired an event', () => {
    const after = sight({foreign: 1007}, '{"state":"connected"}');
    assert.deepEqual(holds({after}), [true, true, false]);
    assert.match(judge({after})[2].text, /NOT as before: EXCEEDED$/);
    assert.deepEqual(holds({fired: ['pexip-ready']}), [true, true, false]);
  });

  it('shows many rooms beside a listener that does nothing in the same rounds', () => {
    const {crowded} = foreignFigures('chromium', outcome());
    assert.deepEqual(
      crowded.map(({name, ratio}) => [name, ratio.toFixed(2)]),
      [
        ['nothing', '1.00'],
        ['rooms', '5.00'],
      ],
    );
  });
});
