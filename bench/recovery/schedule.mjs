/** What breaks, and for how long, in ms; a connection that is cut can be made again at once. */
const KINDS = {
  drop: [0, 0],
  reset: [0, 0],
  // Longer than the scaled heartbeats of both ends take to give the other one up.
  stall: [700, 1400],
  restart: [100, 400],
  refuse: [500, 1500],
};
export const FAULTS = Object.keys(KINDS);

/** How many rounds there are of each kind. */
const ROUNDS_OF_EACH = 4;

/** How much of what happens in a gap is what; the rest are new messages. */
const EDITS = 0.25;
const REMOVALS = 0.15;

/** Numbers from 0 up to, not including, 1: the same ones for the same seed (mulberry32). */
const random = (seed) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
};

/**
 * Something that happens in the room. `pick` chooses the message, as a part of those that are there.
 *
 * @typedef {{act: 'post'} | {act: 'edit' | 'remove', pick: number}} Step
 *
 * @typedef {object} Round
 * @property {string} kind
 * @property {number} pause ms before it begins, in which all is well
 * @property {number} ms how long the fault lasts
 * @property {Step[]} before right before the fault
 * @property {Step[]} gap half of them at its beginning, half at its end
 */

/**
 * The rounds of a seed: all kinds of faults equally often, in any order.
 *
 * @param {number} seed @returns {Round[]}
 */
export const scheduleOf = (seed) => {
  const chance = random(seed);
  const between = (least, most) => Math.round(least + chance() * (most - least));
  const kinds = Array.from({length: ROUNDS_OF_EACH}, () => FAULTS)
    .flat()
    .map((kind) => ({kind, place: chance()}))
    .sort((a, b) => a.place - b.place);
  const stepInGap = () => {
    const [what, pick] = [chance(), chance()];
    if (what < REMOVALS) return {act: 'remove', pick};
    return what < REMOVALS + EDITS ? {act: 'edit', pick} : {act: 'post'};
  };
  return kinds.map(({kind}) => ({
    kind,
    ms: between(...KINDS[kind]),
    before: Array.from({length: between(3, 6)}, () => ({act: 'post'})),
    gap: Array.from({length: between(8, 16)}, stepInGap),
    pause: between(100, 300),
  }));
};
