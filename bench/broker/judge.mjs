import {medianOf, ratiosOf} from '../support/statistics.mjs';

/** How many of the requests of a route that does nothing behind the same hooks the session route must serve in the same time. */
export const LEAST_RATIO = 0.8;
/** The same of the policy route, beside a route of the same server with no hook at all. */
export const LEAST_POLICY_RATIO = 0.65;
/** What 100,000 requests may leave behind, in bytes: less than 100 for each. */
export const MOST_GROWTH = 10 * 1024 * 1024;

/**
 * What came of asking both routes in turn.
 *
 * @param {{route: number, nothing: number}[]} rounds requests in the same time
 */
export const judgeRate = (rounds, least = LEAST_RATIO) => {
  const figures = ratiosOf(rounds.map(({route, nothing}) => route / nothing));
  return {...figures, holds: figures.ratio >= least};
};

/**
 * Holds if either says so. Requests are what callers count, but what else the machine does takes from
 * them, and from one route more than from the other; processor time is the broker's own work alone.
 *
 * @param {{rate: {route: number, nothing: number}, work: {route: number, nothing: number}}[]} rounds
 *   requests in the same time, and in the same processor time of the broker
 */
export const judgeRoute = (rounds, least = LEAST_RATIO) => {
  const rate = judgeRate(
    rounds.map((round) => round.rate),
    least,
  );
  const work = judgeRate(
    rounds.map((round) => round.work),
    least,
  );
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
