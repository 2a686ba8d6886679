import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {bridgeFigures, judgeBridge} from '../../bench/bridge/figures.mjs';
import {judgeMemory, judgeRate, judgeRoute, LEAST_POLICY_RATIO} from '../../bench/broker/judge.mjs';
import {foreignFigures, judgeForeign} from '../../bench/foreign/figures.mjs';
import {leaksBetween} from '../../bench/mounts/judge.mjs';
import {judgeOpening} from '../../bench/native/judge.mjs';
import {judgeRecovery} from '../../bench/recovery/judge.mjs';
import {FAULTS, scheduleOf} from '../../bench/recovery/schedule.mjs';
import {recoveryTable} from '../../bench/recovery/table.mjs';
import {tallyOf} from '../../bench/recovery/tally.mjs';
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

describe('the judge of the broker', () => {
  const round = (route) => ({route, nothing: 1000});

  it('is content when the session route serves 0.8 of what a route does that does nothing', () => {
    assert.equal(judgeRate([round(800), round(100), round(900)]).holds, true);
    assert.equal(judgeRate([round(799), round(100), round(900)]).holds, false);
  });

  it('is content when the policy route serves 0.65 of what a bare one does', () => {
    for (const [rate, holds] of [
      [650, true],
      [649, false],
    ]) {
      const judged = judgeRoute([{rate: round(rate), work: round(1)}], LEAST_POLICY_RATIO);
      assert.equal(judged.holds, holds);
    }
  });

  it('is content with requests or with processor time, and says with which', () => {
    for (const [rate, work, by] of [
      [800, 800, ['requests', 'processor time']],
      [800, 799, ['requests']],
      [799, 800, ['processor time']],
      [799, 799, []],
    ]) {
      const judged = judgeRoute([{rate: round(rate), work: round(work)}]);
      assert.deepEqual(judged.by, by);
      assert.equal(judged.holds, by.length > 0);
      assert.deepEqual([judged.rate.ratio, judged.work.ratio], [rate / 1000, work / 1000]);
    }
  });

  it('names a heap that has grown by 10 MiB', () => {
    const before = [50_000_000];
    assert.equal(judgeMemory({before, after: [60_485_759]}).holds, true);
    assert.equal(judgeMemory({before, after: [60_485_760]}).holds, false);
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

describe('the judge of the native view', () => {
  const opens = (ms, rows = 20) => ms.map((each) => ({ms: each, rows}));
  const judged = (small, large, rows) =>
    judgeOpening({small: opens(small), large: opens(large, rows)});

  it('takes the ratio of the medians, whatever single openings took', () => {
    const {ratio, small, large, holds} = judged([100, 90, 900], [120, 5000, 110]);
    assert.equal(small, 100);
    assert.equal(large, 120);
    assert.equal(ratio, 1.2);
    assert.equal(holds, true);
  });

  it('holds at one and a half times as long, and not above', () => {
    assert.equal(judged([100], [150]).holds, true);
    assert.equal(judged([100], [151]).holds, false);
  });

  it('holds at 200 rows in either room, and not above, nor where none was drawn', () => {
    assert.equal(judged([100], [100], 200).holds, true);
    assert.equal(judged([100], [100], 201).holds, false);
    assert.equal(judgeOpening({small: opens([1], 201), large: opens([1])}).holds, false);
    assert.equal(judgeOpening({small: opens([1], 0), large: opens([1], 0)}).holds, false);
  });
});

describe('the judge of recovery', () => {
  /** A client that has come back from both faults with everything. */
  const figures = (changes = {}) => ({
    ...{posted: 9, told: 9, lost: 0, doubled: 0, disordered: 0, editsMissed: 0, removalsMissed: 0},
    ...{faults: 2, back: 2, broken: 2, made: 3, attempts: [90, 1000], trips: [3, 4, 3]},
    ...changes,
  });
  const failed = (changes) =>
    judgeRecovery(figures(changes))
      .filter(({holds}) => !holds)
      .map(({text}) => text);

  it('holds where nothing is missing, within four round trips, a second after each fault', () => {
    assert.deepEqual(failed(), []);
    assert.match(judgeRecovery(figures())[0].text, /^lost 0, .*; budget 0: held$/);
  });

  it('does not hold with one message that is lost, doubled or out of order', () => {
    for (const what of ['lost', 'doubled', 'disordered']) {
      assert.match(failed({[what]: 1}).join(), /^lost \d, doubled \d, .*: EXCEEDED$/);
    }
  });

  it('does not hold with an edit or a deletion that was missed', () => {
    assert.match(failed({editsMissed: 1}).join(), /^edits and deletions missed 1;.*EXCEEDED$/);
    assert.match(failed({removalsMissed: 1}).join(), /^edits and deletions missed 1;.*EXCEEDED$/);
  });

  it('does not hold where a fault was the end, where there was none, or where none was noticed', () => {
    assert.match(failed({back: 1}).join(), /^came back after 1 of 2 faults;.*EXCEEDED$/);
    assert.match(failed({faults: 0, back: 0}).join(), /^came back after 0 of 0 faults;/);
    assert.match(failed({broken: 1}).join(), /^1 connections broken by 2 faults;.*EXCEEDED$/);
  });

  it('does not hold with a first attempt that is late, or that never was', () => {
    assert.match(failed({attempts: [90, 1001]}).join(), /^1 of 2 first attempts later than 1 s;/);
    assert.match(failed({attempts: [90]}).join(), /^0 of 1 first attempts later than 1 s;/);
  });

  it('does not hold with a fifth round trip, or where it was not complete after each fault', () => {
    assert.match(failed({trips: [3, 5, 3]}).join(), /^5 round trips .*EXCEEDED$/);
    assert.match(failed({trips: [3, 3]}).join(), /^3 round trips .*EXCEEDED$/);
    assert.match(failed({trips: []}).join(), /round trips .*EXCEEDED$/);
  });

  it('shows the time by that of the other, of the faults after which both have come back', () => {
    const after = (...waits) =>
      figures({waits: waits.map((wait, round) => ({kind: FAULTS[round], wait}))});
    const lines = [after(100, 300, 500), after(200, 300)].map((line, index) => ({
      label: String(index),
      ...line,
    }));
    assert.match(recoveryTable(lines).at(-1), /median: 0\.80 \(drop 0\.50, reset 1\.00, stall -,/);
  });
});

describe('the tally of recovery', () => {
  const posted = [10, 20, 30, 30].map((time, number) => ({id: `m${number}`, time}));
  const messages = posted.map(({id}, number) => ({id, text: String(number)}));
  const fresh = (number, at = 0) => ({type: 'new', id: `m${number}`, text: String(number), at});
  const tally = (told, changes = {}) => tallyOf({posted, messages, told, ended: [], ...changes});
  const all = [0, 1, 2, 3].map((number) => fresh(number));

  it('finds nothing where all was told once', () => {
    const {waits, ...counts} = tally(all);
    assert.deepEqual(waits, []);
    const nothing = {lost: 0, doubled: 0, disordered: 0, editsMissed: 0, removalsMissed: 0};
    assert.deepEqual(counts, {posted: 4, told: 4, ...nothing, faults: 0, back: 0});
  });

  it('counts what was lost, doubled, and told after a later one', () => {
    assert.equal(tally(all.slice(1)).lost, 1);
    assert.equal(tally([...all, fresh(3)]).doubled, 1);
    assert.equal(tally([fresh(1), fresh(0), fresh(2), fresh(3)]).disordered, 1);
    assert.equal(tally([fresh(0), fresh(1), fresh(3), fresh(2)]).disordered, 0);
  });

  it('counts edits by the text that is shown in the end', () => {
    const edited = [{id: 'm0', text: 'edit'}, ...messages.slice(1)];
    assert.equal(tally(all, {messages: edited}).editsMissed, 1);
    const told = [...all, {type: 'edited', id: 'm0', text: 'edit', at: 0}];
    assert.equal(tally(told, {messages: edited}).editsMissed, 0);
    // What was only told as edited is there all the same.
    assert.equal(tally([...told.slice(1)], {messages: edited}).lost, 0);
  });

  it('counts a deletion as missed where the message is still shown, or shown again', () => {
    const gone = {messages: messages.slice(1)};
    const deleted = {type: 'deleted', id: 'm0', at: 0};
    assert.equal(tally(all, gone).removalsMissed, 1);
    assert.equal(tally([...all, deleted], gone).removalsMissed, 0);
    assert.equal(tally([...all, deleted, fresh(0)], gone).removalsMissed, 1);
    assert.equal(tally(all.slice(1), gone).lost, 0);
  });

  it('takes only what was written after a fault, and told in time, for a sign of being back', () => {
    const ended = (until) => [{kind: 'drop', at: 100, from: 2, until}];
    const told = [fresh(0, 90), fresh(1, 120), fresh(2, 150), fresh(3, 151)];
    assert.deepEqual(tally(told, {ended: ended(200)}).waits, [{kind: 'drop', wait: 50}]);
    assert.equal(tally(told, {ended: ended(200)}).back, 1);
    assert.equal(tally(told, {ended: ended(140)}).back, 0);
  });
});

describe('the schedule of recovery', () => {
  it('is the same for the same seed, with every kind of fault equally often', () => {
    assert.deepEqual(scheduleOf(5), scheduleOf(5));
    assert.notDeepEqual(scheduleOf(5), scheduleOf(6));
    for (const kind of FAULTS) {
      assert.equal(scheduleOf(7).filter((round) => round.kind === kind).length, 4);
    }
  });

  it('has new messages, edits and deletions in the gaps', () => {
    const acts = new Set(scheduleOf(5).flatMap(({gap}) => gap.map(({act}) => act)));
    assert.deepEqual([...acts].sort(), ['edit', 'post', 'remove']);
  });
});
