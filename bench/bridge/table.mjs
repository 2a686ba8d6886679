import {readFileSync} from 'node:fs';

import {RATIO_COLUMNS, tableOf} from '../support/table.mjs';

const {devDependencies} = JSON.parse(readFileSync('package.json', 'utf8'));

const LABELS = {
  checked: 'frame-channel, every check',
  bare: 'bare window messages',
  'checked videoconf': 'frame-channel, second dialect',
  'bare videoconf': 'bare, second dialect',
  port: 'bare message port',
  penpal: `penpal ${devDependencies.penpal}`,
  comlink: `comlink ${devDependencies.comlink}`,
  'whole way': 'whole way, click to echo',
};

const COLUMNS = [
  ...RATIO_COLUMNS,
  ['p50 us', ({p50}) => p50.toFixed(0)],
  ['p90 us', ({p90}) => p90.toFixed(0)],
  ['p99 us', ({p99}) => p99.toFixed(0)],
  ['mean90 us', ({mean90}) => mean90.toFixed(1)],
  ['trips', ({trips}) => String(trips)],
];

/** The figures of one browser as lines of text, ratios first. */
export const bridgeTable = ({browser, by, clockStep, rounds, lines}) => {
  const step = `${(clockStep * 1000).toFixed(0)} us`;
  return [
    `${browser}: median of ${rounds} rounds, ratio to bare window messages by ${by}, clock step ${step}`,
    ...tableOf(
      COLUMNS,
      lines.map((line) => ({...line, label: LABELS[line.name]})),
    ),
  ];
};
