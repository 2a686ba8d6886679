import {readFileSync} from 'node:fs';

const {devDependencies} = JSON.parse(readFileSync('package.json', 'utf8'));

const LABELS = {
  checked: 'frame-channel, every check',
  bare: 'bare window messages',
  port: 'bare message port',
  penpal: `penpal ${devDependencies.penpal}`,
  comlink: `comlink ${devDependencies.comlink}`,
  'whole way': 'whole way, click to echo',
};

const COLUMNS = [
  ['ratio', ({ratio}) => ratio.toFixed(2)],
  ['least-most', ({least, most}) => `${least.toFixed(2)}-${most.toFixed(2)}`],
  ['p50 us', ({p50}) => p50.toFixed(0)],
  ['p90 us', ({p90}) => p90.toFixed(0)],
  ['p99 us', ({p99}) => p99.toFixed(0)],
  ['mean90 us', ({mean90}) => mean90.toFixed(1)],
  ['trips', ({trips}) => String(trips)],
];

/** The figures of one browser as lines of text, ratios first. */
export const bridgeTable = ({browser, by, clockStep, rounds, lines}) => {
  const rows = [
    ['', ...COLUMNS.map(([title]) => title)],
    ...lines.map((line) => [LABELS[line.name], ...COLUMNS.map(([, text]) => text(line))]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const textOf = ([label, ...cells]) =>
    `  ${label.padEnd(widths[0])}${cells.map((cell, i) => cell.padStart(widths[i + 1] + 2)).join('')}`;
  const step = `${(clockStep * 1000).toFixed(0)} us`;
  return [
    `${browser}: median of ${rounds} rounds, ratio to bare window messages by ${by}, clock step ${step}`,
    ...rows.map(textOf),
  ];
};
