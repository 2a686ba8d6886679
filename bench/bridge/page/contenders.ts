import type {Contender} from './contender.js';
import {comlink, penpal, port} from './peers.js';
import {bareIn, checkedIn} from './window-messages.js';

/** The four that the budget compares. */
const judged = {
  checked: checkedIn('external-chat'),
  bare: bareIn('external-chat'),
  'checked videoconf': checkedIn('videoconf'),
  'bare videoconf': bareIn('videoconf'),
} as const satisfies Record<string, Contender>;

/** Everybody who runs between the same two windows. */
export const contenders = {...judged, port, penpal, comlink} as const satisfies Record<
  string,
  Contender
>;

export type ContenderName = keyof typeof contenders;

const everybody = Object.keys(contenders) as ContenderName[];

/** The peers are there to be read, so they run in a third of the blocks. */
const runsIn = (turn: number): ContenderName[] =>
  turn % 3 ? (Object.keys(judged) as ContenderName[]) : everybody;

/** Forwards and backwards in turn, each time from another one: nobody is always first or last. */
export const orderOf = (block: number): ContenderName[] => {
  const turn = block >> 1;
  const names = runsIn(turn);
  const start = turn % names.length;
  const order = [...names.slice(start), ...names.slice(0, start)];
  return block % 2 ? order.reverse() : order;
};
