/** In a browser whose clock has coarser steps than a trip takes, only a mean tells something. */
const COARSE = {webkit: true};

/** The slowest tenth is what the machine did meanwhile; a mean with it tells of nothing else. */
const UNDISTURBED = 0.9;

/** What the checks may cost: this many times the bare way, or, by the mean, so many us more. */
const RATIO = 1.15;
const MORE = 3;

/** The mean of the samples without the slowest tenth. */
export const meanOf = (samples) => {
  const sorted = Float64Array.from(samples).sort();
  const kept = sorted.subarray(0, Math.ceil(sorted.length * UNDISTURBED));
  return kept.reduce((sum, each) => sum + each, 0) / kept.length;
};

/**
 * A quantile of what a clock with coarse steps has measured: those within one step count as spread
 * over it evenly (the median of grouped data). Else a figure could only move by whole steps.
 */
export const quantile = (samples, q, step) => {
  const sorted = Float64Array.from(samples).sort();
  const rank = q * sorted.length;
  const value = sorted[Math.min(Math.floor(rank), sorted.length - 1)];
  const below = sorted.findIndex((each) => each > value - step / 2);
  const above = sorted.findIndex((each) => each >= value + step / 2);
  const within = (above < 0 ? sorted.length : above) - below;
  return Math.max(0, value - step / 2 + (step * (rank - below)) / within);
};

export const medianOf = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** One contender's samples as a line of figures, in us. */
const figuresOf = (samples, step) => {
  const us = samples.map((each) => each * 1000);
  const at = (q) => quantile(us, q, step * 1000);
  return {p50: at(0.5), p90: at(0.9), p99: at(0.99), mean90: meanOf(us)};
};

/**
 * What a browser's rounds come to.
 *
 * @param {string} browser
 * @param {{clockStep: number, rounds: Record<string, number[]>[]}} outcome samples in ms
 */
export const bridgeFigures = (browser, {clockStep, rounds}) => {
  const by = COARSE[browser] ? 'mean90' : 'p50';
  const figures = rounds.map((round) =>
    Object.fromEntries(
      Object.entries(round).map(([name, samples]) => [name, figuresOf(samples, clockStep)]),
    ),
  );
  const lines = Object.keys(rounds[0]).map((name) => {
    const over = (figure) => medianOf(figures.map((round) => round[name][figure]));
    const ratios = figures.map((round) => round[name][by] / round.bare[by]);
    return {
      name,
      trips: rounds.reduce((sum, round) => sum + round[name].length, 0),
      ratio: medianOf(ratios),
      least: Math.min(...ratios),
      most: Math.max(...ratios),
      ...Object.fromEntries(['p50', 'p90', 'p99', 'mean90'].map((each) => [each, over(each)])),
    };
  });
  const more = medianOf(figures.map(({checked, bare}) => checked.mean90 - bare.mean90));
  return {browser, by, clockStep, rounds: rounds.length, lines, more};
};

/** Whether the checked way is within its budget, and the sentence that says so. */
export const judgeBridge = ({by, lines, more}) => {
  const {ratio} = lines.find(({name}) => name === 'checked');
  const measured = `${ratio.toFixed(2)} x bare window messages by ${by}`;
  if (by === 'p50') {
    const holds = ratio <= RATIO;
    return {holds, text: `${measured}; budget ${RATIO} x: ${holds ? 'held' : 'EXCEEDED'}`};
  }
  const holds = ratio <= RATIO || more <= MORE;
  return {
    holds,
    text: `${measured}, ${more.toFixed(1)} us more; budget the larger of ${RATIO} x and + ${MORE} us: ${holds ? 'held' : 'EXCEEDED'}`,
  };
};
