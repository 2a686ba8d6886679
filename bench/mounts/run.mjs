import {HEAP_LIMIT} from './judge.mjs';
import {openMounts} from './open.mjs';

/** What is mounted, how often before it counts, and how often then. */
const PLANS = [
  {name: 'early room', label: '<pexip-chat-room>, removed before its frame has come'},
  {name: 'room', label: '<pexip-chat-room>, until pexip-ready of the real plugin'},
  {name: 'pane', label: '<rc-chat-pane>, until rc-ready'},
].map((plan) => ({...plan, warmUp: 300, mounts: 1000}));

/** The gate itself is tested: each of these must be caught. */
const CONTROLS = ['listener', 'timer', 'node', 'heap'].map((leak) => ({
  name: 'early room',
  warmUp: 10,
  mounts: 200,
  leak,
}));

const describeCounts = (counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/** Mounts and removes the elements in Chromium. Returns whether they leave nothing behind. */
export const benchMounts = async () => {
  console.log(`Mounts: what stays in Chromium, under ${HEAP_LIMIT} bytes of heap a mount`);
  const opened = await openMounts();
  let isClean = true;
  try {
    for (const {label, ...plan} of PLANS) {
      const {left, after, ms, heap} = await opened.measure(plan);
      const figures = `${heap.toFixed(0)} bytes a mount, ${ms.toFixed(1)} ms a mount`;
      console.log(`  ${label}: ${plan.mounts} mounts, ${figures}`);
      console.log(`    as before: ${left.length ? 'NO' : describeCounts(after.counts)}`);
      for (const line of left) console.log(`    left behind: ${line}`);
      isClean &&= left.length === 0;
    }
    for (const plan of CONTROLS) {
      const {left} = await opened.measure(plan);
      const verdict = left.length ? `caught (${left.join('; ')})` : 'NOT CAUGHT';
      console.log(`  control, leaks a ${plan.leak} on purpose: ${verdict}`);
      isClean &&= left.length > 0;
    }
  } finally {
    await opened.close();
  }
  return isClean;
};
