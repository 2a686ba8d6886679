import {LIMITS} from '../../../src/protocol/guards.js';

/**
 * What is kept of one instance: that it is held, or the epoch ms of its end. Once ended it is held no
 * more, in whatever order that comes: the next conference of the node is another instance.
 */
const HELD = 'held';

/**
 * The key of an instance: each node that holds a meeting does so by an instance of its own, which began
 * at a time of its own. Where Pexip Infinity does not tell that time, all of the node are one.
 *
 * @param start as it came; s
 * @param breakout UUID of the breakout room, if it is one: a meeting whose people are all in such rooms goes on
 */
export const instanceOf = (node: string, start: unknown, breakout?: string): string =>
  `${node.slice(0, LIMITS.name)}|${typeof start === 'number' ? start : ''}${breakout ? `|${breakout}` : ''}`;

/** An instance after an event. Of two ends the earlier one counts, as one of them came a second time. */
export const mergeInstance = (old: string | undefined, endedAt: number | undefined): string => {
  if (endedAt === undefined) return old ?? HELD;
  if (old === undefined || old === HELD) return String(endedAt);
  return String(Math.min(Number(old), endedAt));
};

/** Epoch ms; `undefined` of one that is held. */
export const endedAtOf = (instance: string): number | undefined =>
  instance === HELD ? undefined : Number(instance);

/** Whether any is held. */
export const isHeld = (instances: Iterable<string>): boolean =>
  [...instances].some((instance) => instance === HELD);

/** Epoch ms when the last one ended; `undefined` if one is held, or there is none. */
export const emptySince = (instances: Iterable<string>): number | undefined => {
  const all = [...instances];
  return all.length && !isHeld(all) ? Math.max(...all.map(Number)) : undefined;
};
