import {medianOf, ratiosOf} from '../support/statistics.mjs';

/** How many of the requests of a route that does nothing the session route must serve in the same time. */
export const LEAST_RATIO = 0.8;
/** What 100,000 requests may leave behind, in bytes: less than 100 for each. */
export const MOST_GROWTH = 10 * 1024 * 1024;

/**
 * What came of asking both routes in turn.
 *
 * @param {{session: number, nothing: number}[]} rounds requests in the same time
 */
export const judgeRate = (rounds) => {
  const figures = ratiosOf(rounds.map(({session, nothing}) => session / nothing));
  return {...figures, holds: figures.ratio >= LEAST_RATIO};
};

/**
 * Holds if either says so. Requests are what callers count, but what else the machine does takes from
 * them, and from one route more than from the other; processor time is the broker's own work alone.
 *
 * @param {{rate: {session: number, nothing: number}, work: {session: number, nothing: number}}[]} rounds
 *   requests in the same time, and in the same processor time of the broker
 */
export const judgeRoute = (rounds) => {
  const rate = judgeRate(rounds.map((round) => round.rate));
  const work = judgeRate(rounds.map((round) => round.work));
  const by = [...(rate.holds ? ['requests'] : []), ...(work.holds ? ['processor time'] : [])];
  return {rate, work, by, holds: by.length > 0};
};

/**
 * What came of many requests.
 *
 * @param {{before: number[], after: number[]}} heaps bytes in use after a collection of garbage
 */
export const judgeMemory = ({before, after}) => {
  const growth = medianOf(after) - medianOf(before);
  return {growth, holds: growth < MOST_GROWTH};
};
