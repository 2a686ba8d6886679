import {medianOf} from '../support/statistics.mjs';
import {tableOf} from '../support/table.mjs';
import {FIRST_ATTEMPT} from './judge.mjs';
import {FAULTS} from './schedule.mjs';

const COLUMNS = [
  ['posted', ({posted}) => String(posted)],
  ['told', ({told}) => String(told)],
  ['lost', ({lost}) => String(lost)],
  ['doubled', ({doubled}) => String(doubled)],
  ['out of order', ({disordered}) => String(disordered)],
  ['edits missed', ({editsMissed}) => String(editsMissed)],
  ['deletions missed', ({removalsMissed}) => String(removalsMissed)],
  ['came back', ({back, faults}) => `${back} of ${faults}`],
  [
    `tried within ${FIRST_ATTEMPT / 1000} s`,
    ({attempts}) =>
      `${attempts.filter((wait) => wait <= FIRST_ATTEMPT).length} of ${attempts.length}`,
  ],
  // Only who tells when it is complete can be counted.
  [
    'round trips',
    ({trips}) => (trips.length ? `${Math.min(...trips)}-${Math.max(...trips)}` : '-'),
  ],
  ['sockets', ({made}) => String(made)],
];

/** Ours by theirs, of the faults after which both have come back. */
const ratioOf = (ours, theirs, kinds) => {
  const pairs = ours.waits
    .map(({kind, wait}, round) => ({kind, wait, other: theirs.waits[round]?.wait}))
    .filter(({kind, wait, other}) => kinds.includes(kind) && wait >= 0 && other >= 0);
  if (!pairs.length) return '-';
  const median = (name) => medianOf(pairs.map((pair) => pair[name]));
  return (median('wait') / median('other')).toFixed(2);
};

/** The figures of both as lines of text. */
export const recoveryTable = (lines) => {
  const [ours, theirs] = lines;
  const byKind = FAULTS.map((kind) => `${kind} ${ratioOf(ours, theirs, [kind])}`).join(', ');
  return [
    ...tableOf(COLUMNS, lines),
    `  from the end of a fault to the first message of after it, ours by theirs, median: ${ratioOf(ours, theirs, FAULTS)} (${byKind})`,
  ];
};
