/** The slowest tenth is what the machine did meanwhile; a mean with it tells of nothing else. */
const UNDISTURBED = 0.9;

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

/** The median of the rounds' ratios, with the least and most of them. */
export const ratiosOf = (ratios) => ({
  ratio: medianOf(ratios),
  least: Math.min(...ratios),
  most: Math.max(...ratios),
});
