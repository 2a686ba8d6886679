import {setTimeout as later} from 'node:timers/promises';

/** How often something is written after a fault, until both have told of it; ms. */
const TICK = 25;
/** How long a contender may take to come back, in ms: more than the longest wait of our backoff. */
const PATIENCE = 12_000;

/**
 * Plays a schedule at all places at once: whatever happens at one happens in the same turn at the
 * others.
 *
 * @param {object} scene
 * @param {{evaluate: (code: Function, ...args: unknown[]) => Promise<unknown>}} scene.page
 * @param {Record<string, Awaited<ReturnType<typeof import('./place.mjs').startPlace>>>} scene.places
 * @param {import('./schedule.mjs').Round[]} scene.schedule
 */
export const playRounds = async ({page, places, schedule}) => {
  const all = Object.values(places);
  const take = (steps) => {
    for (const step of steps) for (const place of all) place.take(step);
  };
  const isBack = () => {
    const from = Object.entries(places).map(([name, {ended}]) => [name, ended.at(-1).from]);
    return page.evaluate((each) => globalThis.recoveryBench.hasReached(each), from);
  };
  for (const round of schedule) {
    const {ms, before, gap, pause} = round;
    await later(pause);
    take(before);
    await Promise.all(all.map((place) => place.begin(round)));
    take(gap.slice(gap.length >> 1));
    if (ms) await later(ms);
    take(gap.slice(0, gap.length >> 1));
    await Promise.all(all.map((place) => place.end(round)));
    const patience = Date.now() + PATIENCE;
    do {
      take([{act: 'post'}]);
      await later(TICK);
    } while (!(await isBack()) && Date.now() < patience);
    for (const place of all) place.giveUp();
  }
};
