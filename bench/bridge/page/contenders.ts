import type {Contender} from './contender.js';
import {comlink, penpal, port} from './peers.js';
import {bare, checked} from './window-messages.js';

/** Everybody who runs between the same two windows. The first two are what the budget compares. */
export const contenders = {checked, bare, port, penpal, comlink} as const satisfies Record<
  string,
  Contender
>;

export type ContenderName = keyof typeof contenders;
