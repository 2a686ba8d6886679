import {inTurns} from '../sessions/in-turns.js';
import type {Store} from '../store/store.js';

/** Changes a field's value. May be called again. `undefined` leaves it as it is. */
export type Merge = (old: string | undefined) => string | undefined;

/** Up to so many fields are read one by one, more with their whole group. */
const FEW = 16;
const AT_ONCE = 64;

const read = async (
  store: Pick<Store, 'entries' | 'field'>,
  group: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string | undefined>> => {
  if (names.length > FEW) return store.entries(group);
  const values = await Promise.all(names.map((name) => store.field(group, name)));
  return new Map(names.map((name, at) => [name, values[at]]));
};

/**
 * Merges something into fields of a group, whoever else does so at the same moment: nothing of either
 * is lost. Writes only what changes.
 *
 * @param life ms
 */
export const mergeFields = async (
  store: Pick<Store, 'entries' | 'field' | 'swap'>,
  group: string,
  merges: ReadonlyMap<string, Merge>,
  life: number,
): Promise<void> => {
  if (!merges.size) return;
  const known = await read(store, group, [...merges.keys()]);
  await inTurns(merges, AT_ONCE, async ([name, merge]) => {
    for (let old = known.get(name); ; old = await store.field(group, name)) {
      const value = merge(old);
      if (value === undefined || value === old) return;
      if (await store.swap(group, name, old, value, life)) return;
    }
  });
};
