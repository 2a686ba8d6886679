import {medianOf} from '../support/statistics.mjs';

/** How many times as long as a small room the large one may take to open. */
export const MOST_RATIO = 1.5;
/** How many rows may be in the DOM. */
export const MOST_ROWS = 200;

/**
 * What came of opening both rooms in turn.
 *
 * @param {{small: {ms: number, rows: number}[], large: {ms: number, rows: number}[]}} opened
 */
export const judgeOpening = ({small, large}) => {
  const ms = (opens) => medianOf(opens.map((each) => each.ms));
  const rows = Math.max(...[...small, ...large].map((each) => each.rows));
  const ratio = ms(large) / ms(small);
  return {
    ratio,
    rows,
    small: ms(small),
    large: ms(large),
    holds: ratio <= MOST_RATIO && rows <= MOST_ROWS && rows > 0,
  };
};
