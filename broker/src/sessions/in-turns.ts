/**
 * Works on all items, on at most `most` at once. `work` deals with its own failures. Begins no more
 * of them once the signal is aborted.
 */
export const inTurns = async <Item>(
  items: Iterable<Item>,
  most: number,
  work: (item: Item) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> => {
  const rest = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = rest.next(); !next.done && !signal?.aborted; next = rest.next())
      await work(next.value);
  };
  await Promise.all(Array.from({length: most}, worker));
};
