/** Bytes of heap that a mount may leave behind. */
export const HEAP_LIMIT = 64;

/**
 * What is there at one time.
 *
 * @typedef {object} Census
 * @property {Record<string, number>} counts of what must be exactly as before
 * @property {number} heap in bytes
 */

/**
 * @param {Census} before @param {Census} after @param {number} mounts
 * @returns {string[]} what was left behind, one line each
 */
export const leaksBetween = (before, after, mounts) => {
  const names = new Set([...Object.keys(before.counts), ...Object.keys(after.counts)]);
  const left = [...names]
    .map((name) => [name, before.counts[name] ?? 0, after.counts[name] ?? 0])
    .filter(([, was, is]) => is !== was)
    .map(([name, was, is]) => `${name}: ${was} before, ${is} after ${mounts} mounts`);
  const each = heapOfMount(before, after, mounts);
  if (each < HEAP_LIMIT) return left;
  return [...left, `heap: ${each.toFixed(0)} bytes a mount, the limit is ${HEAP_LIMIT}`];
};

export const heapOfMount = (before, after, mounts) => (after.heap - before.heap) / mounts;
