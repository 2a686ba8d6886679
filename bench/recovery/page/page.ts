// First, as the contenders are to find the sockets that are watched.
import {watchOf} from './sockets.js';
import type {Contender, Entry, Outcome} from './contender.js';
import {startOurs} from './ours.js';
import {startTheirs} from './theirs.js';
import {Telling} from './told.js';

const STARTS = {ours: startOurs, theirs: startTheirs} as const;

const tellings = new Map<Contender, {readonly entry: Entry; readonly telling: Telling}>();

/** What the bench calls from outside. */
export const bench = {
  /** Starts the contenders; resolves when all of them follow their rooms. */
  async start(entries: Readonly<Record<Contender, Entry>>): Promise<void> {
    const begun = (['ours', 'theirs'] as const).map((name) => {
      const [entry, telling] = [entries[name], new Telling()];
      tellings.set(name, {entry, telling});
      return STARTS[name](entry, telling);
    });
    await Promise.all(begun);
  },

  /** Whether each has told a message with that number, or a later one. */
  hasReached(numbers: readonly (readonly [Contender, number])[]): boolean {
    return numbers.every(([name, number]) => tellings.get(name)!.telling.latest >= number);
  },

  outcome(): Record<string, Outcome> {
    const outcomes = [...tellings].map(([name, {entry, telling}]): [string, Outcome] => {
      const sockets = watchOf(new URL(entry.origin).host).figures;
      return [name, {told: telling.all, sockets}];
    });
    return Object.fromEntries(outcomes);
  },
};

declare global {
  var recoveryBench: typeof bench;
}
globalThis.recoveryBench = bench;
