import {writeFileSync} from 'node:fs';

import {
  describeSize,
  figuresText,
  limitProblem,
  measureSizes,
  readFigures,
  sizeProblems,
} from './figures.mjs';

const report = (lines, problems) => {
  for (const line of lines) console.log(line);
  for (const problem of problems) console.error(problem);
  return problems.length === 0;
};

/** Prints what was built, and holds it against bench/sizes.json. Returns whether all is well. */
export const checkSizes = () => {
  const [sizes, figures] = [measureSizes(), readFigures()];
  const lines = Object.entries(sizes).map(([name, size]) => describeSize(name, size, figures));
  return report(lines, sizeProblems(sizes, figures));
};

/** Writes what was built into bench/sizes.json, unless a file is above its limit or has none. */
export const writeSizes = () => {
  const [sizes, figures] = [measureSizes(), readFigures()];
  const problems = Object.entries(sizes)
    .map(([name, size]) => limitProblem(name, size, figures))
    .filter(Boolean);
  if (!problems.length) {
    writeFileSync(new URL('../sizes.json', import.meta.url), figuresText(sizes, figures));
  }
  const lines = Object.entries(sizes)
    .filter(([name, size]) => figures[name]?.size !== size)
    .map(([name, size]) => `${name}: ${figures[name]?.size ?? 'new'} -> ${size} bytes brotli`);
  return report(lines, problems);
};
