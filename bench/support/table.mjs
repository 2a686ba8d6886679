/**
 * Figures as lines of text.
 *
 * @param {[title: string, text: (line: object) => string][]} columns
 * @param {{label: string}[]} lines
 */
export const tableOf = (columns, lines) => {
  const rows = [
    ['', ...columns.map(([title]) => title)],
    ...lines.map((line) => [line.label, ...columns.map(([, text]) => text(line))]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map(
    ([label, ...cells]) =>
      `  ${label.padEnd(widths[0])}${cells.map((cell, i) => cell.padStart(widths[i + 1] + 2)).join('')}`,
  );
};

/** The columns of a ratio that was measured in several rounds. */
export const RATIO_COLUMNS = [
  ['ratio', ({ratio}) => ratio.toFixed(2)],
  ['least-most', ({least, most}) => `${least.toFixed(2)}-${most.toFixed(2)}`],
];
