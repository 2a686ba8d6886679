import {medianOf, quantile, ratiosOf} from '../support/statistics.mjs';

/** The share of the blocks in which a shared machine did nothing else. */
const UNDISTURBED = 0.25;

/** What a room on the page may cost: this many times a listener that does nothing. */
const RATIO = 1.15;

/** And for a message of 20 MB, in ms. Where data is deserialised when read, that takes 100 times as long. */
const LARGE = 5;

const linesOf = (rounds, step) => {
  const figures = rounds.map((round) =>
    Object.fromEntries(
      Object.entries(round).map(([name, blocks]) => [name, quantile(blocks, UNDISTURBED, step)]),
    ),
  );
  return Object.keys(rounds[0]).map((name) => ({
    name,
    ...ratiosOf(figures.map((round) => round[name] / round.nothing)),
  }));
};

/**
 * What a browser's rounds come to.
 *
 * @param {string} browser @param {import('./page/plan.ts').Outcome} outcome
 */
export const foreignFigures = (
  browser,
  {clockStep, rounds, crowded, large, sent, before, after, fired},
) => ({
  browser,
  clockStep,
  lines: linesOf(rounds, clockStep),
  crowded: linesOf(crowded, clockStep),
  large: Object.fromEntries(
    Object.keys(large[0]).map((name) => [name, medianOf(large.map((round) => round[name]))]),
  ),
  counted: Object.fromEntries(
    Object.entries(after.messages).map(([verdict, count]) => [
      verdict,
      count - before.messages[verdict],
    ]),
  ),
  sent,
  isAsBefore: before.rest === after.rest,
  fired,
});

const verdict = (holds) => (holds ? 'held' : 'EXCEEDED');

/** Whether a room is within its budgets, and the sentences that say so. */
export const judgeForeign = ({lines, large, counted, sent, isAsBefore, fired}) => {
  const {ratio} = lines.find(({name}) => name === 'room');
  const isCheap = ratio <= RATIO;
  const isQuick = large.room < LARGE;
  const {foreign, ...others} = counted;
  const isCounted = foreign === sent && Object.values(others).every((count) => count === 0);
  const isUntouched = isAsBefore && fired.length === 0;
  return [
    {
      holds: isCheap,
      text: `${ratio.toFixed(2)} x a listener that does nothing; budget ${RATIO} x: ${verdict(isCheap)}`,
    },
    {
      holds: isQuick,
      text: `${large.room.toFixed(2)} ms at most for 20 MB, ${large.reads.toFixed(2)} ms for one that reads it; budget ${LARGE} ms: ${verdict(isQuick)}`,
    },
    {
      holds: isCounted && isUntouched,
      text: `${foreign} of ${sent} counted as foreign, ${others.accepted} accepted, ${isUntouched ? 'all as before' : 'NOT as before'}: ${verdict(isCounted && isUntouched)}`,
    },
  ];
};
