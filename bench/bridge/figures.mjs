import {meanOf, medianOf, quantile, ratiosOf} from '../support/statistics.mjs';

/** In a browser whose clock has coarser steps than a trip takes, only a mean tells something. */
const COARSE = {webkit: true};

/** What the checks may cost: this many times the bare way, or, by the mean, so many us more. */
const RATIO = 1.15;
const MORE = 3;

/** What is judged against what, by the dialect of the messages. */
const DIALECTS = {
  'external-chat': {checked: 'checked', bare: 'bare'},
  videoconf: {checked: 'checked videoconf', bare: 'bare videoconf'},
};

/** Each dialect has its own base; the peers have the first. */
const baseOf = (name) =>
  Object.values(DIALECTS).find(({checked, bare}) => name === checked || name === bare)?.bare ??
  'bare';

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
    const base = baseOf(name);
    const over = (figure) => medianOf(figures.map((round) => round[name][figure]));
    return {
      name,
      trips: rounds.reduce((sum, round) => sum + round[name].length, 0),
      ...ratiosOf(figures.map((round) => round[name][by] / round[base][by])),
      more: medianOf(figures.map((round) => round[name].mean90 - round[base].mean90)),
      ...Object.fromEntries(['p50', 'p90', 'p99', 'mean90'].map((each) => [each, over(each)])),
    };
  });
  return {browser, by, clockStep, rounds: rounds.length, lines};
};

const judgeLine = (by, {ratio, more}) => {
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

/** Whether the checked way is within its budget in each dialect, and the sentences that say so. */
export const judgeBridge = ({by, lines}) =>
  Object.entries(DIALECTS).map(([dialect, {checked}]) => ({
    dialect,
    ...judgeLine(
      by,
      lines.find(({name}) => name === checked),
    ),
  }));
